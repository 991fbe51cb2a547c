package dev.sluice.firehose.record;

import java.util.Objects;

/**
 * How records are treated.
 *
 * @param endWithNewline whether the output of a record ends with a line feed; lines inside of it
 *     are parted by one in any case
 * @param maxExpandedBytes most bytes that the data of a record may unpack to
 */
public record RecordRules(Rejects rejects, boolean endWithNewline, int maxExpandedBytes) {
  public RecordRules {
    Objects.requireNonNull(rejects, "rejects");
  }
}
