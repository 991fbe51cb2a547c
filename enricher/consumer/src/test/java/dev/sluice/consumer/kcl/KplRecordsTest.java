package dev.sluice.consumer.kcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

class KplRecordsTest {
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
  private static final BigInteger HALF = BigInteger.ONE.shiftLeft(127);

  private int outside;
  private int corrupt;
  private final KplRecords kpl =
      new KplRecords(
          new KplRecords.Losses() {
            @Override
            public void outsideShard(int records) {
              outside += records;
            }

            @Override
            public void corruptAggregate() {
              corrupt++;
            }
          });

  private static KinesisClientRecord record(byte[] data) {
    return KinesisClientRecord.builder()
        .data(ByteBuffer.wrap(data))
        .sequenceNumber("17")
        .partitionKey("outer")
        .approximateArrivalTimestamp(Instant.EPOCH)
        .build();
  }

  private static Aggregates.Part part(String key, BigInteger hash, String text) {
    return new Aggregates.Part(
        key, hash == null ? null : hash.toString(), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(KinesisClientRecord record) {
    return StandardCharsets.UTF_8.decode(record.data().duplicate()).toString();
  }

  private void assertOneRawRecord(byte[] data) {
    corrupt = 0;
    List<KinesisClientRecord> records =
        kpl.deaggregate(List.of(record(data), record(new byte[] {'a'})), BigInteger.ZERO, MAX);
    assertThat(records).hasSize(2);
    assertThat(records.get(0).data()).isEqualTo(ByteBuffer.wrap(data));
    assertThat(records.get(0).subSequenceNumber()).isZero();
    assertThat(corrupt).isEqualTo(1);
    assertThat(outside).isZero();
  }

  @Test
  void saysTheSameAsKclOfEveryAggregateWithinTheShard() {
    var random = new Random(11);
    var batch = new ArrayList<KinesisClientRecord>();
    for (int i = 0; i < 300; i++) {
      var parts = new ArrayList<Aggregates.Part>();
      for (int n = 1 + random.nextInt(5); n > 0; n--) {
        BigInteger hash = random.nextBoolean() ? new BigInteger(128, random) : null;
        parts.add(part("key" + random.nextInt(9), hash, "line".repeat(random.nextInt(4))));
      }
      batch.add(
          random.nextInt(3) == 0
              ? record(new byte[random.nextInt(40)])
              : record(Aggregates.of(parts)));
    }
    List<KinesisClientRecord> ours = kpl.deaggregate(batch);
    batch.forEach(record -> record.data().rewind()); // KCL leaves its reads in them
    List<KinesisClientRecord> kcl = new AggregatorUtil().deaggregate(batch);
    assertThat(ours).hasSameSizeAs(kcl);
    for (int i = 0; i < ours.size(); i++) {
      KinesisClientRecord mine = ours.get(i);
      KinesisClientRecord its = kcl.get(i);
      assertThat(text(mine)).isEqualTo(text(its));
      assertThat(mine.toBuilder().data(null).build()).isEqualTo(its.toBuilder().data(null).build());
    }
    assertThat(outside + corrupt).isZero();
  }

  @Test
  void leavesOutWhatLiesOutsideOfTheShardAndNothingElse() {
    byte[] data =
        Aggregates.of(
            List.of(
                part("k", BigInteger.ZERO, "first"),
                part("k", HALF, "elsewhere"),
                part("k", HALF.subtract(BigInteger.ONE), "last"),
                part("k", MAX, "elsewhere too")));
    List<KinesisClientRecord> records =
        kpl.deaggregate(List.of(record(data)), BigInteger.ZERO, HALF.subtract(BigInteger.ONE));
    assertThat(records).extracting(KplRecordsTest::text).containsExactly("first", "last");
    assertThat(records)
        .extracting(KinesisClientRecord::subSequenceNumber)
        .containsExactly(0L, 2L); // places in the aggregate, whoever reads it
    assertThat(outside).isEqualTo(2);
    assertThat(corrupt).isZero();
  }

  @Test
  void kclWouldHaveLeftOutAllOfThem() {
    byte[] data =
        Aggregates.of(List.of(part("k", BigInteger.ZERO, "in"), part("k", HALF, "elsewhere")));
    assertThat(
            new AggregatorUtil()
                .deaggregate(List.of(record(data)), BigInteger.ZERO, BigInteger.ONE))
        .isEmpty();
    assertThat(kpl.deaggregate(List.of(record(data)), BigInteger.ZERO, BigInteger.ONE)).hasSize(1);
  }

  @Test
  void anAggregateThatIsCorruptIsOneRawRecord() {
    List<Aggregates.Part> parts = List.of(part("k", HALF, "line"), part("k", null, "line"));
    byte[] good = Aggregates.of(parts);
    for (int i = 4; i < good.length; i++) {
      byte[] flipped = good.clone();
      flipped[i] ^= 1;
      assertOneRawRecord(flipped);
      assertOneRawRecord(Arrays.copyOf(good, i)); // cut off
    }
  }

  @Test
  void anAggregateWhoseTablesDoNotFitIsOneRawRecord() {
    var message = Aggregates.message(List.of(part("k", HALF, "good"), part("k", HALF, "bad")));
    for (long index : new long[] {2, 7, 1L << 32, -1}) {
      var noSuchKey = message.clone();
      noSuchKey.getRecordsBuilder(1).setPartitionKeyIndex(index);
      assertOneRawRecord(Aggregates.of(noSuchKey.build().toByteArray()));
      var noSuchHash = message.clone();
      noSuchHash.getRecordsBuilder(1).setExplicitHashKeyIndex(index);
      assertOneRawRecord(Aggregates.of(noSuchHash.build().toByteArray()));
    }
    message.setExplicitHashKeyTable(1, "no number");
    assertOneRawRecord(Aggregates.of(message.build().toByteArray()));
    assertOneRawRecord(Aggregates.of(new byte[] {1, 2, 3, 4, 5})); // no such message
  }

  @Test
  void anEmptyAggregateIsNoRecordAndNoLoss() {
    var message = Aggregates.message(List.of()).addPartitionKeyTable("k").build();
    assertThat(kpl.deaggregate(List.of(record(Aggregates.of(message.toByteArray()))))).isEmpty();
    assertThat(outside + corrupt).isZero();
  }

  @Test
  void aRecordWithoutAPartitionKeyIsARecord() {
    KinesisClientRecord without =
        record(new byte[] {'a'}).toBuilder().partitionKey(null).explicitHashKey(null).build();
    KinesisClientRecord aggregate =
        record(Aggregates.of(List.of(part("inner", null, "line")))).toBuilder()
            .partitionKey(null)
            .build();
    assertThat(kpl.deaggregate(List.of(without, aggregate)))
        .extracting(KinesisClientRecord::partitionKey)
        .containsExactly(null, "inner");
  }
}
