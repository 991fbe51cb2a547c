package dev.sluice.fanout;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
final class ManualClock implements InstantSource {
  private Instant now = Instant.parse("2026-01-31T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void advance(long seconds) {
    now = now.plusSeconds(seconds);
  }

  long seconds() {
    return now.getEpochSecond();
  }
}
