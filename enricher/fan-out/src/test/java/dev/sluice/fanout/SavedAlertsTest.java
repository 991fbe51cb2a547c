package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A decider that is saved and resumed in the middle tells what one tells that was not. */
class SavedAlertsTest {
  private static final FanOutSettings SETTINGS = settings("above=25%");

  private static FanOutSettings settings(String limit) {
    return Lines.settings(
        "ALERT_RULES",
        "all measure=error-rate "
            + limit
            + " min=4 window=20s errors=4xx,5xx;"
            + "each measure=error-rate above=0.5 min=2 scope=host window=30s errors=4xx,5xx;"
            + "odd measure=anomaly above=0 scope=host window=10s",
        "EVENT_LATENESS",
        "15s",
        "ALERT_COOL_DOWN",
        "45s",
        "ALERT_CLEAR_WINDOWS",
        "2");
  }

  private static AlertDecider<Integer> decider(FanOutSettings settings) {
    return new AlertDecider<>(settings, new ManualClock(), Duration.ZERO);
  }

  private static List<LineFacts> lines(Random random, int count) {
    var lines = new ArrayList<LineFacts>();
    long second = 0;
    double errors = 0.1;
    for (int i = 0; i < count; i++) {
      second += random.nextInt(100) == 0 ? random.nextInt(300) : random.nextInt(3);
      errors = random.nextInt(50) == 0 ? random.nextDouble() : errors;
      long at = second - (random.nextInt(4) == 0 ? random.nextInt(60) : 0);
      int status = random.nextDouble() < errors ? 400 + 100 * random.nextInt(2) : 200;
      lines.add(
          Lines.line(
              at,
              random.nextInt(20) == 0 ? null : "h\u00e9" + random.nextInt(4),
              status,
              random.nextInt(40) == 0));
    }
    return lines;
  }

  @Test
  void tellsTheSameWhereverItWasSaved() {
    var random = new Random(20_261_122);
    int told = 0;
    for (int round = 0; round < 20; round++) {
      AlertDecider<Integer> whole = decider(SETTINGS);
      AlertSource<Integer> source = whole.open();
      AlertDecider<Integer> resumed = decider(SETTINGS);
      AlertSource<Integer> resumedSource = resumed.open();
      for (LineFacts line : lines(random, 400)) {
        whole.count(source, line, Lines.T0 + 1_000_000, 0);
        resumed.count(resumedSource, line, Lines.T0 + 1_000_000, 0);
        if (random.nextInt(10) == 0) {
          List<Alert> alerts = whole.decide();
          whole.sent();
          assertThat(resumed.decide()).isEqualTo(alerts);
          resumed.sent();
          told += alerts.size();
          byte[] saved = resumed.save(resumedSource);
          resumed = decider(SETTINGS);
          resumedSource = resumed.resume(saved);
          assertThat(resumed.save(resumedSource)).isEqualTo(saved);
        }
      }
    }
    assertThat(told).isGreaterThan(200);
  }

  @Test
  void aRuleThatHasChangedBeginsAnewAndTheOthersGoOn() {
    AlertDecider<Integer> before = decider(SETTINGS);
    AlertSource<Integer> source = before.open();
    for (int i = 0; i < 10; i++) {
      before.count(source, Lines.line(i, "h", 500, false), Lines.T0 + 1_000_000, 0);
    }
    FanOutSettings others = settings("above=30%");
    AlertDecider<Integer> after = decider(others);
    AlertSource<Integer> resumed = after.resume(before.save(source));
    after.count(resumed, Lines.line(500, "h", 200, false), Lines.T0 + 1_000_000, 0);
    assertThat(after.decide())
        .extracting(alert -> alert.rule().name())
        .contains("each")
        .doesNotContain("all");
  }

  @Test
  void otherBytesAreRefused() {
    AlertDecider<Integer> decider = decider(SETTINGS);
    byte[] saved = decider.save(decider.open());
    for (int length = 0; length < saved.length; length++) {
      byte[] cut = Arrays.copyOf(saved, length);
      assertThatThrownBy(() -> decider(SETTINGS).resume(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
    saved[3]++; // the version
    assertThatThrownBy(() -> decider(SETTINGS).resume(saved)).hasMessageContaining("version");
  }
}
