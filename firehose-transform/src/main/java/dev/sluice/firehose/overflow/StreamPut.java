package dev.sluice.firehose.overflow;

import dev.sluice.firehose.sending.BatchLimits;
import dev.sluice.firehose.sending.BatchService;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** {@code PutRecords} into the Kinesis stream that the records came from. */
final class StreamPut implements BatchService<OverflowRecord> {
  /**
   * 500 records, 5 MiB, 1 MiB a record with its key: what every stream takes.
   *
   * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html">
   *     PutRecords</a>
   */
  static final BatchLimits LIMITS = new BatchLimits(500, 5 * 1024 * 1024, 1024 * 1024);

  private final KinesisClient client;
  private final String streamArn;

  StreamPut(KinesisClient client, String streamArn) {
    this.client = client;
    this.streamArn = streamArn;
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public int bytes(OverflowRecord record) {
    return record.data().length + record.partitionKey().getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public BitSet refused(List<OverflowRecord> records) {
    List<PutRecordsRequestEntry> entries =
        records.stream()
            .map(
                record ->
                    PutRecordsRequestEntry.builder()
                        .data(SdkBytes.fromByteArrayUnsafe(record.data()))
                        .partitionKey(record.partitionKey())
                        .build())
            .toList();
    PutRecordsResponse response =
        client.putRecords(request -> request.streamARN(streamArn).records(entries));
    var refused = new BitSet();
    refused.set(0, records.size());
    for (int i = 0; i < Math.min(records.size(), response.records().size()); i++) {
      refused.set(i, response.records().get(i).errorCode() != null);
    }
    return refused;
  }
}
