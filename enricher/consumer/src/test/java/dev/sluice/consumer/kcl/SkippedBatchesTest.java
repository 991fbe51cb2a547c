package dev.sluice.consumer.kcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.tiles.ConsumerEvents;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.lifecycle.TaskExecutionListener;
import software.amazon.kinesis.lifecycle.TaskOutcome;
import software.amazon.kinesis.lifecycle.TaskType;
import software.amazon.kinesis.lifecycle.events.TaskExecutionListenerInput;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

class SkippedBatchesTest {
  private static final ShardInfo SHARD =
      new ShardInfo("shard-1", "token", List.of(), ExtendedSequenceNumber.TRIM_HORIZON);

  private final List<String> abandoned = new ArrayList<>();
  private final List<String> losses = new ArrayList<>();
  private final ConsumerEvents events =
      new ConsumerEvents() {
        @Override
        public void kplRecordsLeftOut(String shardId, int records) {
          losses.add(shardId + ": " + records);
        }

        @Override
        public void kplAggregateCorrupt(String shardId) {
          losses.add(shardId + ": corrupt");
        }
      };
  private final SkippedBatches skipped =
      new SkippedBatches((shardId, cause) -> abandoned.add(shardId), events);
  private final TaskExecutionListener listener = skipped.listener();

  private void before(TaskType type) {
    listener.beforeTaskExecution(
        TaskExecutionListenerInput.builder().shardInfo(SHARD).taskType(type).build());
  }

  private void after(TaskType type, TaskOutcome outcome) {
    listener.afterTaskExecution(
        TaskExecutionListenerInput.builder()
            .shardInfo(SHARD)
            .taskType(type)
            .taskOutcome(outcome)
            .build());
  }

  private void deaggregate(KinesisClientRecord... records) {
    skipped.deaggregation(false).deaggregate(List.of(records));
  }

  private static KinesisClientRecord record(byte[] data) {
    return KinesisClientRecord.builder()
        .data(ByteBuffer.wrap(data))
        .sequenceNumber("17")
        .partitionKey("k")
        .approximateArrivalTimestamp(Instant.EPOCH)
        .build();
  }

  @Test
  void isQuietWhileBatchesReachTheProcessor() {
    before(TaskType.INITIALIZE);
    after(TaskType.INITIALIZE, TaskOutcome.FAILURE);
    before(TaskType.PROCESS);
    deaggregate(record(new byte[] {1}));
    skipped.delivered();
    after(TaskType.PROCESS, TaskOutcome.SUCCESSFUL);
    before(TaskType.PROCESS); // the end of the shard, without records
    after(TaskType.PROCESS, TaskOutcome.END_OF_SHARD);
    before(TaskType.SHUTDOWN);
    after(TaskType.SHUTDOWN, TaskOutcome.SUCCESSFUL);
    assertThat(abandoned).isEmpty();
  }

  @Test
  void noticesABatchThatFailedBeforeItsProcessor() {
    before(TaskType.PROCESS);
    after(TaskType.PROCESS, TaskOutcome.FAILURE);
    assertThat(abandoned).containsExactly("shard-1");
  }

  @Test
  void noticesALastBatchThatKclCountsAsTheEndOfTheShard() {
    before(TaskType.PROCESS);
    deaggregate(record(new byte[] {1}));
    after(TaskType.PROCESS, TaskOutcome.END_OF_SHARD);
    assertThat(abandoned).containsExactly("shard-1");
  }

  @Test
  void noticesABatchThatEndedInAnErrorBeforeTheNextOneIsProcessed() {
    before(TaskType.PROCESS);
    before(TaskType.PROCESS);
    assertThat(abandoned).containsExactly("shard-1");
  }

  @Test
  void noticesALostBatchBeforeTheShardIsMarkedAsDone() {
    before(TaskType.PROCESS);
    before(TaskType.SHUTDOWN);
    assertThat(abandoned).containsExactly("shard-1");
  }

  @Test
  void saysInWhichShardAnAggregateWasNotTakenAsItWasMeant() {
    var elsewhere = new Aggregates.Part("k", "99", new byte[] {'a'});
    byte[] aggregate = Aggregates.of(List.of(elsewhere, elsewhere));
    before(TaskType.PROCESS);
    List<KinesisClientRecord> records =
        skipped
            .deaggregation(false)
            .deaggregate(
                List.of(
                    record(new byte[] {'a'}),
                    record(Aggregates.of(new byte[1])),
                    record(aggregate)),
                "0",
                "98");
    assertThat(records).hasSize(2);
    assertThat(losses).containsExactly("shard-1: corrupt", "shard-1: 2");
    skipped.delivered();
    after(TaskType.PROCESS, TaskOutcome.SUCCESSFUL);
    assertThat(abandoned).isEmpty();
  }
}
