package dev.sluice.local.kinesis;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands out the positions of one server: longs that never repeat and only grow. The upper 44 bits
 * are epoch milliseconds, the lower 20 bits count within the millisecond, so a position is a
 * sequence number and an arrival time at once, and numbers of a stream that was deleted and created
 * again do not repeat.
 */
final class SequenceClock {
  private static final int COUNTER_BITS = 20;

  private final InstantSource clock;
  private final AtomicLong last = new AtomicLong();

  SequenceClock(InstantSource clock) {
    this.clock = clock;
  }

  long next() {
    long now = firstAt(clock.millis());
    return last.updateAndGet(position -> Math.max(position + 1, now));
  }

  long nowMillis() {
    return clock.millis();
  }

  /** The smallest position of the given millisecond; 0 for a time before the epoch. */
  static long firstAt(long epochMillis) {
    return Math.max(0, epochMillis) << COUNTER_BITS;
  }

  /** The epoch milliseconds at which the position was handed out. */
  static long millis(long position) {
    return position >>> COUNTER_BITS;
  }
}
