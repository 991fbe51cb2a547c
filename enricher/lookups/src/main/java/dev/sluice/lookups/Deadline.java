package dev.sluice.lookups;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * A moment after which nobody waits any more.
 *
 * @param endNanos by the ticker
 */
record Deadline(Ticker ticker, long endNanos) {
  static Deadline in(Duration time, Ticker ticker) {
    return new Deadline(ticker, ticker.read() + time.toNanos());
  }

  /** Time that is left, zero at least. */
  Duration remaining() {
    return Duration.ofNanos(Math.max(0, endNanos - ticker.read()));
  }

  boolean isOver() {
    return endNanos - ticker.read() <= 0;
  }
}
