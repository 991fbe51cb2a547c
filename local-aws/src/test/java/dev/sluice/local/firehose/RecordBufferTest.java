package dev.sluice.local.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordBufferTest {

  private static final int EVENT_BYTES_OF_AN_EMPTY_RECORD = TransformEvent.bytes(sized("r", 0, 0));

  private static FirehoseRecord sized(String id, long arrivalMillis, int bytes) {
    return new FirehoseRecord(id, arrivalMillis, new byte[bytes], Optional.empty(), 0);
  }

  private static List<String> take(RecordBuffer buffer, long nowMillis, boolean everything) {
    return buffer.takeDue(nowMillis, everything).stream().map(FirehoseRecord::recordId).toList();
  }

  @Test
  void theNextRecordThatDoesNotFitClosesTheBatch() {
    var buffer = new RecordBuffer(10, Duration.ofSeconds(60), Long.MAX_VALUE);
    buffer.add(sized("a", 0, 6));
    buffer.add(sized("b", 0, 3));
    assertThat(buffer.isFull()).isFalse();
    assertThat(take(buffer, 0, false)).isEmpty();
    buffer.add(sized("c", 0, 2));
    assertThat(buffer.isFull()).isTrue();
    assertThat(take(buffer, 0, false)).containsExactly("a", "b");
    assertThat(take(buffer, 0, false)).isEmpty();
    assertThat(take(buffer, 0, true)).containsExactly("c");
    assertThat(buffer.waitingRecords()).isZero();
  }

  @Test
  void aBatchOfExactlyTheHintIsDue() {
    var buffer = new RecordBuffer(10, Duration.ofSeconds(60), Long.MAX_VALUE);
    buffer.add(sized("a", 0, 10));
    assertThat(take(buffer, 0, false)).containsExactly("a");
  }

  @Test
  void aRecordLargerThanTheHintGoesAlone() {
    var buffer = new RecordBuffer(10, Duration.ofSeconds(60), Long.MAX_VALUE);
    buffer.add(sized("a", 0, 1));
    buffer.add(sized("b", 0, 50));
    buffer.add(sized("c", 0, 1));
    assertThat(take(buffer, 0, false)).containsExactly("a");
    assertThat(take(buffer, 0, false)).containsExactly("b");
    assertThat(take(buffer, 0, false)).isEmpty();
  }

  @Test
  void theIntervalCountsFromTheOldestRecord() {
    var buffer = new RecordBuffer(10, Duration.ofMillis(100), Long.MAX_VALUE);
    buffer.add(sized("a", 1_000, 1));
    buffer.add(sized("b", 1_099, 1));
    assertThat(take(buffer, 1_099, false)).isEmpty();
    assertThat(take(buffer, 1_100, false)).containsExactly("a", "b");
  }

  @Test
  void theEventOfABatchStaysWithinItsBound() {
    var buffer =
        new RecordBuffer(1_000, Duration.ofSeconds(60), 2L * EVENT_BYTES_OF_AN_EMPTY_RECORD);
    buffer.add(sized("a", 0, 0));
    buffer.add(sized("b", 0, 0));
    assertThat(take(buffer, 0, false)).isEmpty();
    buffer.add(sized("c", 0, 0));
    assertThat(take(buffer, 0, false)).containsExactly("a", "b");
  }

  @Test
  void takesNoMoreThanItsBoundAndMoreAgainAfterABatchIsTaken() {
    var buffer = new RecordBuffer(1 << 20, Duration.ofSeconds(60), Long.MAX_VALUE);
    int taken = 0;
    while (buffer.add(sized("r", 0, 1 << 20))) {
      taken++;
    }
    assertThat(taken).isEqualTo(63); // 64 MiB less what records cost beside their data
    buffer.takeDue(0, false);
    assertThat(buffer.add(sized("r", 0, 1 << 20))).isTrue();
    assertThat(buffer.add(sized("r", 0, 1 << 20))).isFalse();
  }
}
