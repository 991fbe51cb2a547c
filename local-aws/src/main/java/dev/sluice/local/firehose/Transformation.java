package dev.sluice.local.firehose;

import dev.sluice.local.lambda.LambdaAnswer;
import dev.sluice.local.lambda.LocalLambda;
import java.util.Objects;
import java.util.function.Function;

/**
 * The function of a Firehose stream.
 *
 * @param lambdaArn as documents about failures name it
 * @param function takes an event and answers it
 * @param retries how often a failed invocation is made again, at once; the service's default is 3
 */
public record Transformation(
    String lambdaArn, Function<byte[], LambdaAnswer> function, int retries) {

  /** The service's default of NumberOfRetries. */
  public static final int DEFAULT_RETRIES = 3;

  /** The service's bound of NumberOfRetries. */
  private static final int RETRIES_MAX = 300;

  public Transformation {
    Objects.requireNonNull(lambdaArn, "lambdaArn");
    Objects.requireNonNull(function, "function");
    if (retries < 0 || retries > RETRIES_MAX) {
      throw new IllegalArgumentException("retries out of range: " + retries);
    }
  }

  /** By a function on this machine, which stays its owner's to close. */
  public static Transformation by(LocalLambda lambda) {
    return new Transformation(lambda.function().arn(), lambda::invoke, DEFAULT_RETRIES);
  }

  Transformation withRetries(int changed) {
    return new Transformation(lambdaArn, function, changed);
  }
}
