package dev.sluice.functions.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.RejectReason;
import dev.sluice.functions.fanout.BatchMode.Done;
import dev.sluice.functions.fanout.event.UnknownEventException;
import dev.sluice.functions.fanout.sending.NotSentException;
import dev.sluice.invocation.InvocationLog;
import dev.sluice.local.lambda.DirectContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the function answers and logs, whatever its mode. */
class FanOutHandlerTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T11:00:00Z"), ZoneOffset.UTC);
  private static final byte[] EVENT = TestBatch.event(TestBatch.ofText(1, "a", "b", "c"));

  private final List<String> lines = new ArrayList<>();

  private String answer(BatchMode mode, byte[] event) throws IOException {
    var handler =
        new FanOutHandler(
            mode,
            Duration.ofSeconds(10),
            new InvocationLog(lines::add, "my-function", Optional.of("Sluice")),
            CLOCK);
    var response = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event), response, new DirectContext("request-1", () -> 60_000));
    return response.toString(UTF_8);
  }

  private static Books books(long enriched, long warned, long dropped, long rejected) {
    return new Books(
        new OutcomeCounts(
            enriched - warned, warned, dropped, Map.of(RejectReason.TRUNCATED, rejected)));
  }

  @Test
  void whatIsNotDoneComesBackByItsLowestSequenceNumber() throws IOException {
    var books = books(4, 1, 2, 3);
    assertThat(answer((batch, time, line) -> Done.of(3, books), EVENT))
        .isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(answer((batch, time, line) -> Done.of(1, books), EVENT))
        .isEqualTo(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\""
                + TestBatch.sequenceNumber(2)
                + "\"}]}");
    assertThat(answer((batch, time, line) -> Done.of(0, Books.NONE), EVENT))
        .contains(TestBatch.sequenceNumber(1));
    assertThat(answer((batch, time, line) -> Done.of(0, books), "{\"Records\":[]}".getBytes(UTF_8)))
        .isEqualTo("{\"batchItemFailures\":[]}");
  }

  @Test
  void theLogLineKeepsTheBooksAndTellsTheTrouble() throws IOException {
    answer(
        (batch, time, line) -> {
          line.count("object_bytes", 77);
          return Done.troubled(
              2, books(4, 1, 2, 3), new NotSentException("PutObject", "503 SlowDown"));
        },
        EVENT);
    JsonNode line = new ObjectMapper().readTree(lines.get(0));
    assertThat(line.get("level").textValue()).isEqualTo("WARN");
    assertThat(line.get("request_id").textValue()).isEqualTo("request-1");
    assertThat(line.get("event_type").textValue()).isEqualTo("kinesis");
    assertThat(line.get("stream").textValue()).isEqualTo(TestBatch.STREAM);
    assertThat(line.get("shard").textValue()).isEqualTo(TestBatch.SHARD);
    assertThat(line.get("trouble").textValue()).isEqualTo("PutObject: 503 SlowDown");
    assertThat(line.get("records_processed").intValue()).isEqualTo(2);
    assertThat(line.get("records_failed").intValue()).isEqualTo(1);
    assertThat(line.get("lines_in").intValue()).isEqualTo(9);
    assertThat(line.get("lines_enriched").intValue()).isEqualTo(4);
    assertThat(line.get("lines_enriched_with_warnings").intValue()).isEqualTo(1);
    assertThat(line.get("lines_dropped").intValue()).isEqualTo(2);
    assertThat(line.get("lines_rejected").intValue()).isEqualTo(3);
    assertThat(line.at("/rejected_by_reason/truncated").intValue()).isEqualTo(3);
    assertThat(line.get("cold_start").booleanValue()).isTrue();
    assertThat(line.get("object_bytes").intValue()).isEqualTo(77);
    assertThat(line.get("_aws").get("CloudWatchMetrics").get(0).get("Metrics").size())
        .isLessThanOrEqualTo(100);
  }

  @Test
  void anEventOfSomebodyElseFailsTheInvocationAndIsNotLogged() {
    byte[] other = "{\"secret\":\"203.0.113.42\"}".getBytes(UTF_8);
    assertThatThrownBy(() -> answer((batch, time, line) -> Done.of(0, Books.NONE), other))
        .isInstanceOf(UnknownEventException.class)
        .hasMessageNotContaining("203.0");
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("UnknownEventException")
        .contains("\"level\":\"ERROR\"")
        .doesNotContain("203.0");
  }
}
