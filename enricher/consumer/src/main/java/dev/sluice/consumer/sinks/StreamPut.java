package dev.sluice.consumer.sinks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * {@code PutRecords} into a stream.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html">PutRecords</a>
 */
public final class StreamPut implements BatchService<PutRecordsRequestEntry> {
  /** Records that Kinesis takes in one request. */
  public static final int MAX_RECORDS = 500;

  /** What a stream takes as a record unless its MaxRecordSize was raised: 1 MiB. */
  public static final int DEFAULT_RECORD_BYTES = 1024 * 1024;

  /** The most that any stream takes as a record, and as a request: 10 MiB. */
  public static final int LARGEST_BYTES = 10 * 1024 * 1024;

  /** Default bound of a request: 5 MiB. */
  static final int DEFAULT_REQUEST_BYTES = 5 * 1024 * 1024;

  private final KinesisClient client;
  private final String stream;
  private final BatchLimits limits;

  /**
   * @param client must not retry by itself, and must bound each call
   * @param maxRecordBytes data and partition key of one record
   */
  public StreamPut(KinesisClient client, String stream, int maxRecordBytes) {
    this.client = client;
    this.stream = stream;
    limits =
        new BatchLimits(
            MAX_RECORDS, Math.max(DEFAULT_REQUEST_BYTES, maxRecordBytes), maxRecordBytes);
  }

  /** A record. */
  public static PutRecordsRequestEntry entry(String partitionKey, byte[] data) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(partitionKey)
        .data(SdkBytes.fromByteArrayUnsafe(data))
        .build();
  }

  @Override
  public String operation() {
    return "PutRecords";
  }

  @Override
  public String target() {
    return "stream " + stream;
  }

  @Override
  public BatchLimits limits() {
    return limits;
  }

  @Override
  public int bytes(PutRecordsRequestEntry entry) {
    return entry.data().asByteArrayUnsafe().length
        + entry.partitionKey().getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public Map<Integer, String> refused(List<PutRecordsRequestEntry> entries) {
    List<PutRecordsResultEntry> results =
        client.putRecords(r -> r.streamName(stream).records(entries)).records();
    return EntryAnswers.inOrder(
        entries.size(), results.stream().map(PutRecordsResultEntry::errorCode).toList());
  }
}
