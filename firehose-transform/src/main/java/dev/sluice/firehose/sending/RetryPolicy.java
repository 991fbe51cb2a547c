package dev.sluice.firehose.sending;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often what was refused is sent again, and after which wait: exponential with full jitter, so
 * that functions that were throttled together do not come back together.
 *
 * @param maxAttempts the first call included
 * @param firstBackoff upper bound of the wait before the second attempt; doubles with every attempt
 * @param maxBackoff ceiling of that bound
 */
public record RetryPolicy(int maxAttempts, Duration firstBackoff, Duration maxBackoff) {
  private static final int MAX_DOUBLINGS = 30;
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(2);

  /** The usual waits. */
  public static RetryPolicy attempts(int maxAttempts) {
    return new RetryPolicy(maxAttempts, FIRST_BACKOFF, MAX_BACKOFF);
  }

  /** The wait after the failed attempt {@code attempt}, counted from 1. */
  Duration backoff(int attempt, RandomGenerator random) {
    long doubled = firstBackoff.toMillis() << Math.min(attempt - 1, MAX_DOUBLINGS);
    long bound = Math.min(doubled, maxBackoff.toMillis());
    return Duration.ofMillis(random.nextLong(bound + 1));
  }
}
