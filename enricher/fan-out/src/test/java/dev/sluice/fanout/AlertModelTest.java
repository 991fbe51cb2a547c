package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the decider to its slow twin over seeded lines of several shards, out of order. */
class AlertModelTest {
  private static final int ROUNDS = 8;
  private static final int LINES = 600;

  private static final FanOutSettings SETTINGS =
      Lines.settings(
          "ALERT_RULES",
          "all measure=error-rate above=25% min=4 window=20s;"
              + "each measure=error-rate above=0.5 min=2 scope=host window=30s errors=4xx,5xx;"
              + "busy measure=request-rate above=0.5 window=10s;"
              + "host-busy measure=request-rate above=0.3 scope=host window=1m;"
              + "odd measure=anomaly above=0 scope=host window=10s",
          "EVENT_LATENESS",
          "15s",
          "ALERT_COOL_DOWN",
          "45s",
          "ALERT_CLEAR_WINDOWS",
          "2");

  @ParameterizedTest
  @ValueSource(longs = {1, 20_261_121, -7})
  void tellsWhatTheTwinTells(long seed) {
    var random = new Random(seed);
    int told = 0;
    for (int round = 0; round < ROUNDS; round++) {
      told += round(random, 1 + random.nextInt(3));
    }
    assertThat(told).as("alerts of all rounds").isGreaterThan(200);
  }

  private static int round(Random random, int shards) {
    var decider = new AlertDecider<Integer>(SETTINGS, new ManualClock(), Duration.ZERO);
    var plain = new PlainAlerts(SETTINGS, shards);
    var sources = new ArrayList<AlertSource<Integer>>();
    for (int i = 0; i < shards; i++) {
      sources.add(decider.open());
    }
    var alerts = new ArrayList<Alert>();
    long second = 0;
    double errors = 0.1;
    for (int i = 0; i < LINES; i++) {
      second += random.nextInt(100) == 0 ? random.nextInt(300) : random.nextInt(3);
      errors = random.nextInt(50) == 0 ? random.nextDouble() : errors;
      long at = second - (random.nextInt(4) == 0 ? random.nextInt(60) : 0);
      LineFacts line =
          Lines.line(
              at,
              random.nextInt(20) == 0 ? null : "h" + random.nextInt(4),
              random.nextDouble() < errors ? 400 + 100 * random.nextInt(2) : 200,
              random.nextInt(40) == 0);
      int shard = random.nextInt(shards);
      plain.add(new PlainAlerts.Came(shard, i, line));
      decider.count(sources.get(shard), line, Lines.T0 + 1_000_000, i);
      if (random.nextInt(30) == 0) {
        alerts.addAll(decider.decide());
        decider.sent();
        assertHolds(plain, sources, plain.watermark(i + 1));
      }
    }
    alerts.addAll(decider.decide());
    decider.sent();
    for (AlertRule rule : SETTINGS.rules()) {
      assertThat(told(rule, alerts)).as(rule.name()).isEqualTo(plain.told(rule));
    }
    return alerts.size();
  }

  private static void assertHolds(
      PlainAlerts plain, List<AlertSource<Integer>> sources, long watermark) {
    for (int i = 0; i < sources.size(); i++) {
      assertThat(sources.get(i).oldestUndecided().orElse(null))
          .isEqualTo(plain.oldest(i, watermark));
    }
  }

  private static List<String> told(AlertRule rule, List<Alert> alerts) {
    var told = new ArrayList<String>();
    for (Alert alert : alerts) {
      if (alert.rule().equals(rule)) {
        for (Alert.Reading r : alert.readings()) {
          told.add(
              alert.windowEnd().getEpochSecond()
                  + " "
                  + alert.kind()
                  + " "
                  + List.of(r.requests(), r.errors(), r.anomalies())
                  + " "
                  + r.subject());
        }
      }
    }
    return told;
  }
}
