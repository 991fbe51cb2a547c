package dev.sluice.firehose.overflow;

import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.sending.BatchSender;
import dev.sluice.firehose.sending.BatchService;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The calls that bring records back. A client is opened by the first record that needs it. Not
 * thread-safe.
 */
public final class ReingestCalls {
  private final Supplier<FirehoseClient> openFirehose;
  private final Supplier<KinesisClient> openKinesis;
  private final BatchSender sender;
  private FirehoseClient firehose; // null until it is needed
  private KinesisClient kinesis;

  public ReingestCalls(
      Supplier<FirehoseClient> openFirehose,
      Supplier<KinesisClient> openKinesis,
      BatchSender sender) {
    this.openFirehose = openFirehose;
    this.openKinesis = openKinesis;
    this.sender = sender;
  }

  /** Sends the records to where the event came from; those that were taken for certain. */
  BitSet send(FirehoseEvent event, List<OverflowRecord> records, IntSupplier remainingMillis) {
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
}
