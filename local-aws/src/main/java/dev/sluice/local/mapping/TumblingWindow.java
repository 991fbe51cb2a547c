package dev.sluice.local.mapping;

import java.time.Duration;
import java.time.Instant;

/**
 * A window of time: windows of one length begin at multiples of it since 1970.
 *
 * @param end exclusive
 */
record TumblingWindow(Instant start, Instant end) {

  static TumblingWindow of(Instant time, Duration length) {
    long seconds = length.toSeconds();
    Instant start = Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    return new TumblingWindow(start, start.plus(length));
  }
}
