package dev.sluice.samples;

import java.time.Duration;
import java.time.Instant;

/**
 * A time in which the invented website fails.
 *
 * @param from its first moment
 * @param length above zero
 * @param share of the lines of that time, 0 to 1, that are answered 503
 */
public record Outage(Instant from, Duration length, double share) {
  static final int STATUS = 503;

  /** None at all. */
  static final Outage NEVER = new Outage(Instant.EPOCH, Duration.ofSeconds(1), 0);

  public Outage {
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("length of an outage out of range: " + length);
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share of an outage is 0 to 1: " + share);
    }
  }

  boolean holds(long epochSecond) {
    return epochSecond >= from.getEpochSecond() && epochSecond < from.plus(length).getEpochSecond();
  }
}
