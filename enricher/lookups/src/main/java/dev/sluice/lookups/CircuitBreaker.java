package dev.sluice.lookups;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Spares a source that is in trouble, and those who wait for it: opens after so many failures in a
 * row, and after a pause lets one call through to see. Thread-safe.
 */
final class CircuitBreaker {
  private final int maxFailures;
  private final long pauseNanos;
  private final Ticker ticker;
  private int failuresInRow;
  private boolean open;
  private boolean trying; // one call is through to see
  private long openedAt;

  CircuitBreaker(int maxFailures, Duration pause, Ticker ticker) {
    this.maxFailures = maxFailures;
    pauseNanos = pause.toNanos();
    this.ticker = ticker;
  }

  /** Whether a call may be made; whoever gets yes tells how it went. */
  synchronized boolean permits() {
    if (!open) {
      return true;
    }
    if (trying || ticker.read() - openedAt < pauseNanos) {
      return false;
    }
    trying = true;
    return true;
  }

  /**
   * A call has succeeded.
   *
   * @return whether the source had been in trouble until now
   */
  synchronized boolean succeeded() {
    boolean wasOpen = open;
    failuresInRow = 0;
    open = false;
    trying = false;
    return wasOpen;
  }

  /**
   * A call has failed.
   *
   * @return whether that is why no more calls are made, for the first time since the last success
   */
  synchronized boolean failed() {
    failuresInRow = Math.min(failuresInRow + 1, maxFailures);
    boolean opens = !open && failuresInRow >= maxFailures;
    if (opens || trying) {
      open = true;
      trying = false;
      openedAt = ticker.read();
    }
    return opens;
  }

  synchronized boolean isOpen() {
    return open;
  }
}
