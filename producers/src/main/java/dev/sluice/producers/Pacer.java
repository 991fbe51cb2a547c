package dev.sluice.producers;

import java.time.Duration;

/**
 * Spreads lines evenly over time: the n-th line leaves n/rate seconds after the start, never
 * earlier. After a hold-up the lines that are overdue leave at once, but not more than those of one
 * second. Not thread-safe.
 */
final class Pacer {
  /** How much delay is made good; anything beyond is lost to the pace. */
  static final Duration MAX_CATCH_UP = Duration.ofSeconds(1);

  /** Requests a second, unless they would exceed the limits of a request: no bursts. */
  static final int TICKS_PER_SECOND = 10;

  private final double linesPerSecond;
  private final MonotonicClock clock;
  private long startNanos;
  private long released;

  Pacer(double linesPerSecond, MonotonicClock clock) {
    this.linesPerSecond = linesPerSecond;
    this.clock = clock;
    this.startNanos = clock.nanoTime();
  }

  /** Lines that leave together, from 1 to {@code maxRecords}. */
  static int linesPerTick(double linesPerSecond, int maxRecords) {
    double lines = Math.floor(linesPerSecond / TICKS_PER_SECOND);
    return (int) Math.max(1, Math.min(maxRecords, lines));
  }

  /** Waits until the next {@code lines} lines are due. */
  void await(int lines) throws InterruptedException {
    released += lines;
    long dueNanos = startNanos + (long) (released / linesPerSecond * 1e9);
    long wait = dueNanos - clock.nanoTime();
    if (wait > 0) {
      clock.pause(Duration.ofNanos(wait));
      return;
    }
    long overdue = -wait - MAX_CATCH_UP.toNanos();
    if (overdue > 0) {
      startNanos += overdue;
    }
  }
}
