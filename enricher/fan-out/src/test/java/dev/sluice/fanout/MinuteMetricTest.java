package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names and texts by which CloudWatch gets counts. */
class MinuteMetricTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void aMinuteIsOneValueForEachCount() {
    var minute =
        new MinuteCounts(
            NOON, 5, Map.of(MinuteCounts.Dimension.COUNTRY, Map.of("France", 5L)), 2, 1);
    Map<String, String> stream = Map.of("Stream", "logs");
    assertThat(MinuteMetric.of(minute, "logs"))
        .containsExactly(
            new MinuteMetric("Requests", stream, NOON, 5),
            new MinuteMetric("LateLines", stream, NOON, 2),
            new MinuteMetric("AheadLines", stream, NOON, 1),
            new MinuteMetric("Requests", Map.of("Stream", "logs", "Country", "France"), NOON, 5));
  }

  @Test
  void minutesOfTwoWeeksAreTaken() {
    assertThat(MinuteMetric.isTaken(NOON, NOON)).isTrue();
    assertThat(MinuteMetric.isTaken(NOON.minus(MinuteMetric.MAX_AGE), NOON)).isTrue();
    assertThat(MinuteMetric.isTaken(NOON.minus(MinuteMetric.MAX_AGE).minusSeconds(1), NOON))
        .isFalse();
    assertThat(MinuteMetric.isTaken(NOON.plus(MinuteMetric.MAX_AHEAD).plusSeconds(1), NOON))
        .isFalse();
  }

  @Test
  void dimensionsArePrintableAscii() {
    assertThat(MinuteMetric.ascii("C\u00f4te d'Ivoire")).isEqualTo("C%C3%B4te d'Ivoire");
    assertThat(MinuteMetric.ascii(":a:\n")).isEqualTo("%3Aa:%0A");
    assertThat(MinuteMetric.ascii("  ")).isEqualTo("%20 ");
    assertThat(MinuteMetric.ascii("")).isEqualTo("unknown");
    assertThat(MinuteMetric.ascii("\u20ac".repeat(200)))
        .hasSize(255)
        .endsWith("%E2%82%AC%E2%82%AC%E2".substring(6));
  }
}
