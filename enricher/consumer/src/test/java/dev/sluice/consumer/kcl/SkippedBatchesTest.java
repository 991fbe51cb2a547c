package dev.sluice.consumer.kcl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
import software.amazon.kinesis.retrieval.kpl.Messages;

class SkippedBatchesTest {
  private static final ShardInfo SHARD =
      new ShardInfo("shard-1", "token", List.of(), ExtendedSequenceNumber.TRIM_HORIZON);

  private final List<String> abandoned = new ArrayList<>();
  private final SkippedBatches skipped =
      new SkippedBatches((shardId, cause) -> abandoned.add(shardId));
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
    skipped.deaggregation().deaggregate(List.of(records));
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
  void takesACorruptAggregateAsOneRawRecordAndKeepsTheOthers() throws Exception {
    KinesisClientRecord corrupt = record(aggregate(7)); // names a partition key that it has not
    List<KinesisClientRecord> records =
        skipped
            .deaggregation()
            .deaggregate(
                List.of(
                    record(new byte[] {'a'}), corrupt, record(aggregate(0)), record(aggregate(0))));
    assertThat(records).hasSize(6);
    assertThat(records.get(1).data()).isEqualTo(ByteBuffer.wrap(aggregate(7)));
    assertThat(records.subList(2, 6))
        .extracting(KinesisClientRecord::subSequenceNumber)
        .containsExactly(0L, 1L, 0L, 1L);
  }

  /** A KPL aggregate of two records: magic, protobuf, MD5. */
  private static byte[] aggregate(long partitionKeyIndex) throws Exception {
    var one =
        Messages.Record.newBuilder()
            .setPartitionKeyIndex(partitionKeyIndex)
            .setData(ByteString.copyFrom("line", StandardCharsets.UTF_8));
    byte[] message =
        Messages.AggregatedRecord.newBuilder()
            .addPartitionKeyTable("k")
            .addRecords(one)
            .addRecords(one)
            .build()
            .toByteArray();
    var bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2});
    bytes.write(message);
    bytes.write(MessageDigest.getInstance("MD5").digest(message));
    return bytes.toByteArray();
  }
}
