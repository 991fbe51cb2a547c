package dev.sluice.local.mapping;

import dev.sluice.local.lambda.LambdaAnswer;
import dev.sluice.local.lambda.LocalLambda;

/** What a mapping invokes: a packaged function, or in a test an object in the same JVM. */
public interface MappedFunction {

  /** Names it in messages about failed batches. */
  String arn();

  /**
   * Invokes it and waits for the answer.
   *
   * @throws RuntimeException when it could not be invoked, which costs no retry
   */
  LambdaAnswer invoke(byte[] event);

  /** A function on this machine, which stays its owner's to close. */
  static MappedFunction of(LocalLambda lambda) {
    return new MappedFunction() {
      @Override
      public String arn() {
        return lambda.function().arn();
      }

      @Override
      public LambdaAnswer invoke(byte[] event) {
        return lambda.invoke(event);
      }
    };
  }
}
