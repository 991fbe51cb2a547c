package dev.sluice.local.kinesis;

/**
 * A budget per second that refills evenly and holds at most one second's worth. Not thread-safe:
 * its shard guards it.
 */
final class RateLimit {
  private static final long MILLIS_PER_SECOND = 1_000;

  private final long perSecond;

  /** In thousandths, so that a millisecond's refill is a whole number. */
  private long balanceMilli;

  private long refilledAtMillis;

  RateLimit(long perSecond, long nowMillis) {
    this.perSecond = perSecond;
    this.balanceMilli = perSecond * MILLIS_PER_SECOND;
    this.refilledAtMillis = nowMillis;
  }

  /** Whether the whole amount is there now. Takes nothing. */
  boolean allows(long amount, long nowMillis) {
    refill(nowMillis);
    return balanceMilli >= amount * MILLIS_PER_SECOND;
  }

  /**
   * Takes the amount. The balance may fall below zero: then nothing is allowed until it is paid
   * back.
   */
  void take(long amount) {
    balanceMilli -= amount * MILLIS_PER_SECOND;
  }

  private void refill(long nowMillis) {
    long elapsed = Math.max(0, nowMillis - refilledAtMillis);
    refilledAtMillis = nowMillis;
    long full = perSecond * MILLIS_PER_SECOND;
    balanceMilli =
        elapsed >= Integer.MAX_VALUE ? full : Math.min(full, balanceMilli + elapsed * perSecond);
  }
}
