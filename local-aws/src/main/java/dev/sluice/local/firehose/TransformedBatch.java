package dev.sluice.local.firehose;

import dev.sluice.local.RandomIds;
import dev.sluice.local.lambda.LambdaAnswer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * A batch with a verdict for each of its records.
 *
 * @param attempts invocations made for it, 0 when there is no function
 * @param failedAttempts those of them that gave an error
 * @param endMillis when the last of them ended, in epoch milliseconds
 */
record TransformedBatch(
    List<FirehoseRecord> records,
    List<Verdict> verdicts,
    int attempts,
    int failedAttempts,
    long endMillis) {

  private static final Verdict FUNCTION_ERROR =
      Verdict.failed(
          "Lambda.FunctionError",
          "The Lambda function was successfully invoked but it returned an error result.");

  /** Without a function every record is delivered as it is. */
  static TransformedBatch unchanged(List<FirehoseRecord> records, InstantSource clock) {
    List<Verdict> verdicts =
        records.stream().map(record -> Verdict.ok(record.data(), Map.of())).toList();
    return new TransformedBatch(records, verdicts, 0, 0, clock.millis());
  }

  /**
   * Invokes the function until it answers, each time with a new invocation id. An answer is final,
   * however wrong.
   */
  static TransformedBatch by(
      Transformation transformation,
      TransformEvent event,
      List<FirehoseRecord> records,
      RandomIds ids,
      InstantSource clock) {
    int attempts = 0;
    while (attempts <= transformation.retries()) {
      attempts++;
      LambdaAnswer answer = invoke(transformation, event.write(ids.uuid().toString(), records));
      if (answer.succeeded()) {
        return new TransformedBatch(
            records,
            AnswerCheck.verdicts(answer.payload(), records),
            attempts,
            attempts - 1,
            clock.millis());
      }
    }
    return new TransformedBatch(
        records, AnswerCheck.all(FUNCTION_ERROR, records), attempts, attempts, clock.millis());
  }

  private static LambdaAnswer invoke(Transformation transformation, byte[] event) {
    try {
      return transformation.function().apply(event);
    } catch (RuntimeException notInvoked) {
      if (Thread.currentThread().isInterrupted()) {
        throw notInvoked; // this service is being stopped
      }
      return LambdaAnswer.failure("ServiceException", notInvoked.toString());
    }
  }
}
