package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashRangeTest {
  @Test
  void tilesTheWholeSpaceForAnyCount() {
    for (int count : new int[] {1, 2, 3, 7, 100, 499}) {
      List<HashRange> tiles = HashRange.tile(count);
      assertThat(tiles).hasSize(count);
      assertThat(tiles.get(0).start()).isZero();
      assertThat(tiles.get(count - 1).end()).isEqualTo(HashRange.MAX_HASH_KEY);
      for (int i = 1; i < count; i++) {
        assertThat(tiles.get(i - 1).isJustBefore(tiles.get(i))).isTrue();
      }
    }
  }

  @Test
  void hashesAPartitionKeyByMd5() {
    // md5("a") as published in RFC 1321
    assertThat(HashRange.hashKey("a"))
        .isEqualTo(new BigInteger("0cc175b9c0f1b6a831c399e269772661", 16));
    // md5("message digest"): the first bit is set, and the number stays positive
    assertThat(HashRange.hashKey("message digest"))
        .isEqualTo(new BigInteger("f96b697d7cb7938d525a2f31aaf161d0", 16));
  }

  @Test
  void containsBothEnds() {
    var range = new HashRange(BigInteger.TWO, BigInteger.TEN);

    assertThat(range.contains(BigInteger.ONE)).isFalse();
    assertThat(range.contains(BigInteger.TWO)).isTrue();
    assertThat(range.contains(BigInteger.TEN)).isTrue();
    assertThat(range.contains(BigInteger.TEN.add(BigInteger.ONE))).isFalse();
  }

  @Test
  void refusesARangeThatIsNone() {
    assertThatThrownBy(() -> new HashRange(BigInteger.TEN, BigInteger.TWO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HashRange(BigInteger.ONE.negate(), BigInteger.TWO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
