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
  private int from;
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
    from = 0;
    to = 0;
    if (!event.has(record, RecordField.DATA)) {
      return FailureReason.NO_DATA;
    }
    if (event.hasPayload(record)) {
      bytes = event.payloads();
      from = event.payloadFrom(record);
      to = event.payloadTo(record);
    } else {
      bytes = decoded(event.length(record, RecordField.DATA));
      int end =
          Base64Text.decode(
              event.text(),
              event.from(record, RecordField.DATA),
              event.to(record, RecordField.DATA),
              bytes,
              0);
      if (end == Base64Text.MALFORMED) {
        return FailureReason.BAD_BASE64;
      }
      to = end;
    }
    if (Gunzip.isGzip(bytes, from, to)) {
      expanded.clear();
      return expanded(gunzip.expand(bytes, from, to, maxBytes, expanded));
    }
    if (Unzstd.isZstd(bytes, from, to)) {
      expanded.clear();
      return expanded(Unzstd.expand(bytes, from, to, maxBytes, expanded));
    }
    return null;
  }

  private byte[] decoded(int characters) {
    int bound = Base64Text.decodedBound(characters) + Long.BYTES;
    if (decoded.length < bound) {
      decoded = new byte[Math.max(bound, 2 * decoded.length)];
    }
    return decoded;
  }

  private FailureReason expanded(FailureReason failure) {
    bytes = expanded.array();
    from = 0;
    to = expanded.length();
    return failure;
  }

  /** Whether the record was packed. */
  boolean isExpanded() {
    return bytes == expanded.array();
  }

  /** The payload from {@link #from()} to {@link #to()}. */
  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }
}
