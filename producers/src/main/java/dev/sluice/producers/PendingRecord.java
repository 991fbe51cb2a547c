package dev.sluice.producers;

import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * A line on its way into Kinesis.
 *
 * @param lineNumber counted from 1
 * @param dataBytes length of the line
 * @param sizeBytes what counts against the limits: the line and its partition key in UTF-8
 * @param dueNanos when it may leave, after the start
 */
record PendingRecord(
    long lineNumber,
    int dataBytes,
    int sizeBytes,
    PutRecordsRequestEntry requestEntry,
    long dueNanos) {

  /** Bytes of a partition key in UTF-8. */
  static int keyBytes(String partitionKey) {
    return partitionKey.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Takes {@code data} as it is, without a copy. */
  static PendingRecord of(
      long lineNumber, byte[] data, String partitionKey, int keyBytes, long dueNanos) {
    return new PendingRecord(
        lineNumber,
        data.length,
        data.length + keyBytes,
        PutRecordsRequestEntry.builder()
            .partitionKey(partitionKey)
            .data(SdkBytes.fromByteArrayUnsafe(data))
            .build(),
        dueNanos);
  }
}
