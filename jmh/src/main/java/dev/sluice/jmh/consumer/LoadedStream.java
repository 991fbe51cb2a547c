package dev.sluice.jmh.consumer;

import dev.sluice.consumer.AwsClients;
import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.Lines;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** A stream with Combined lines, one in a record, the same number in each shard. */
final class LoadedStream {
  static final int SHARDS = 4;

  /** Most records of one call, by the service's limit. */
  static final int BATCH = 500;

  private static final BigInteger SHARD_WIDTH =
      BigInteger.ONE.shiftLeft(128).divide(BigInteger.valueOf(SHARDS));
  private static final long POLL_MILLIS = 100;
  private static final int MAX_POLLS = 600;

  private final KinesisAsyncClient kinesis;
  private final String name;
  private final Lines lines = Corpus.BROWSERS.lines();
  private long records;

  LoadedStream(AwsClients clients, String name) {
    kinesis = clients.kinesis();
    this.name = name;
    kinesis.createStream(r -> r.streamName(name).shardCount(SHARDS)).join();
    for (int polls = 0; !isActive(); polls++) {
      if (polls == MAX_POLLS) {
        throw new IllegalStateException("stream " + name + " does not become active");
      }
      Waits.sleep(POLL_MILLIS);
    }
  }

  private boolean isActive() {
    return kinesis
            .describeStreamSummary(r -> r.streamName(name))
            .join()
            .streamDescriptionSummary()
            .streamStatus()
        == StreamStatus.ACTIVE;
  }

  String name() {
    return name;
  }

  /** Records so far. */
  long records() {
    return records;
  }

  /** Puts so many records more. */
  void fill(int count) {
    for (int left = count; left > 0; left -= BATCH) {
      put(Math.min(left, BATCH));
    }
  }

  /**
   * Puts up to {@link #BATCH} records in one call; answers where they are.
   *
   * @throws IllegalStateException if the stream has not taken all
   */
  List<PutRecordsResultEntry> put(int count) {
    var batch = new ArrayList<PutRecordsRequestEntry>(count);
    for (int i = 0; i < count; i++) {
      long record = records + i;
      BigInteger shard = BigInteger.valueOf(record % SHARDS);
      batch.add(
          PutRecordsRequestEntry.builder()
              .partitionKey("line-" + record)
              .explicitHashKey(SHARD_WIDTH.multiply(shard).toString())
              .data(SdkBytes.fromByteArrayUnsafe(lines.line((int) (record % lines.count()))))
              .build());
    }
    PutRecordsResponse answer = kinesis.putRecords(r -> r.streamName(name).records(batch)).join();
    if (answer.failedRecordCount() > 0) {
      throw new IllegalStateException(
          "stream " + name + " has refused " + answer.failedRecordCount() + " records");
    }
    records += count;
    return answer.records();
  }

  /** Takes away the fan-out consumer of an application: a stream has no more than twenty. */
  void forget(String application) {
    String stream =
        kinesis
            .describeStreamSummary(r -> r.streamName(name))
            .join()
            .streamDescriptionSummary()
            .streamARN();
    kinesis.deregisterStreamConsumer(r -> r.streamARN(stream).consumerName(application)).join();
  }

  void delete() {
    kinesis.deleteStream(r -> r.streamName(name).enforceConsumerDeletion(true)).join();
  }
}
