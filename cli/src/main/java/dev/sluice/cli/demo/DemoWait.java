package dev.sluice.cli.demo;

import dev.sluice.cli.CannotRunException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for as long as something goes on. */
final class DemoWait {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  /** A minute of looks: a machine that slept in between is no reason to give up. */
  private static final int MAX_LOOKS_WITHOUT_PROGRESS = 600;

  private DemoWait() {}

  /**
   * Waits until a number that grows has reached its goal.
   *
   * @param what is counted, for the message
   * @param running false when it cannot grow any more
   * @param show called after each look
   * @throws CannotRunException if it does not grow for {@code MAX_LOOKS_WITHOUT_PROGRESS} looks
   */
  static void until(
      String what, long goal, LongSupplier reached, BooleanSupplier running, Runnable show) {
    long seen = Long.MIN_VALUE;
    int looks = 0;
    while (seen < goal) {
      boolean canGrow = running.getAsBoolean(); // asked first: what came before an end counts
      long now = reached.getAsLong();
      if (now > seen) {
        seen = now;
        looks = 0;
      } else if (!canGrow) {
        throw new CannotRunException("the consumer stopped with " + now + " of " + goal + what);
      } else if (++looks > MAX_LOOKS_WITHOUT_PROGRESS) {
        throw new CannotRunException(
            "no progress for "
                + POLL_INTERVAL.multipliedBy(MAX_LOOKS_WITHOUT_PROGRESS).toSeconds()
                + " s: "
                + now
                + " of "
                + goal
                + what);
      }
      show.run();
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }
}
