package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.recording.MetricValue;
import dev.sluice.local.recording.SnsMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever is off with alerts or metrics is found. */
class MinuteProofsTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
  private static final int REQUESTS = 60;

  /** Minute 2 of 8 fails by a third. */
  private final MinuteProofs proofs = new MinuteProofs(new MinuteTruth(log()));

  private static LinesById log() {
    var lines = new LinesById();
    for (int minute = 0; minute < 8; minute++) {
      for (int i = 0; i < REQUESTS; i++) {
        byte[] json =
            String.format(
                    Locale.ROOT,
                    "{\"epoch_millis\":%d,\"status_class\":\"%s\",\"event_id\":\"%d:%d\"}",
                    at(minute).plusSeconds(i).toEpochMilli(),
                    minute == 2 && i < 20 ? "5xx" : "2xx",
                    minute,
                    i)
                .getBytes(StandardCharsets.UTF_8);
        lines.add(json, json.length);
      }
    }
    return lines;
  }

  private static Instant at(int minute) {
    return START.plusSeconds(60L * minute);
  }

  private static SnsMessage message(String kind, int minute, String text) {
    String id = "errors-" + kind + '-' + at(minute).getEpochSecond();
    return new SnsMessage("1", "arn", kind + " errors", text, Map.of("alert_id", id), START);
  }

  @Test
  void aBurstThatWasToldAndClearedHolds() {
    Proof proof =
        proofs.alerts(
            List.of(
                message("RAISED", 2, "all: 33.33 %, 60 requests, 20 errors, 0 flagged"),
                message("CLEARED", 5, "all: calm")));
    assertThat(proof.discrepancies()).isEmpty();
    assertThat(proof.text()).contains("RAISED errors, then CLEARED errors");
  }

  @Test
  void aMissingRepeatedOrWrongMessageIsFound() {
    SnsMessage raised = message("RAISED", 2, "60 requests, 20 errors");
    SnsMessage cleared = message("CLEARED", 5, "calm");
    assertThat(proofs.alerts(List.of()).holds()).isFalse();
    assertThat(proofs.alerts(List.of(raised)).holds()).isFalse();
    assertThat(proofs.alerts(List.of(raised, cleared, cleared)).holds()).isFalse();
    assertThat(proofs.alerts(List.of(message("RAISED", 3, raised.message()), cleared)).holds())
        .isFalse();
    assertThat(
            proofs
                .alerts(List.of(message("RAISED", 2, "60 requests, 19 errors"), cleared))
                .discrepancies())
        .containsExactly("the first message does not say 60 requests, 20 errors");
  }

  private static MetricValue value(String name, Map<String, String> dimensions, double sum) {
    return new MetricValue(
        PipelineSettings.NAMESPACE, name, dimensions, 1, sum, sum, sum, "Count", START);
  }

  private static List<MetricValue> values(double all, double good, double bad) {
    return List.of(
        value("Requests", Map.of("Stream", "s"), all),
        value("Requests", Map.of("Stream", "s", "StatusClass", "2xx"), good),
        value("Requests", Map.of("Stream", "s", "StatusClass", "5xx"), bad),
        value("Requests", Map.of("Stream", "s", "Country", "France"), 7));
  }

  @Test
  void sumsByClassOfStatusHoldWhereTheyAreThoseOfTheLog() {
    Proof proof = proofs.metrics(values(480, 460, 20));
    assertThat(proof.discrepancies()).isEmpty();
    assertThat(proof.text()).isEqualTo("metrics: 480 requests in CloudWatch = 460 2xx + 20 5xx");
    assertThat(proofs.metrics(values(479, 460, 20)).holds()).isFalse();
    assertThat(proofs.metrics(values(480, 459, 21)).holds()).isFalse();
    var late = new ArrayList<>(values(480, 460, 20));
    late.add(value("LateLines", Map.of("Stream", "s"), 1));
    assertThat(proofs.metrics(late).discrepancies()).containsExactly("1 lines came out of time");
  }
}
