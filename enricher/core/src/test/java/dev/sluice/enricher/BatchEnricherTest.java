package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchEnricherTest {
  private static final String LINE =
      "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"GET /a HTTP/1.1\" 200 5";
  private static final String JSON =
      "{\"host\":\"203.0.113.42\",\"datetime\":\"28/Oct/2025:10:15:30 +0000\","
          + "\"request\":\"GET /a HTTP/1.1\",\"response\":\"200\",\"bytes\":\"5\",\"webpage\":\"a\"}";

  /** Writes down every call. */
  private static final class RecordingSink implements BatchEnricher.Sink {
    private final List<String> calls = new ArrayList<>();

    @Override
    public void enriched(int lineIndex, OutputBuffer json, Outcome outcome) {
      calls.add(lineIndex + " " + outcome.code() + " " + json);
    }

    @Override
    public void dropped(int lineIndex, Outcome.Dropped outcome) {
      calls.add(lineIndex + " " + outcome.code() + " " + outcome.rule());
    }

    @Override
    public void rejected(int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome) {
      String line = new String(buffer, from, to - from, StandardCharsets.UTF_8);
      calls.add(lineIndex + " " + outcome.reason() + " at " + outcome.offset() + " <" + line + ">");
    }
  }

  private static List<String> calls(String payload) {
    var sink = new RecordingSink();
    byte[] bytes = ("??" + payload + "??").getBytes(StandardCharsets.UTF_8);
    new BatchEnricher(Enrichers.withDefaults()).enrich(bytes, 2, bytes.length - 2, sink);
    return sink.calls;
  }

  @Test
  void givesEveryLineItsOutcomeInOrder() {
    assertThat(calls(LINE + "\nbroken\n" + LINE + " x\n" + LINE))
        .containsExactly(
            "0 ENRICHED " + JSON,
            "1 TRUNCATED at 6 <broken>",
            "2 ENRICHED_WITH_WARNINGS " + JSON,
            "3 ENRICHED " + JSON);
  }

  @Test
  void opensNoLineAfterAFinalLineFeed() {
    assertThat(calls(LINE + "\n")).containsExactly("0 ENRICHED " + JSON);
    assertThat(calls("\n")).containsExactly("0 EMPTY_LINE at 0 <>");
  }

  @Test
  void takesAnEmptyPayloadForOneEmptyLine() {
    assertThat(calls("")).containsExactly("0 EMPTY_LINE at 0 <>");
  }

  @Test
  void countsEmptyLinesInBetween() {
    assertThat(calls("\n\n" + LINE))
        .containsExactly("0 EMPTY_LINE at 0 <>", "1 EMPTY_LINE at 0 <>", "2 ENRICHED " + JSON);
  }

  @Test
  void takesACarriageReturnBeforeALineFeedForTheLineEnd() {
    assertThat(calls("broken\r\n" + LINE + "\r\n\r\n"))
        .containsExactly("0 TRUNCATED at 6 <broken>", "1 ENRICHED " + JSON, "2 EMPTY_LINE at 0 <>");
  }

  @ParameterizedTest
  @CsvSource({"1", "7", "100"})
  void loseNothingWhateverTheNumberOfLines(int count) {
    assertThat(calls((LINE + "\n").repeat(count))).hasSize(count);
  }
}
