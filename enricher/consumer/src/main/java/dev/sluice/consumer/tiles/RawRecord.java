package dev.sluice.consumer.tiles;

import java.time.Instant;
import java.util.Objects;

/**
 * One record as the stream delivered it, kept until its tile is committed: a lost race rebuilds
 * tiles from it.
 *
 * @param arrival when Kinesis took the record; its time directory comes from here
 * @param payload one line or several; owned by this record, nobody writes to it
 */
public record RawRecord(Position position, Instant arrival, byte[] payload) {
  public RawRecord {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(arrival, "arrival");
    Objects.requireNonNull(payload, "payload");
  }
}
