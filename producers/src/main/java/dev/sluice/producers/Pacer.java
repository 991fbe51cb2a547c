package dev.sluice.producers;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits until lines are due, never letting them go earlier. After a hold-up the lines that are
 * overdue leave at once, but not more than those of one second. Not thread-safe.
 */
final class Pacer {
  /** How much delay is made good; anything beyond is lost to the pace. */
  static final Duration MAX_CATCH_UP = Duration.ofSeconds(1);

  /** Lines that are due within this time leave together, within the limits of a request. */
  static final Duration TICK = Duration.ofMillis(100);

  /** Requests a second, unless they would exceed the limits of a request: no bursts. */
  static final int TICKS_PER_SECOND = 10;

  /** A wait is made of such pieces, so that one that is no longer wanted ends. */
  private static final Duration MAX_PAUSE = Duration.ofMillis(500);

  private final MonotonicClock clock;
  private final BooleanSupplier wanted;
  private long startNanos;

  /**
   * @param wanted asked while a long wait goes on; false ends it
   */
  Pacer(MonotonicClock clock, BooleanSupplier wanted) {
    this.clock = clock;
    this.wanted = wanted;
    this.startNanos = clock.nanoTime();
  }

  /** Lines that leave together at an even pace, from 1 to {@code maxRecords}. */
  static int linesPerTick(double linesPerSecond, int maxRecords) {
    double lines = Math.floor(linesPerSecond / TICKS_PER_SECOND);
    return (int) Math.max(1, Math.min(maxRecords, lines));
  }

  /**
   * Waits until this time has passed since the start.
   *
   * @param dueNanos not less than at the call before
   */
  void await(long dueNanos) throws InterruptedException {
    long wait = startNanos + dueNanos - clock.nanoTime();
    long overdue = -wait - MAX_CATCH_UP.toNanos();
    if (overdue > 0) {
      startNanos += overdue;
    }
    while (wait > 0 && wanted.getAsBoolean()) {
      clock.pause(Duration.ofNanos(Math.min(wait, MAX_PAUSE.toNanos())));
      wait = startNanos + dueNanos - clock.nanoTime();
    }
  }
}
