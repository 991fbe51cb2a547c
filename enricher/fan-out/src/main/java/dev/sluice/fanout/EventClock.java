package dev.sluice.fanout;

import java.time.InstantSource;

/**
 * How far one shard has come in event time: to its newest line, and on with the clock while the
 * shard has nothing more to give. Not thread-safe.
 */
final class EventClock {
  /** Before the first line. */
  static final long NOWHERE = Long.MIN_VALUE;

  /**
   * Seconds that a line may be ahead of its arrival; such a clock is wrong, and would carry
   * everybody along.
   */
  static final long MAX_AHEAD_SECONDS = 300;

  private final InstantSource clock;
  private long newest = NOWHERE;
  private long reached = NOWHERE;
  private long newestSeenAt;
  private boolean atTip;

  EventClock(InstantSource clock) {
    this.clock = clock;
  }

  static boolean isAhead(long seconds, long arrivalSeconds) {
    return seconds - arrivalSeconds > MAX_AHEAD_SECONDS;
  }

  /**
   * A line of this moment came.
   *
   * @return whether that moved the clock
   */
  boolean line(long seconds) {
    atTip = false;
    newestSeenAt = clock.instant().getEpochSecond();
    newest = Math.max(newest, seconds);
    boolean moved = newest > reached;
    reached = Math.max(reached, newest);
    return moved;
  }

  /** The shard has nothing that has not come yet. */
  void tip() {
    atTip = true;
    if (newest != NOWHERE) {
      long idle = clock.instant().getEpochSecond() - newestSeenAt;
      reached = Math.max(reached, newest + Math.max(0, idle));
    }
  }

  /** Whether the shard can still have lines of any age: none came, and its end was not seen. */
  boolean isUnknown() {
    return newest == NOWHERE && !atTip;
  }

  /** Goes on where another clock of the shard has come to. */
  void resume(long at) {
    newest = at;
    reached = at;
    newestSeenAt = clock.instant().getEpochSecond();
  }

  /** Seconds since 1970, or {@link #NOWHERE}. */
  long reached() {
    return reached;
  }
}
