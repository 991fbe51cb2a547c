package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SequenceClockTest {
  private final ManualClock time = new ManualClock();
  private final SequenceClock clock = new SequenceClock(time);

  @Test
  void growsWithinOneMillisecond() {
    long previous = clock.next();
    for (int i = 0; i < 10_000; i++) {
      long next = clock.next();
      assertThat(next).isGreaterThan(previous);
      previous = next;
    }
    assertThat(SequenceClock.millis(previous)).isEqualTo(time.millis());
  }

  @Test
  void growsWhenTheTimeIsSetBack() {
    long before = clock.next();
    time.advance(Duration.ofDays(-1));

    assertThat(clock.next()).isGreaterThan(before);
  }

  @Test
  void holdsTheTimeOfEachPosition() {
    time.advance(Duration.ofMillis(1_234));

    assertThat(SequenceClock.millis(clock.next())).isEqualTo(time.millis());
    assertThat(SequenceClock.firstAt(-5)).isZero();
  }
}
