package dev.sluice.producers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Lines by their own times. */
class ReplayPaceTest {
  private final FakeClock clock = new FakeClock();
  private final long start = clock.nanoTime();
  private final List<Double> requestSeconds = new ArrayList<>();
  private final FakeKinesis kinesis =
      new FakeKinesis().beforeAnswer(() -> requestSeconds.add((clock.nanoTime() - start) / 1e9));
  private final LogReplay replay = new LogReplay(clock, new SplittableRandom(1));

  @Test
  void pausesAsTheLogDid() throws Exception {
    replay(1, Duration.ofHours(1), at("00"), at("00"), at("03"), at("03"), at("10"));

    assertThat(requestSeconds).containsExactly(0.0, 3.0, 10.0);
    assertThat(kinesis.requests())
        .extracting(request -> request.records().size())
        .containsExactly(2, 2, 1);
  }

  @Test
  void isAsManyTimesQuickerAsAsked() throws Exception {
    replay(4, Duration.ofHours(1), at("00"), at("02"), at("10"));

    assertThat(requestSeconds).hasSize(3);
    assertThat(requestSeconds.get(1)).isCloseTo(0.5, within(1e-6));
    assertThat(requestSeconds.get(2)).isCloseTo(2.5, within(1e-6));
  }

  @Test
  void gathersWhatIsDueWithinATenthOfASecond() throws Exception {
    replay(100, Duration.ofHours(1), at("00"), at("05"), at("10"), at("11"), at("59"));

    assertThat(kinesis.requests())
        .extracting(request -> request.records().size())
        .containsExactly(3, 1, 1);
    assertThat(requestSeconds.get(0)).as("never before any of its lines is due").isEqualTo(0.1);
  }

  @Test
  void takesTimesThatGoBackAndNoTimesAtAllAsTheLineBefore() throws Exception {
    replay(1, Duration.ofHours(1), "no time", at("10"), at("05"), "broken", at("12"));

    assertThat(requestSeconds).containsExactly(0.0, 2.0);
  }

  @Test
  void shortensAGapThatIsTooLong() throws Exception {
    replay(
        1,
        Duration.ofSeconds(20),
        "[10/Oct/2000:13:55:00 +0000]",
        "[10/Oct/2090:13:55:00 +0000]",
        "[10/Oct/2090:13:55:07 +0000]");

    assertThat(requestSeconds).containsExactly(0.0, 20.0, 27.0);
  }

  @Test
  void refusesSpeedsThatAreNone() {
    LineTimes times = new AccessLogTimes();
    for (double speed : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1_000_001}) {
      assertThatThrownBy(() -> new Pace.AsLogged(speed, times, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Pace.AsLogged(1, times, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void replay(double speed, Duration maxGap, String... lines) throws Exception {
    var options =
        ReplayOptions.to("access-logs")
            .withInFlight(1)
            .withPace(new Pace.AsLogged(speed, new AccessLogTimes(), maxGap));
    byte[] log = String.join("\n", lines).getBytes(UTF_8);
    replay.replay(new ByteArrayInputStream(log), options, kinesis, ReplayListener.NONE);
    assertThat(kinesis.storedLines()).containsExactly(lines);
  }

  private static String at(String second) {
    return "192.0.2.1 - - [10/Oct/2000:13:55:" + second + " +0000] \"GET / HTTP/1.1\" 200 1";
  }
}
