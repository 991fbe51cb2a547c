package dev.sluice.consumer.kcl;

import dev.sluice.consumer.redrive.RedriveKey;
import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.RawRecord;
import dev.sluice.consumer.tiles.ShardReader;
import dev.sluice.consumer.tiles.StartWord;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * KCL's callbacks for one shard, in our words. Throws out of none of them but {@code initialize},
 * which KCL repeats: an exception out of {@code processRecords} would make KCL skip the batch
 * (ProcessTask.callProcessRecords).
 */
final class EnrichingShardProcessor implements ShardRecordProcessor {
  private final BiFunction<String, ContinuesFrom, ShardReader> openRun;
  private final ActiveShards shards;
  private final SkippedBatches skipped;
  private final Consumer<Throwable> failWorker;
  private ShardReader run; // null until initialize

  /**
   * @param openRun from a shard id and the checkpoint that the shard was handed over with
   * @param failWorker stops the worker for a cause that no shard run can report
   */
  EnrichingShardProcessor(
      BiFunction<String, ContinuesFrom, ShardReader> openRun,
      ActiveShards shards,
      SkippedBatches skipped,
      Consumer<Throwable> failWorker) {
    this.openRun = openRun;
    this.shards = shards;
    this.skipped = skipped;
    this.failWorker = failWorker;
  }

  @Override
  public void initialize(InitializationInput input) {
    try {
      run = openRun.apply(input.shardId(), start(input.extendedSequenceNumber()));
    } catch (RuntimeException e) {
      failWorker.accept(e); // KCL would repeat this for ever
      throw e;
    }
    shards.add(run);
  }

  /** A checkpoint as the lease table holds it. */
  static ContinuesFrom start(ExtendedSequenceNumber checkpoint) {
    if (!checkpoint.isSentinelCheckpoint()) {
      return new Position(checkpoint.sequenceNumber(), checkpoint.subSequenceNumber());
    }
    for (StartWord word : StartWord.values()) {
      if (word.text().equals(checkpoint.sequenceNumber())) {
        return word;
      }
    }
    throw new IllegalStateException(
        "the lease table holds "
            + checkpoint.sequenceNumber()
            + ", which this consumer never writes: the application name belongs to another one");
  }

  @Override
  public void processRecords(ProcessRecordsInput input) {
    skipped.delivered();
    shards.works(run);
    try {
      run.accept(
          input.records().stream().map(EnrichingShardProcessor::rawRecord).toList(),
          input.millisBehindLatest() == null
              ? OptionalLong.empty()
              : OptionalLong.of(input.millisBehindLatest()),
          new KclCheckpointer(input.checkpointer()));
    } catch (Throwable broken) {
      run.abandon(broken);
    } finally {
      shards.waits(run);
    }
  }

  private static RawRecord rawRecord(KinesisClientRecord record) {
    ByteBuffer data = record.data().duplicate();
    data.rewind(); // KCL reads the buffer before us, and not always from a copy
    byte[] payload = new byte[data.remaining()];
    data.get(payload);
    return new RawRecord(
        new Position(record.sequenceNumber(), record.subSequenceNumber()),
        record.approximateArrivalTimestamp(),
        payload,
        RedriveKey.attempt(record.partitionKey()));
  }

  @Override
  public void shardEnded(ShardEndedInput input) {
    shards.works(run); // for good: no batch follows
    run.endOfShard(new KclCheckpointer(input.checkpointer()));
    if (!run.isOpen() && !run.isAbandoned()) {
      shards.remove(run);
    }
  }

  @Override
  public void shutdownRequested(ShutdownRequestedInput input) {
    if (run != null) {
      run.release(new KclCheckpointer(input.checkpointer()));
      shards.remove(run);
    }
  }

  @Override
  public void leaseLost(LeaseLostInput input) {
    if (run != null) { // KCL may lose a lease before it initialised the processor
      run.leaseLost();
      shards.remove(run);
    }
  }
}
