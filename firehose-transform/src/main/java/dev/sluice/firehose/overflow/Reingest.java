package dev.sluice.firehose.overflow;

import dev.sluice.firehose.event.Base64Decoder;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.event.RecordField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Sends records back to where they came from: into the delivery stream itself, or, because a
 * delivery stream with a source refuses that, into its Kinesis stream under their own keys. Not
 * thread-safe.
 */
public final class Reingest implements Overflow {
  /** Longest partition key, in characters. */
  private static final int MAX_PARTITION_KEY_CHARS = 256;

  private final boolean alsoToStreams;
  private final Supplier<ReingestCalls> open;
  private final Base64Decoder base64 = new Base64Decoder();
  private ReingestCalls calls; // null until it is needed

  /**
   * @param alsoToStreams whether records may go into a Kinesis stream, whose other consumers then
   *     see them twice
   * @param open called by the first record: until then nothing of the AWS SDK is loaded
   */
  public Reingest(boolean alsoToStreams, Supplier<ReingestCalls> open) {
    this.alsoToStreams = alsoToStreams;
    this.open = open;
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
    if (calls == null) {
      calls = open.get();
    }
    var taken = new BitSet();
    calls.send(event, records, remainingMillis).stream().map(numbers::get).forEach(taken::set);
    return taken;
  }

  /** Empty for a record that has no data, or none that can be read: it cannot come again. */
  private byte[] data(FirehoseEvent event, int record) {
    if (!event.has(record, RecordField.DATA)) {
      return new byte[0];
    }
    int length =
        base64.decode(
            event.text(), event.from(record, RecordField.DATA), event.to(record, RecordField.DATA));
    return Arrays.copyOf(base64.bytes(), Math.max(0, length));
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
