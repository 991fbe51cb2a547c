package dev.sluice.consumer.tiles;

import java.time.Instant;
import java.util.Objects;

/**
 * One record as the stream delivered it, kept until its tile is committed: a lost race rebuilds
 * tiles from it.
 *
 * @param arrival when Kinesis took the record; its time directory comes from here
 * @param payload one line or several; owned by this record, nobody writes to it
 * @param attempt 1, and one more for each time that it was put back after it was rejected
 */
public record RawRecord(Position position, Instant arrival, byte[] payload, int attempt) {
  public RawRecord {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(arrival, "arrival");
    Objects.requireNonNull(payload, "payload");
  }

  /** A record that comes for the first time. */
  public RawRecord(Position position, Instant arrival, byte[] payload) {
    this(position, arrival, payload, 1);
  }
}
