package dev.sluice.tweets.photo;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When one photo must be there. */
final class Deadline {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final LongSupplier nanoTime;
  private final long atNanos;

  /**
   * Begins now.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  Deadline(LongSupplier nanoTime, Duration timeout) {
    this.nanoTime = nanoTime;
    atNanos = nanoTime.getAsLong() + timeout.toNanos();
  }

  /** Whether less than a millisecond is left, which is the least that a socket knows. */
  boolean isOver() {
    return remainingNanos() < NANOS_PER_MILLI;
  }

  long remainingNanos() {
    return atNanos - nanoTime.getAsLong();
  }

  /**
   * For a socket, to which 0 is for ever.
   *
   * @throws PhotoFailedException when nothing is left
   */
  int remainingMillis() throws PhotoFailedException {
    if (isOver()) {
      throw new PhotoFailedException(PhotoFailure.TIMED_OUT);
    }
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, remainingNanos() / NANOS_PER_MILLI));
  }
}
