package dev.sluice.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {
  private final FakeClock clock = new FakeClock();
  private final long start = clock.nanoTime();

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 3, 15, 999, 4_000, 250_000})
  void keepsThePaceInEveryTenSeconds(double linesPerSecond) throws InterruptedException {
    int lines = Pacer.linesPerTick(linesPerSecond, 500);
    var pacer = new EvenPace(linesPerSecond);
    long released = 0;

    while (seconds() < 60) {
      pacer.await(lines);
      released += lines;
      assertThat(released / linesPerSecond).isCloseTo(seconds(), within(1e-6));
    }

    assertThat(released / seconds()).isCloseTo(linesPerSecond, withPercentage(0.1));
  }

  @Test
  void isNeverAheadOfThePace() throws InterruptedException {
    var pacer = new EvenPace(100);

    pacer.await(10);

    assertThat(seconds()).isCloseTo(0.1, within(1e-9));
  }

  @Test
  void makesAShortDelayGood() throws InterruptedException {
    var pacer = new EvenPace(100);
    for (int i = 0; i < 100; i++) {
      if (i == 50) {
        clock.pause(Duration.ofMillis(900));
      }
      pacer.await(10);
    }

    assertThat(seconds()).isCloseTo(10, within(1e-6));
  }

  @Test
  void burstsNoMoreThanOneSecondAfterALongDelay() throws InterruptedException {
    var pacer = new EvenPace(100);
    clock.pause(Duration.ofSeconds(30));
    int atOnce = 0;
    while (seconds() == 30) {
      pacer.await(1);
      atOnce++;
    }

    assertThat(atOnce).isBetween(100, 102);
  }

  @Test
  void sendsTenTimesASecondAtMostUnlessRequestsWouldBeTooLarge() {
    assertThat(Pacer.linesPerTick(0.1, 500)).isEqualTo(1);
    assertThat(Pacer.linesPerTick(1_000, 500)).isEqualTo(100);
    assertThat(Pacer.linesPerTick(100_000, 500)).isEqualTo(500);
  }

  @Test
  void endsAWaitThatIsNotWantedAnyMore() throws InterruptedException {
    var pacer = new Pacer(clock, () -> seconds() < 3);

    pacer.await(Duration.ofHours(1).toNanos());

    assertThat(seconds()).isCloseTo(3, within(0.5));
  }

  /** A pacer and the times of lines at an even pace. */
  private final class EvenPace {
    private final Pacer pacer = new Pacer(clock, () -> true);
    private final DueTimes times;

    EvenPace(double linesPerSecond) {
      times = DueTimes.of(new Pace.LinesPerSecond(linesPerSecond));
    }

    /** The next lines leave together. */
    void await(int lines) throws InterruptedException {
      long due = 0;
      for (int line = 0; line < lines; line++) {
        due = times.next(new byte[0], 0);
      }
      pacer.await(due);
    }
  }

  private double seconds() {
    return (clock.nanoTime() - start) / 1e9;
  }
}
