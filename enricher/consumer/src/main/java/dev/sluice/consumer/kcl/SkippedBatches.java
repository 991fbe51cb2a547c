package dev.sluice.consumer.kcl;

import dev.sluice.consumer.tiles.ConsumerEvents;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.lifecycle.TaskExecutionListener;
import software.amazon.kinesis.lifecycle.TaskOutcome;
import software.amazon.kinesis.lifecycle.TaskType;
import software.amazon.kinesis.lifecycle.events.TaskExecutionListenerInput;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * Notices batches that KCL gives up before the processor sees them. When something fails between
 * KCL's queue and {@code processRecords}, KCL logs it, skips the batch and goes on with the next
 * one (ShardConsumerSubscriber.onNext, ProcessTask.call); a later tile would seal the gap. So the
 * shard is given up before the next batch comes.
 *
 * <p>KCL runs a batch on one thread from start to end: listener, de-aggregation, processor,
 * listener.
 */
final class SkippedBatches {
  private final BiConsumer<String, Throwable> abandon;
  private final ConsumerEvents events;
  private final ThreadLocal<Boolean> undelivered = ThreadLocal.withInitial(() -> false);
  private final ThreadLocal<String> shard = new ThreadLocal<>(); // null outside of a task
  private final Set<ShardInfo> unfinished = ConcurrentHashMap.newKeySet();

  /**
   * @param abandon takes a shard id and the cause
   * @param events hears of what de-aggregation leaves out
   */
  SkippedBatches(BiConsumer<String, Throwable> abandon, ConsumerEvents events) {
    this.abandon = abandon;
    this.events = events;
  }

  /** The processor has the batch of this thread. */
  void delivered() {
    undelivered.set(false);
  }

  /** To be set as KCL's task listener. */
  TaskExecutionListener listener() {
    return new TaskExecutionListener() {
      @Override
      public void beforeTaskExecution(TaskExecutionListenerInput input) {
        undelivered.set(false);
        shard.set(input.shardInfo().shardId());
        boolean open = unfinished.remove(input.shardInfo());
        if (open) {
          giveUp(input); // the batch before this task ended in a throwable
        }
        if (input.taskType() == TaskType.PROCESS) {
          unfinished.add(input.shardInfo());
        }
      }

      @Override
      public void afterTaskExecution(TaskExecutionListenerInput input) {
        unfinished.remove(input.shardInfo());
        if (input.taskType() == TaskType.PROCESS
            && (undelivered.get() || input.taskOutcome() == TaskOutcome.FAILURE)) {
          giveUp(input);
        }
        undelivered.remove();
        shard.remove();
      }
    };
  }

  private void giveUp(TaskExecutionListenerInput input) {
    abandon.accept(
        input.shardInfo().shardId(),
        new IllegalStateException("KCL skipped a batch of records before it was processed"));
  }

  /**
   * To be set as KCL's de-aggregation, the first step of a batch.
   *
   * @param eachMeasured whether KCL has metrics of its own, for which it has to look at each record
   */
  AggregatorUtil deaggregation(boolean eachMeasured) {
    return new KplRecords(
        new KplRecords.Losses() {
          @Override
          public void outsideShard(int records) {
            events.kplRecordsLeftOut(shard(), records);
          }

          @Override
          public void corruptAggregate() {
            events.kplAggregateCorrupt(shard());
          }
        }) {
      @Override
      public List<KinesisClientRecord> deaggregate(
          List<KinesisClientRecord> records, BigInteger from, BigInteger to) {
        undelivered.set(!records.isEmpty());
        List<KinesisClientRecord> all = super.deaggregate(records, from, to);
        return eachMeasured ? all : BatchInOrder.of(all);
      }
    };
  }

  private String shard() {
    String shardId = shard.get();
    return shardId == null ? "a shard" : shardId;
  }
}
