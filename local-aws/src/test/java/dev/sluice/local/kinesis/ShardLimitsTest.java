package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShardLimitsTest {
  private static final long NOW = 1_000_000;

  private final ShardLimits limits = new ShardLimits(NOW);

  private int taken(int bytes, long nowMillis) {
    int count = 0;
    while (limits.takeRecord(bytes, nowMillis)) {
      count++;
    }
    return count;
  }

  @Test
  void takesAThousandSmallRecordsASecond() {
    assertThat(taken(10, NOW)).isEqualTo(1_000);
    assertThat(taken(10, NOW)).isZero();
    assertThat(taken(10, NOW + 500)).isEqualTo(500);
    assertThat(taken(10, NOW + 60_000)).isEqualTo(1_000);
  }

  @Test
  void takesOneMebibyteASecond() {
    assertThat(taken(256 * 1024, NOW)).isEqualTo(4);
    assertThat(taken(256 * 1024, NOW + 250)).isEqualTo(1);
    assertThat(taken(1024 * 1024, NOW + 2_000)).isEqualTo(1);
  }

  @Test
  void allowsFiveReadsASecond() {
    for (int i = 0; i < 5; i++) {
      assertThat(limits.takeRead(NOW)).isTrue();
    }
    assertThat(limits.takeRead(NOW)).isFalse();
    assertThat(limits.takeRead(NOW + 200)).isTrue();
  }

  @Test
  void paysBackALargeReadAtTwoMebibytesASecond() {
    assertThat(limits.takeRead(NOW)).isTrue();
    limits.countRead(10 * 1024 * 1024);

    assertThat(limits.takeRead(NOW + 3_900)).isFalse();
    assertThat(limits.takeRead(NOW + 4_100)).isTrue();
  }

  @Test
  void survivesAClockThatIsSetBack() {
    assertThat(taken(10, NOW)).isEqualTo(1_000);
    assertThat(taken(10, NOW - 10_000)).isZero();
  }
}
