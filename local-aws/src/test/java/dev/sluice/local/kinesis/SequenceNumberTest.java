package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceNumberTest {
  @Test
  void hasFiftySixDigitsForEveryPosition() {
    for (long position : new long[] {0, 1, 1L << 40, Long.MAX_VALUE}) {
      for (int shard : new int[] {0, 1, 9_999, Integer.MAX_VALUE}) {
        assertThat(SequenceNumber.text(position, shard))
            .hasSize(SequenceNumber.DIGITS)
            .matches("[1-9][0-9]+");
      }
    }
  }

  @Test
  void growsWithThePosition() {
    var random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      long position = random.nextLong(Long.MAX_VALUE - 1);
      assertThat(SequenceNumber.text(position, 3)).isLessThan(SequenceNumber.text(position + 1, 3));
    }
  }

  @Test
  void givesThePositionBack() {
    var random = new Random(8);
    for (int i = 0; i < 1_000; i++) {
      long position = random.nextLong(Long.MAX_VALUE);
      int shard = random.nextInt(10_000);
      assertThat(SequenceNumber.position(SequenceNumber.text(position, shard), shard))
          .hasValue(position);
    }
  }

  @Test
  void carriesVersionAndShardWhereKclReadsThem() {
    var number = new BigInteger(SequenceNumber.text(123_456_789L, 42));

    assertThat(number.bitLength()).isEqualTo(186);
    assertThat(number.shiftRight(184).intValue()).isEqualTo(2);
    assertThat(number.shiftRight(4).intValue()).isEqualTo(42);
  }

  @Test
  void refusesNumbersOfOtherShardsAndOtherText() {
    String number = SequenceNumber.text(5, 1);

    assertThat(SequenceNumber.position(number, 2)).isEqualTo(OptionalLong.empty());
    assertThat(SequenceNumber.position("", 1)).isEmpty();
    assertThat(SequenceNumber.position("1".repeat(56), 1)).isEmpty();
    assertThat(SequenceNumber.position(number.substring(1) + "x", 1)).isEmpty();
    assertThat(SequenceNumber.position("-" + number.substring(1), 1)).isEmpty();
  }
}
