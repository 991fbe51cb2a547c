package dev.sluice.consumer.kcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.StartWord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** Every callback of KCL, in any order that it comes in. */
class EnrichingShardProcessorTest {
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final ActiveShards shards = new ActiveShards(timer);
  private final FakeShard run = new FakeShard("s1", Instant::now);
  private final List<ContinuesFrom> starts = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final EnrichingShardProcessor processor =
      new EnrichingShardProcessor(
          (shardId, start) -> {
            starts.add(start);
            return run;
          },
          shards,
          new SkippedBatches((shardId, cause) -> failures.add(cause), ConsumerEvents.NONE),
          failures::add);

  @AfterEach
  void close() {
    timer.shutdownNow();
  }

  private void initialize(ExtendedSequenceNumber checkpoint) {
    processor.initialize(
        InitializationInput.builder().shardId("s1").extendedSequenceNumber(checkpoint).build());
  }

  private void process(KinesisClientRecord... records) {
    processor.processRecords(ProcessRecordsInput.builder().records(List.of(records)).build());
  }

  private static KinesisClientRecord record(String partitionKey) {
    return KinesisClientRecord.builder()
        .data(ByteBuffer.wrap(new byte[] {'a'}))
        .sequenceNumber("7")
        .subSequenceNumber(3)
        .partitionKey(partitionKey)
        .approximateArrivalTimestamp(Instant.EPOCH)
        .build();
  }

  @Test
  void continuesWithinAnAggregateWhereTheCheckpointSaysSo() {
    initialize(new ExtendedSequenceNumber("17", 4L));
    assertThat(starts).containsExactly(new Position("17", 4));
    assertThat(shards.runs()).hasSize(1);
  }

  @Test
  void continuesFromTheWordsThatKclWritesForAShardWithoutACheckpoint() {
    assertThat(EnrichingShardProcessor.start(ExtendedSequenceNumber.TRIM_HORIZON))
        .isEqualTo(StartWord.TRIM_HORIZON);
    assertThat(EnrichingShardProcessor.start(ExtendedSequenceNumber.AT_TIMESTAMP))
        .isEqualTo(StartWord.AT_TIMESTAMP);
  }

  @Test
  void aCheckpointThatNobodyOfUsWritesEndsTheWorker() {
    assertThatThrownBy(() -> initialize(ExtendedSequenceNumber.LATEST))
        .hasMessageContaining("the application name belongs to another one");
    assertThat(failures).hasSize(1);
    assertThat(shards.runs()).isEmpty();
  }

  @Test
  void takesRecordsWithPositionAndAttemptAlsoWithoutAPartitionKey() {
    initialize(ExtendedSequenceNumber.TRIM_HORIZON);
    process(record(null), record("sluice-redrive-3-ab"));
    assertThat(run.records)
        .allSatisfy(record -> assertThat(record.position()).isEqualTo(new Position("7", 3)));
    assertThat(run.records).extracting(record -> record.attempt()).containsExactly(1, 3);
  }

  @Test
  void nothingIsThrownOutOfABatchAndTheShardIsGivenUp() {
    initialize(ExtendedSequenceNumber.TRIM_HORIZON);
    run.failure = new IllegalStateException("on purpose");
    process(record("k"));
    assertThat(run.calls).containsExactly("accept", "abandon");
    assertThat(run.isAbandoned()).isTrue();
  }

  @Test
  void waitsForKclBetweenBatchesAndNeverAgainAfterTheShardsEnd() {
    initialize(ExtendedSequenceNumber.TRIM_HORIZON);
    assertThat(shards.waiting()).containsExactly(new ActiveShards.Waiting(run, false));
    process();
    assertThat(shards.waiting()).containsExactly(new ActiveShards.Waiting(run, true));
    run.completesAtItsEnd = false;
    processor.shardEnded(ShardEndedInput.builder().build());
    assertThat(run.calls).containsExactly("accept", "endOfShard");
    assertThat(shards.waiting()).isEmpty();
    assertThat(shards.runs()).hasSize(1); // KCL asks again, the timer goes on
    run.completesAtItsEnd = true;
    processor.shardEnded(ShardEndedInput.builder().build());
    assertThat(shards.runs()).isEmpty();
  }

  @Test
  void aLostLeaseEndsTheRunWithoutACheckpoint() {
    initialize(ExtendedSequenceNumber.TRIM_HORIZON);
    processor.leaseLost(LeaseLostInput.builder().build());
    assertThat(run.calls).containsExactly("leaseLost");
    assertThat(shards.runs()).isEmpty();
  }

  @Test
  void aRequestedShutdownReleasesTheRun() {
    initialize(ExtendedSequenceNumber.TRIM_HORIZON);
    processor.shutdownRequested(ShutdownRequestedInput.builder().build());
    assertThat(run.calls).containsExactly("release");
    assertThat(shards.runs()).isEmpty();
  }

  @Test
  void callbacksBeforeTheStartHaveNoEffect() {
    processor.leaseLost(LeaseLostInput.builder().build());
    processor.shutdownRequested(ShutdownRequestedInput.builder().build());
    assertThat(run.calls).isEmpty();
    assertThat(failures).isEmpty();
  }

  @Test
  void aRunThatOpensDuringAStopIsToldOfIt() {
    shards.requestStop(Instant.EPOCH);
    initialize(ExtendedSequenceNumber.TRIM_HORIZON);
    assertThat(run.calls).containsExactly("requestStop");
  }
}
