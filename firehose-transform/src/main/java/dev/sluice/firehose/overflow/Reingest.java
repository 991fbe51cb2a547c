package dev.sluice.firehose.overflow;

import dev.sluice.firehose.event.Base64Text;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.event.RecordField;
import dev.sluice.firehose.sending.BatchSender;
import dev.sluice.firehose.sending.BatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Sends records back to where they came from: into the delivery stream itself, or, because a
 * delivery stream with a source refuses that, into its Kinesis stream under their own keys. Clients
 * are opened by the first record that needs one. Not thread-safe.
 */
public final class Reingest implements Overflow {
  /** Longest partition key, in characters. */
  private static final int MAX_PARTITION_KEY_CHARS = 256;

  private final boolean alsoToStreams;
  private final Supplier<FirehoseClient> openFirehose;
  private final Supplier<KinesisClient> openKinesis;
  private final BatchSender sender;
  private FirehoseClient firehose; // null until it is needed
  private KinesisClient kinesis;

  /**
   * @param alsoToStreams whether records may go into a Kinesis stream, whose other consumers then
   *     see them twice
   */
  public Reingest(
      boolean alsoToStreams,
      Supplier<FirehoseClient> openFirehose,
      Supplier<KinesisClient> openKinesis,
      BatchSender sender) {
    this.alsoToStreams = alsoToStreams;
    this.openFirehose = openFirehose;
    this.openKinesis = openKinesis;
    this.sender = sender;
  }

  @Override
  public boolean accepts(FirehoseEvent event) {
    return event.hasKinesisSource() ? alsoToStreams : !event.deliveryStreamName().isEmpty();
  }

  @Override
  public BitSet take(FirehoseEvent event, int from, int to, IntSupplier remainingMillis) {
    var numbers = new ArrayList<Integer>();
    var records = new ArrayList<OverflowRecord>();
    for (int record = from; record < to; record++) {
      byte[] data = data(event, record);
      if (data.length > 0) {
        numbers.add(record);
        records.add(new OverflowRecord(data, partitionKey(event, record)));
      }
    }
    var taken = new BitSet();
    send(event, records, remainingMillis).stream().map(numbers::get).forEach(taken::set);
    return taken;
  }

  private BitSet send(
      FirehoseEvent event, List<OverflowRecord> records, IntSupplier remainingMillis) {
    BatchService<OverflowRecord> service;
    try {
      service = event.hasKinesisSource() ? stream(event) : delivery(event);
    } catch (SdkException noClient) { // no region or no credentials: nothing is taken
      return new BitSet();
    }
    return sender.send(records, service, remainingMillis);
  }

  private BatchService<OverflowRecord> delivery(FirehoseEvent event) {
    if (firehose == null) {
      firehose = openFirehose.get();
    }
    return new DirectPut(firehose, event.deliveryStreamName());
  }

  private BatchService<OverflowRecord> stream(FirehoseEvent event) {
    if (kinesis == null) {
      kinesis = openKinesis.get();
    }
    return new StreamPut(kinesis, event.sourceKinesisStreamArn());
  }

  /** Empty for a record that has no data, or none that can be read: it cannot come again. */
  private static byte[] data(FirehoseEvent event, int record) {
    byte[] data = new byte[Base64Text.decodedBound(event.length(record, RecordField.DATA))];
    int length =
        event.has(record, RecordField.DATA)
            ? Base64Text.decode(
                event.text(),
                event.from(record, RecordField.DATA),
                event.to(record, RecordField.DATA),
                data,
                0)
            : 0;
    return Arrays.copyOf(data, Math.max(0, length));
  }

  /** The key that the record had; where it had none, one that spreads records. */
  private static String partitionKey(FirehoseEvent event, int record) {
    String key = event.string(record, RecordField.PARTITION_KEY);
    if (key.isEmpty()) {
      key = event.string(record, RecordField.ID);
    }
    if (key.isEmpty()) {
      key = Integer.toString(record);
    }
    return key.substring(Math.max(0, key.length() - MAX_PARTITION_KEY_CHARS));
  }
}
