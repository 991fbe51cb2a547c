package dev.sluice.firehose.record;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.firehose.event.Base64Text;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.event.RecordField;

/**
 * The lines of one record: its data without Base64, and without gzip or Zstandard where it begins
 * as those do. A view, used again for the next record; not thread-safe.
 */
final class Payload {
  private final int maxExpandedBytes;
  private final Gunzip gunzip = new Gunzip();
  private final OutputBuffer expanded = new OutputBuffer();
  private byte[] decoded = new byte[1024];
  private byte[] bytes = decoded;
  private int to;

  Payload(int maxExpandedBytes) {
    this.maxExpandedBytes = maxExpandedBytes;
  }

  /** Reads the data of a record; null when all went well. */
  FailureReason read(FirehoseEvent event, int record) {
    return read(event, record, maxExpandedBytes);
  }

  /** The same, unpacking no more than so many bytes. */
  FailureReason read(FirehoseEvent event, int record, int maxBytes) {
    to = 0;
    if (!event.has(record, RecordField.DATA)) {
      return FailureReason.NO_DATA;
    }
    int bound = Base64Text.decodedBound(event.length(record, RecordField.DATA)) + Long.BYTES;
    if (decoded.length < bound) {
      decoded = new byte[Math.max(bound, 2 * decoded.length)];
    }
    int end =
        Base64Text.decode(
            event.text(),
            event.from(record, RecordField.DATA),
            event.to(record, RecordField.DATA),
            decoded,
            0);
    if (end == Base64Text.MALFORMED) {
      return FailureReason.BAD_BASE64;
    }
    if (Gunzip.isGzip(decoded, 0, end)) {
      expanded.clear();
      return expanded(gunzip.expand(decoded, 0, end, maxBytes, expanded));
    }
    if (Unzstd.isZstd(decoded, 0, end)) {
      expanded.clear();
      return expanded(Unzstd.expand(decoded, 0, end, maxBytes, expanded));
    }
    bytes = decoded;
    to = end;
    return null;
  }

  private FailureReason expanded(FailureReason failure) {
    bytes = expanded.array();
    to = expanded.length();
    return failure;
  }

  /** Whether the record was packed. */
  boolean isExpanded() {
    return bytes != decoded;
  }

  /** The payload from 0 to {@link #to()}. */
  byte[] bytes() {
    return bytes;
  }

  int to() {
    return to;
  }
}
