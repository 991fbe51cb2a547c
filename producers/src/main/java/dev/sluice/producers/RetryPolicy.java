package dev.sluice.producers;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How failed entries and failed requests are sent again: exponential backoff with full jitter, that
 * is a wait drawn evenly from zero to a ceiling that doubles with every attempt that stored less
 * than half of its entries. (Were one stored entry enough to start over, the lines of one very busy
 * client would keep knocking at their full shard.)
 *
 * @param firstCeiling ceiling of the first wait
 * @param lastCeiling the ceiling grows no further than this
 * @param maxFruitlessAttempts attempts in a row without one accepted record after which a batch is
 *     given up; the default rides out about a minute and a half of complete throttling
 * @param unreachableLimit how long connections may fail from the start of the replay, as long as
 *     the service has not answered once: a wrong endpoint shall not look like a busy stream
 * @see <a
 *     href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 *     backoff and jitter</a>
 */
public record RetryPolicy(
    Duration firstCeiling,
    Duration lastCeiling,
    int maxFruitlessAttempts,
    Duration unreachableLimit) {

  public RetryPolicy {
    if (firstCeiling.isNegative() || firstCeiling.isZero()) {
      throw new IllegalArgumentException("first ceiling is not positive: " + firstCeiling);
    }
    if (lastCeiling.compareTo(firstCeiling) < 0) {
      throw new IllegalArgumentException("last ceiling is below the first: " + lastCeiling);
    }
    if (maxFruitlessAttempts < 1) {
      throw new IllegalArgumentException(
          "fruitless attempts: " + maxFruitlessAttempts + " is below 1");
    }
    if (unreachableLimit.isNegative()) {
      throw new IllegalArgumentException("unreachable limit is negative: " + unreachableLimit);
    }
  }

  /** 100 ms growing to 5 s, 50 fruitless attempts, 10 s for the first answer. */
  public static RetryPolicy defaults() {
    return new RetryPolicy(
        Duration.ofMillis(100), Duration.ofSeconds(5), 50, Duration.ofSeconds(10));
  }

  /** The wait after the {@code poor}-th attempt in a row (from 0) that stored less than half. */
  Duration waitAfter(int poor, RandomGenerator random) {
    int doublings = Math.min(poor, 32);
    long ceiling = lastCeiling.toNanos();
    if (firstCeiling.toNanos() <= ceiling >> doublings) {
      ceiling = firstCeiling.toNanos() << doublings;
    }
    return Duration.ofNanos(random.nextLong(ceiling + 1));
  }
}
