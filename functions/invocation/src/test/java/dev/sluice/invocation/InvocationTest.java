package dev.sluice.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.enricher.RejectReason;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a function answers, logs, and when it stops. */
class InvocationTest {
  private static final Instant NOW = Instant.parse("2026-03-01T11:00:00Z");

  private final List<String> lines = new ArrayList<>();

  @Test
  void failuresAreWrittenInTheirOrderAsLambdaWantsThem() throws IOException {
    var failures = new BatchItemFailures();
    assertThat(failures.isEmpty()).isTrue();
    failures.add("7");
    failures.add("5\"");
    assertThat(failures.count()).isEqualTo(2);
    var text = new StringWriter();
    try (JsonGenerator response = new JsonFactory().createGenerator(text)) {
      response.writeStartObject();
      failures.writeTo(response);
      response.writeEndObject();
    }
    assertThat(text)
        .hasToString(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"7\"},{\"itemIdentifier\":\"5\\\"\"}]}");
  }

  @Test
  void aLongInvocationKeepsTheReserveAndAShortOneATenth() {
    var remaining = new AtomicInteger(300_000);
    var left = new TimeLeft(remaining::get, Duration.ofSeconds(10));
    remaining.set(10_001);
    assertThat(left.isShort()).isFalse();
    remaining.set(10_000);
    assertThat(left.isShort()).isTrue();
    remaining.set(3_000);
    left = new TimeLeft(remaining::get, Duration.ofSeconds(10));
    assertThat(left.isShort()).isFalse();
    remaining.set(300);
    assertThat(left.isShort()).isTrue();
    remaining.set(-5);
    assertThat(left.remaining()).isZero();
  }

  @Test
  void theLineHasWhatEveryLineHasAndItsNumbersAreMetrics() throws IOException {
    var log = new InvocationLog(lines::add, "windows", Optional.of("Sluice"));
    log.write(
        new InvocationLine(NOW, "r-1", "dynamodb")
            .text("window", "a")
            .count("window_items", 3)
            .bytes("state_bytes", 99)
            .value("geoip_database_age_days", 7)
            .reasons("rejected_by_reason", Map.of(RejectReason.BAD_HOST, 2L))
            .reasons("nothing_by_reason", Map.of())
            .ended(Duration.ofMillis(12), 5, 0));
    JsonNode line = new ObjectMapper().readTree(lines.get(0));
    assertThat(line.get("timestamp").asText()).isEqualTo("2026-03-01T11:00:00Z");
    assertThat(line.get("level").asText()).isEqualTo("INFO");
    assertThat(line.get("request_id").asText()).isEqualTo("r-1");
    assertThat(line.get("event_type").asText()).isEqualTo("dynamodb");
    assertThat(line.get("duration_ms").asLong()).isEqualTo(12);
    assertThat(line.get("records_processed").asLong()).isEqualTo(5);
    assertThat(line.get("records_failed").asLong()).isZero();
    assertThat(line.get("window").asText()).isEqualTo("a");
    assertThat(line.at("/rejected_by_reason/bad_host").asLong()).isEqualTo(2);
    assertThat(line.has("nothing_by_reason")).isFalse();
    JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
    assertThat(line.at("/_aws/Timestamp").asLong()).isEqualTo(NOW.toEpochMilli());
    assertThat(directive.get("Namespace").asText()).isEqualTo("Sluice");
    assertThat(directive.at("/Dimensions/0/0").asText()).isEqualTo("function");
    assertThat(line.get("function").asText()).isEqualTo("windows");
    directive
        .get("Metrics")
        .forEach(metric -> assertThat(line.get(metric.get("Name").asText()).isNumber()).isTrue());
    assertThat(units(directive))
        .isEqualTo(
            Map.of(
                "duration_ms", "Milliseconds",
                "records_processed", "Count",
                "records_failed", "Count",
                "window_items", "Count",
                "state_bytes", "Bytes",
                "geoip_database_age_days", "None"));
  }

  private static Map<String, String> units(JsonNode directive) {
    var units = new HashMap<String, String>();
    directive
        .get("Metrics")
        .forEach(metric -> units.put(metric.get("Name").asText(), metric.get("Unit").asText()));
    return units;
  }

  @Test
  void theFirstLineOfAnEnvironmentSaysSo() throws IOException {
    var log = new InvocationLog(lines::add, "windows", Optional.empty());
    log.write(new InvocationLine(NOW, "r-1", "dynamodb").failure(new IllegalStateException()));
    log.write(new InvocationLine(NOW, "r-2", "dynamodb"));
    assertThat(new ObjectMapper().readTree(lines.get(0)).get("cold_start").asBoolean()).isTrue();
    JsonNode second = new ObjectMapper().readTree(lines.get(1)).get("cold_start");
    assertThat(second.isBoolean()).isTrue();
    assertThat(second.asBoolean()).isFalse();
  }

  @Test
  void failedRecordsWarnAndFailuresAreErrorsWithoutTheirMessage() throws IOException {
    var log = new InvocationLog(lines::add, "windows", Optional.empty());
    log.write(new InvocationLine(NOW, "r-1", "dynamodb").ended(Duration.ZERO, 5, 1));
    log.write(
        new InvocationLine(NOW, "r-2", "dynamodb")
            .failure(new IllegalStateException("Martha Rivera")));
    assertThat(new ObjectMapper().readTree(lines.get(0)).get("level").asText()).isEqualTo("WARN");
    assertThat(lines.get(0)).doesNotContain("_aws");
    JsonNode failed = new ObjectMapper().readTree(lines.get(1));
    assertThat(failed.get("level").asText()).isEqualTo("ERROR");
    assertThat(failed.get("error").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(lines.get(1)).doesNotContain("Martha");
  }
}
