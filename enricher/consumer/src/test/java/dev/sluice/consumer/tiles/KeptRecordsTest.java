package dev.sluice.consumer.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeptRecordsTest {
  private final KeptRecords kept = new KeptRecords();

  @Test
  void givesBackWhatItTook() {
    var random = new SplittableRandom(8);
    var records = new ArrayList<RawRecord>();
    for (int i = 0; i < 3_000; i++) {
      byte[] payload = new byte[random.nextInt(i % 500 == 7 ? 1_000_000 : 600)];
      random.nextBytes(payload);
      records.add(
          new RawRecord(
              new Position(
                  "1" + "0".repeat(random.nextInt(Position.MAX_DIGITS)), random.nextLong(1L << 40)),
              Instant.ofEpochSecond(random.nextLong(1L << 40), random.nextInt(1_000_000_000)),
              payload,
              random.nextInt(1, 9)));
    }

    records.forEach(kept::add);

    assertThat(kept.size()).isEqualTo(records.size());
    assertSame(kept.unpack(), records);
    assertSame(kept.unpack(), records);
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(kept.size()).isZero();
    assertThat(kept.unpack()).isEmpty();
  }

  private static void assertSame(List<RawRecord> ours, List<RawRecord> theirs) {
    assertThat(ours).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.size(); i++) {
      RawRecord one = ours.get(i);
      RawRecord other = theirs.get(i);
      assertThat(one.position()).isEqualTo(other.position());
      assertThat(one.arrival()).isEqualTo(other.arrival());
      assertThat(one.payload()).isEqualTo(other.payload());
      assertThat(one.attempt()).isEqualTo(other.attempt());
    }
  }
}
