package dev.sluice.consumer.kcl;

import java.math.BigInteger;
import java.util.ArrayList;
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
  private final ThreadLocal<Boolean> undelivered = ThreadLocal.withInitial(() -> false);
  private final Set<ShardInfo> unfinished = ConcurrentHashMap.newKeySet();

  /**
   * @param abandon takes a shard id and the cause
   */
  SkippedBatches(BiConsumer<String, Throwable> abandon) {
    this.abandon = abandon;
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
      }
    };
  }

  private void giveUp(TaskExecutionListenerInput input) {
    abandon.accept(
        input.shardInfo().shardId(),
        new IllegalStateException("KCL skipped a batch of records before it was processed"));
  }

  /** To be set as KCL's de-aggregation, the first step of a batch. */
  AggregatorUtil deaggregation() {
    return new AggregatorUtil() {
      @Override
      public List<KinesisClientRecord> deaggregate(
          List<KinesisClientRecord> records, BigInteger from, BigInteger to) {
        undelivered.set(!records.isEmpty());
        try {
          return super.deaggregate(records, from, to);
        } catch (RuntimeException | LinkageError broken) {
          return oneByOne(records, from, to);
        }
      }

      /**
       * A corrupt aggregate would take its whole batch with it: KCL means to log it, and needs a
       * class for that which JDK 17 has no more. It is taken as one raw record instead, like any
       * other record that is no aggregate, and its bytes end among the rejects.
       */
      private List<KinesisClientRecord> oneByOne(
          List<KinesisClientRecord> records, BigInteger from, BigInteger to) {
        var result = new ArrayList<KinesisClientRecord>();
        for (KinesisClientRecord record : records) {
          try {
            record.data().rewind();
            result.addAll(super.deaggregate(List.of(record), from, to));
          } catch (RuntimeException | LinkageError broken) {
            record.data().rewind();
            result.add(record);
          }
        }
        return result;
      }
    };
  }
}
