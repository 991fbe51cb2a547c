package dev.sluice.consumer.sinks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;
import software.amazon.awssdk.services.firehose.model.Record;

/** {@code PutRecordBatch} into a Firehose stream, each record with an LF at its end. */
final class DeliveryPut implements BatchService<Record> {
  /**
   * 500 records; 4 MiB, of which a quarter is left free because bytes may be counted encoded; 1,000
   * KiB a record.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html">
   *     PutRecordBatch</a>
   */
  static final BatchLimits LIMITS = new BatchLimits(500, 3 * 1024 * 1024, 1_000 * 1024);

  private final FirehoseClient client;
  private final String stream;

  /**
   * @param client must not retry by itself, and must bound each call
   */
  DeliveryPut(FirehoseClient client, String stream) {
    this.client = client;
    this.stream = stream;
  }

  /** A record of one line: Firehose puts nothing between records by itself. */
  static Record entry(byte[] line) {
    byte[] data = Arrays.copyOf(line, line.length + 1);
    data[line.length] = '\n';
    return Record.builder().data(SdkBytes.fromByteArrayUnsafe(data)).build();
  }

  @Override
  public String operation() {
    return "PutRecordBatch";
  }

  @Override
  public String target() {
    return "Firehose stream " + stream;
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public int bytes(Record entry) {
    return entry.data().asByteArrayUnsafe().length;
  }

  @Override
  public Map<Integer, String> refused(List<Record> entries) {
    List<PutRecordBatchResponseEntry> results =
        client
            .putRecordBatch(r -> r.deliveryStreamName(stream).records(entries))
            .requestResponses();
    return EntryAnswers.inOrder(
        entries.size(), results.stream().map(PutRecordBatchResponseEntry::errorCode).toList());
  }
}
