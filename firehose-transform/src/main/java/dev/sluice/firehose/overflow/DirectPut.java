package dev.sluice.firehose.overflow;

import dev.sluice.firehose.sending.BatchLimits;
import dev.sluice.firehose.sending.BatchService;
import java.util.BitSet;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.Record;

/** {@code PutRecordBatch} into a delivery stream. */
final class DirectPut implements BatchService<OverflowRecord> {
  /**
   * 500 records, 4 MiB, 1,000 KiB a record. Of the 4 MiB a quarter is left free, because the limit
   * has been seen to count Base64.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html">
   *     PutRecordBatch</a>
   */
  static final BatchLimits LIMITS = new BatchLimits(500, 3 * 1024 * 1024, 1_000 * 1024);

  private final FirehoseClient client;
  private final String deliveryStream;

  DirectPut(FirehoseClient client, String deliveryStream) {
    this.client = client;
    this.deliveryStream = deliveryStream;
  }

  @Override
  public BatchLimits limits() {
    return LIMITS;
  }

  @Override
  public int bytes(OverflowRecord record) {
    return record.data().length;
  }

  @Override
  public BitSet refused(List<OverflowRecord> records) {
    List<Record> entries =
        records.stream()
            .map(
                record ->
                    Record.builder().data(SdkBytes.fromByteArrayUnsafe(record.data())).build())
            .toList();
    PutRecordBatchResponse response =
        client.putRecordBatch(
            request -> request.deliveryStreamName(deliveryStream).records(entries));
    var refused = new BitSet();
    refused.set(0, records.size());
    for (int i = 0; i < Math.min(records.size(), response.requestResponses().size()); i++) {
      refused.set(i, response.requestResponses().get(i).errorCode() != null);
    }
    return refused;
  }
}
