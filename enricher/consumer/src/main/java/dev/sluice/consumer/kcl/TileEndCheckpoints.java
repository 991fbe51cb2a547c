package dev.sluice.consumer.kcl;

import software.amazon.kinesis.checkpoint.ShardRecordProcessorCheckpointer;
import software.amazon.kinesis.coordinator.SchedulerCoordinatorFactory;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.processor.Checkpointer;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * Makes checkpointers that keep an explicit position a position. KCL's own turns the checkpoint of
 * a closed shard's last record into SHARD_END by itself, which could happen from our timer just
 * before {@code shardEnded}: the children would start, and the end of the chain would never be
 * marked.
 */
final class TileEndCheckpoints extends SchedulerCoordinatorFactory {
  @Override
  public ShardRecordProcessorCheckpointer createRecordProcessorCheckpointer(
      ShardInfo shardInfo, Checkpointer checkpoint) {
    return new ShardRecordProcessorCheckpointer(shardInfo, checkpoint) {
      @Override
      public synchronized void sequenceNumberAtShardEnd(ExtendedSequenceNumber last) {
        // Not remembered: SHARD_END comes from the form without arguments only.
      }
    };
  }

  // Without state of its own, so equality is that of the superclass.
  @Override
  public boolean equals(Object other) {
    return other instanceof TileEndCheckpoints;
  }

  @Override
  public int hashCode() {
    return TileEndCheckpoints.class.hashCode();
  }
}
