package dev.sluice.consumer.kcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ListIterator;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

class BatchInOrderTest {

  /** KCL's walk (ProcessTask.filterAndGetMaxExtendedSequenceNumber), in the words of its result. */
  private record Walk(List<KinesisClientRecord> left, ExtendedSequenceNumber highest, int looks) {}

  private static Walk kclWalk(
      List<KinesisClientRecord> records,
      ExtendedSequenceNumber checkpoint,
      ExtendedSequenceNumber before) {
    ExtendedSequenceNumber highest = before;
    int looks = 0;
    ListIterator<KinesisClientRecord> each = records.listIterator();
    while (each.hasNext()) {
      KinesisClientRecord record = each.next();
      looks++;
      ExtendedSequenceNumber number = number(record);
      if (number.compareTo(checkpoint) <= 0) {
        each.remove();
      } else if (highest == null || highest.compareTo(number) < 0) {
        highest = number;
      }
    }
    return new Walk(new ArrayList<>(records), highest, looks);
  }

  private static ExtendedSequenceNumber number(KinesisClientRecord record) {
    return new ExtendedSequenceNumber(record.sequenceNumber(), record.subSequenceNumber());
  }

  private static KinesisClientRecord record(long sequence, long subSequence) {
    return KinesisClientRecord.builder()
        .sequenceNumber(Long.toString(sequence))
        .subSequenceNumber(subSequence)
        .partitionKey("k")
        .approximateArrivalTimestamp(Instant.EPOCH)
        .data(ByteBuffer.wrap(new byte[0]))
        .build();
  }

  @Test
  void letsKclFindWhatItFindsInAPlainList() {
    var random = new SplittableRandom(5);
    for (int round = 0; round < 5_000; round++) {
      List<KinesisClientRecord> batch = batch(random);
      if (random.nextInt(4) == 0) {
        Collections.shuffle(batch, new Random(round));
      }
      var checkpoint = new ExtendedSequenceNumber("" + random.nextInt(1, 130), random.nextLong(4));
      var before = new ExtendedSequenceNumber("" + random.nextInt(1, 130), 0L);
      Walk plain = kclWalk(new ArrayList<>(batch), checkpoint, before);
      Walk ours = kclWalk(BatchInOrder.of(batch), checkpoint, before);

      assertThat(ours.left()).isEqualTo(plain.left());
      assertThat(ours.highest()).isEqualTo(plain.highest());
    }
  }

  private static List<KinesisClientRecord> batch(SplittableRandom random) {
    var batch = new ArrayList<KinesisClientRecord>();
    long sequence = 1 + random.nextInt(100);
    long subSequence = 0;
    for (int left = random.nextInt(12); left > 0; left--) {
      batch.add(record(sequence, subSequence));
      if (random.nextBoolean()) {
        sequence += 1 + random.nextInt(9);
        subSequence = 0;
      } else {
        subSequence++;
      }
    }
    return batch;
  }

  @Test
  void isLookedAtTwiceWhenNothingIsBeforeTheCheckpoint() {
    var batch = new ArrayList<KinesisClientRecord>();
    for (int i = 10; i < 1_000; i++) {
      batch.add(record(i, 0));
    }

    Walk walk = kclWalk(BatchInOrder.of(batch), ExtendedSequenceNumber.TRIM_HORIZON, null);

    assertThat(walk.looks()).isEqualTo(2);
    assertThat(walk.left()).hasSize(990);
    assertThat(walk.highest()).isEqualTo(new ExtendedSequenceNumber("999", 0L));
  }

  @Test
  void isThePlainListWhenItIsOutOfOrder() {
    for (List<KinesisClientRecord> batch :
        List.of(
            List.of(record(9, 0), record(8, 0)),
            List.of(record(10, 0), record(9, 0)),
            List.of(record(9, 1), record(9, 0)),
            List.of(record(9, 1), record(9, 1)))) {
      assertThat(BatchInOrder.of(batch)).isSameAs(batch);
    }
  }
}
