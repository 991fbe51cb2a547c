package dev.sluice.invocation;

import java.time.Duration;
import java.util.function.IntSupplier;

/** Whether there is time for another record before Lambda ends the invocation. */
public final class TimeLeft {
  /** Kept for what comes after the last record: answers, log line. */
  public static final Duration DEFAULT_RESERVE = Duration.ofSeconds(10);

  private final IntSupplier remainingMillis;
  private final long reserveMillis;

  /**
   * Begins with an invocation.
   *
   * @param remainingMillis time until the invocation is ended
   * @param reserve no record is begun with less time left, or with less than a tenth of the time
   *     that there was at first where that is shorter
   */
  public TimeLeft(IntSupplier remainingMillis, Duration reserve) {
    this.remainingMillis = remainingMillis;
    reserveMillis = Math.min(reserve.toMillis(), remainingMillis.getAsInt() / 10);
  }

  /** Whether the next record has to wait for another invocation. */
  public boolean isShort() {
    return remainingMillis.getAsInt() <= reserveMillis;
  }

  /** Until the invocation is ended. */
  public Duration remaining() {
    return Duration.ofMillis(Math.max(0, remainingMillis.getAsInt()));
  }
}
