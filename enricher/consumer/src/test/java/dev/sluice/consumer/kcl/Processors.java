package dev.sluice.consumer.kcl;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.ShardReader;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import software.amazon.kinesis.checkpoint.ShardRecordProcessorCheckpointer;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.processor.Checkpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;

/** Opens what KCL is given by us, for a test that stands in for KCL. */
public final class Processors {
  private Processors() {}

  public static ShardRecordProcessor processor(
      BiFunction<String, ContinuesFrom, ShardReader> openRun,
      ActiveShards shards,
      Consumer<Throwable> failWorker) {
    return new EnrichingShardProcessor(
        openRun, shards, new SkippedBatches(shards::abandon, ConsumerEvents.NONE), failWorker);
  }

  /** KCL's own checkpointer, as ours is made of it. */
  public static ShardRecordProcessorCheckpointer checkpointer(ShardInfo shard, Checkpointer table) {
    return new TileEndCheckpoints().createRecordProcessorCheckpointer(shard, table);
  }
}
