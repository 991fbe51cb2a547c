package dev.sluice.consumer.kcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.ShardCheckpointer.Answer;
import dev.sluice.consumer.tiles.StartWord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.kinesis.checkpoint.ShardRecordProcessorCheckpointer;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.KinesisClientLibDependencyException;
import software.amazon.kinesis.exceptions.KinesisClientLibException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.exceptions.ThrottlingException;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.processor.Checkpointer;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

class KclCheckpointerTest {
  private final LeaseTable leaseTable = new LeaseTable();
  private final ShardRecordProcessorCheckpointer ofKcl =
      new TileEndCheckpoints()
          .createRecordProcessorCheckpointer(
              new ShardInfo("shard-1", "token", List.of(), ExtendedSequenceNumber.TRIM_HORIZON),
              leaseTable);
  private final KclCheckpointer checkpointer = new KclCheckpointer(ofKcl);

  /** Keeps checkpoints in a list, or fails. */
  private static final class LeaseTable implements Checkpointer {
    final List<String> set = new ArrayList<>();
    KinesisClientLibException failure; // null while it answers
    RuntimeException unchecked; // null while it answers

    @Override
    public void setCheckpoint(
        String leaseKey, ExtendedSequenceNumber checkpoint, String concurrencyToken)
        throws KinesisClientLibException {
      if (failure != null) {
        throw failure;
      }
      if (unchecked != null) {
        throw unchecked;
      }
      set.add(checkpoint.sequenceNumber() + '/' + checkpoint.subSequenceNumber());
    }

    @Override
    public ExtendedSequenceNumber getCheckpoint(String leaseKey) {
      throw new UnsupportedOperationException();
    }

    @Override
    public software.amazon.kinesis.checkpoint.Checkpoint getCheckpointObject(String leaseKey) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void prepareCheckpoint(
        String leaseKey, ExtendedSequenceNumber pending, String concurrencyToken) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void prepareCheckpoint(
        String leaseKey, ExtendedSequenceNumber pending, String concurrencyToken, byte[] state) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void operation(String operation) {}

    @Override
    public String operation() {
      return "";
    }
  }

  private void delivered(String sequenceNumber) {
    ofKcl.largestPermittedCheckpointValue(new ExtendedSequenceNumber(sequenceNumber, 0L));
  }

  @Test
  void keepsThePositionOfAnExplicitCheckpointEvenAtTheEndOfAShard() {
    delivered("20");
    ofKcl.sequenceNumberAtShardEnd(new ExtendedSequenceNumber("20", 0L));
    assertThat(checkpointer.checkpoint(new Position("20", 0))).isEqualTo(Answer.DONE);
    ofKcl.largestPermittedCheckpointValue(ExtendedSequenceNumber.SHARD_END);
    assertThat(checkpointer.checkpointShardEnd()).isEqualTo(Answer.DONE);
    assertThat(leaseTable.set).containsExactly("20/0", "SHARD_END/0");
  }

  @Test
  void passesTheSubSequenceNumberOn() {
    ofKcl.largestPermittedCheckpointValue(new ExtendedSequenceNumber("20", 9L));
    assertThat(checkpointer.checkpoint(new Position("20", 3))).isEqualTo(Answer.DONE);
    assertThat(leaseTable.set).containsExactly("20/3");
  }

  @Test
  void givesEachFailureOfTheLeaseTableItsAnswer() {
    delivered("20");
    leaseTable.failure = new ShutdownException("gone");
    assertThat(checkpointer.checkpoint(new Position("20", 0))).isEqualTo(Answer.LEASE_GONE);
    leaseTable.failure = null;
    leaseTable.unchecked = new ThrottlingException("slow down");
    assertThat(checkpointer.checkpoint(new Position("20", 0))).isEqualTo(Answer.THROTTLED);
    leaseTable.unchecked = new KinesisClientLibDependencyException("away");
    assertThat(checkpointer.checkpoint(new Position("20", 0))).isEqualTo(Answer.UNAVAILABLE);
    leaseTable.failure = new InvalidStateException("no table");
    assertThatIllegalStateException()
        .isThrownBy(() -> checkpointer.checkpoint(new Position("20", 0)));
  }

  @Test
  void aConnectionThatIsRefusedHealsHoweverKclWrapsIt() {
    delivered("20");
    var refused = SdkClientException.create("Connection refused");
    for (RuntimeException thrown :
        List.of(
            refused,
            new RuntimeException(refused),
            new RuntimeException(new ExecutionException(refused)))) {
      leaseTable.unchecked = thrown;
      assertThat(checkpointer.checkpoint(new Position("20", 0))).isEqualTo(Answer.UNAVAILABLE);
    }
    assertThat(leaseTable.set).isEmpty();
  }

  @Test
  void whatIsBrokenIsThrown() {
    delivered("20");
    var broken = new RuntimeException("broken");
    broken.initCause(new RuntimeException("a circle", broken));
    leaseTable.unchecked = broken;
    assertThatThrownBy(() -> checkpointer.checkpoint(new Position("20", 0))).isSameAs(broken);
  }

  @Test
  void readsACheckpointAsWhatTheNextTileContinuesFrom() {
    assertThat(EnrichingShardProcessor.start(new ExtendedSequenceNumber("20", 3L)))
        .isEqualTo(new Position("20", 3));
    assertThat(EnrichingShardProcessor.start(ExtendedSequenceNumber.TRIM_HORIZON))
        .isEqualTo(StartWord.TRIM_HORIZON);
    assertThat(EnrichingShardProcessor.start(ExtendedSequenceNumber.AT_TIMESTAMP))
        .isEqualTo(StartWord.AT_TIMESTAMP);
    assertThatIllegalStateException()
        .isThrownBy(() -> EnrichingShardProcessor.start(ExtendedSequenceNumber.LATEST))
        .withMessageContaining("LATEST");
  }
}
