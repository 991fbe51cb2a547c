package dev.sluice.consumer.tiles;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a failed call is made again, and after which wait: exponential with full jitter, so
 * that many shards that failed together do not come back together.
 *
 * @param maxAttempts the first call included
 * @param firstBackoff upper bound of the wait before the second attempt; doubles with every attempt
 * @param maxBackoff ceiling of that bound
 */
public record RetryPolicy(int maxAttempts, Duration firstBackoff, Duration maxBackoff) {
  private static final int MAX_DOUBLINGS = 30;

  /** Half an hour at the most, when every attempt waits for its time-out. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(60, Duration.ofMillis(200), Duration.ofSeconds(10));

  /**
   * For a file of this machine, whose disk is full or which another process holds: a quarter of a
   * minute at the most. Whoever restarts the worker makes the next attempt.
   */
  public static final RetryPolicy FILE =
      new RetryPolicy(12, Duration.ofMillis(200), Duration.ofSeconds(2));

  /** At the start a person waits for the answer: seconds, unless every attempt hangs. */
  public static final RetryPolicy START_UP =
      new RetryPolicy(4, Duration.ofMillis(200), Duration.ofSeconds(1));

  /** The wait after the failed attempt {@code attempt}, counted from 1. */
  public Duration backoff(int attempt, RandomGenerator random) {
    long doubled = firstBackoff.toMillis() << Math.min(attempt - 1, MAX_DOUBLINGS);
    long bound = Math.min(doubled, maxBackoff.toMillis());
    return Duration.ofMillis(random.nextLong(bound + 1));
  }
}
