package dev.sluice.local.notification;

import java.time.Duration;

/**
 * How notifications of a bucket are delivered. S3 promises at least once, and no order; how often
 * it repeats and reorders is chosen here, and so can be repeated.
 *
 * @param repeats share of events that are delivered twice, 0 to 1
 * @param reorders share of events that are held back until the next has been delivered, 0 to 1
 * @param seed of both
 * @param retries after a failure of a function, 0 to 2: what Lambda does for asynchronous events
 * @param retryPause before each of them; Lambda waits one minute and two
 */
public record NotificationOptions(
    double repeats, double reorders, long seed, int retries, Duration retryPause) {

  private static final int RETRIES_MAX = 2;
  private static final Duration DEFAULT_RETRY_PAUSE = Duration.ofSeconds(1);

  public NotificationOptions {
    if (!(repeats >= 0 && repeats <= 1 && reorders >= 0 && reorders <= 1)) {
      throw new IllegalArgumentException("shares are from 0 to 1: " + repeats + ", " + reorders);
    }
    if (retries < 0 || retries > RETRIES_MAX || retryPause.isNegative()) {
      throw new IllegalArgumentException("retries out of range: " + retries + ", " + retryPause);
    }
  }

  /** Once each, in order; two retries after a second. */
  public static NotificationOptions defaults() {
    return new NotificationOptions(0, 0, 0, RETRIES_MAX, DEFAULT_RETRY_PAUSE);
  }

  /** The same with repeats and reordering. */
  public NotificationOptions withDisorder(double newRepeats, double newReorders, long newSeed) {
    return new NotificationOptions(newRepeats, newReorders, newSeed, retries, retryPause);
  }

  /** The same with other retries. */
  public NotificationOptions withRetries(int newRetries, Duration newPause) {
    return new NotificationOptions(repeats, reorders, seed, newRetries, newPause);
  }
}
