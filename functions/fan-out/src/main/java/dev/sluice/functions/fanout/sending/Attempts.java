package dev.sluice.functions.fanout.sending;

import dev.sluice.invocation.TimeLeft;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes calls again when that can help: after waits that grow, with full jitter, so that functions
 * that were throttled together do not come back together. Not thread-safe.
 */
public final class Attempts implements Calls {
  /** Longest attempt: from the first byte sent to the last one read. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

  /** No call is made again with less time than that for it: its own, and a second to answer. */
  private static final Duration MARGIN = CALL_TIMEOUT.plusSeconds(1);

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(2);
  private static final int MAX_DOUBLINGS = 30;
  private static final int SERVER_ERROR = 500;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY_REQUESTS = 429;

  /** Errors that pass by themselves, besides those that their status tells. */
  private static final Set<String> PASSING =
      Set.of(
          "ProvisionedThroughputExceededException",
          "LimitExceededException",
          "KMSThrottlingException",
          "RequestTimeout",
          "SlowDown",
          "ExpiredToken",
          "ExpiredTokenException");

  private final int maxAttempts;
  private final Pause pause;
  private final RandomGenerator random;
  private long repeated;

  /**
   * @param maxAttempts the first one included
   * @param random source of jitter
   */
  public Attempts(int maxAttempts, Pause pause, RandomGenerator random) {
    this.maxAttempts = maxAttempts;
    this.pause = pause;
    this.random = random;
  }

  /** Makes the call until it succeeds. */
  @Override
  public <T> T call(String operation, TimeLeft time, Supplier<T> call) throws NotSentException {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (SdkException | UncheckedIOException failure) {
        // The SDK's HTTP client passes on an UncheckedIOException when an answer breaks off.
        if (!canHeal(failure)) {
          throw new NotSentException(operation, failure);
        }
        if (!again(attempt, time)) {
          throw new NotSentException(operation, failure);
        }
      }
    }
  }

  /**
   * Waits before the next attempt.
   *
   * @param attempt the one that failed, from 1
   * @return false when there is to be none
   */
  boolean again(int attempt, TimeLeft time) {
    long bound =
        Math.min(
            FIRST_BACKOFF.toMillis() << Math.min(attempt - 1, MAX_DOUBLINGS),
            MAX_BACKOFF.toMillis());
    Duration wait = Duration.ofMillis(random.nextLong(bound + 1));
    if (attempt >= maxAttempts || time.remaining().compareTo(MARGIN.plus(wait)) < 0) {
      return false;
    }
    try {
      pause.pause(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    repeated++;
    return true;
  }

  /** Calls that were made again, since the environment started. */
  public long repeated() {
    return repeated;
  }

  /** Time-outs, broken connections, server errors and throttling heal; a refusal does not. */
  static boolean canHeal(RuntimeException failure) {
    if (failure instanceof AbortedException) {
      return false;
    }
    if (!(failure instanceof AwsServiceException answer)) {
      return true;
    }
    int status = answer.statusCode();
    return status >= SERVER_ERROR
        || status == REQUEST_TIMEOUT
        || status == CONFLICT
        || status == TOO_MANY_REQUESTS
        || answer.isThrottlingException()
        || answer.awsErrorDetails() != null
            && answer.awsErrorDetails().errorCode() != null
            && PASSING.contains(answer.awsErrorDetails().errorCode());
  }
}
