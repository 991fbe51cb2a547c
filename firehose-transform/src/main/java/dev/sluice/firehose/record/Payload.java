package dev.sluice.firehose.record;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.firehose.event.Base64Decoder;
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
  private final Base64Decoder base64 = new Base64Decoder();
  private byte[] bytes = base64.bytes();
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
    int length =
        base64.decode(
            event.text(), event.from(record, RecordField.DATA), event.to(record, RecordField.DATA));
    bytes = base64.bytes();
    if (length == Base64Decoder.MALFORMED) {
      return FailureReason.BAD_BASE64;
    }
    to = length;
    if (Gunzip.isGzip(bytes, 0, to)) {
      expanded.clear();
      return expanded(gunzip.expand(bytes, 0, to, maxBytes, expanded));
    }
    if (Unzstd.isZstd(bytes, 0, to)) {
      expanded.clear();
      return expanded(Unzstd.expand(bytes, 0, to, maxBytes, expanded));
    }
    return null;
  }

  private FailureReason expanded(FailureReason failure) {
    bytes = expanded.array();
    to = expanded.length();
    return failure;
  }

  /** Whether the record was packed. */
  boolean isExpanded() {
    return bytes == expanded.array();
  }

  /** The payload, from the first byte on {@link #to()}. */
  byte[] bytes() {
    return bytes;
  }

  int to() {
    return to;
  }
}
