package dev.sluice.local.lambda;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** One invocation on its way through the Runtime API. */
final class Invocation {

  private final String requestId;
  private final String traceId;
  private final String functionArn;
  private final byte[] event;
  private final Duration timeout;
  private final InstantSource clock;

  /**
   * Done when the runtime has asked for the event: its start-up is over. Holds that moment by
   * {@link System#nanoTime}.
   */
  private final CompletableFuture<Long> taken = new CompletableFuture<>();

  private final CompletableFuture<LambdaAnswer> answer = new CompletableFuture<>();

  Invocation(
      String requestId,
      String traceId,
      String functionArn,
      byte[] event,
      Duration timeout,
      InstantSource clock) {
    this.requestId = requestId;
    this.traceId = traceId;
    this.functionArn = functionArn;
    this.event = event;
    this.timeout = timeout;
    this.clock = clock;
  }

  String requestId() {
    return requestId;
  }

  String traceId() {
    return traceId;
  }

  String functionArn() {
    return functionArn;
  }

  byte[] event() {
    return event;
  }

  CompletableFuture<Long> taken() {
    return taken;
  }

  CompletableFuture<LambdaAnswer> answer() {
    return answer;
  }

  /** Counts the timeout from now on; returns its end in epoch milliseconds. */
  long take() {
    long deadline = clock.millis() + timeout.toMillis();
    taken.complete(System.nanoTime());
    return deadline;
  }

  /** The first end counts, later ones are nothing. */
  void end(LambdaAnswer with) {
    answer.complete(with);
    taken.complete(System.nanoTime());
  }

  LambdaAnswer timedOut(Duration after) {
    return LambdaAnswer.failure(
        LambdaAnswer.TIMED_OUT,
        String.format(
            Locale.ROOT,
            "RequestId: %s Error: Task timed out after %.2f seconds",
            requestId,
            after.toMillis() / 1_000.0));
  }

  LambdaAnswer exited(int status) {
    return LambdaAnswer.failure(
        LambdaAnswer.RUNTIME_EXITED,
        "RequestId: " + requestId + " Error: Runtime exited with error: exit status " + status);
  }
}
