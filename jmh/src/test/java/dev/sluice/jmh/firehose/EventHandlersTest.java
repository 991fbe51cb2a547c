package dev.sluice.jmh.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.corpus.Lines;
import dev.sluice.jmh.pipeline.Implementation;
import dev.sluice.jmh.pipeline.Pipeline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The handlers that are measured against each other give the same answers to the same event. */
class EventHandlersTest {
  /** Of Lambda, for a request as for a response. */
  private static final int MAX_BYTES = 6 * 1024 * 1024;

  /** NAIVE takes about a millisecond for a record. */
  private static final int SMALL_BYTES = 200_000;

  /** What the blueprint writes of a line: it enriches nothing. */
  private static final List<String> LOGGED =
      List.of("host", "datetime", "request", "response", "bytes", "referer", "agent");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static Lines lines;

  @BeforeAll
  static void open() {
    lines = Corpus.REAL.lines();
  }

  @ParameterizedTest
  @EnumSource(names = {"OURS", "STREAMING", "DATABIND"})
  void answerTheLargeEventWithGoodsLines(HandlerKind kind) throws IOException {
    assertAnswers(kind, EventFile.LARGE_BYTES);
  }

  @ParameterizedTest
  @EnumSource
  void answerASmallEventWithGoodsLines(HandlerKind kind) throws IOException {
    assertAnswers(kind, SMALL_BYTES);
  }

  private static void assertAnswers(HandlerKind kind, int eventBytes) throws IOException {
    byte[] event = EventFile.event(lines, eventBytes);
    byte[] response = response(kind, event);
    List<String> expected = goodLines(EventFile.records(lines, eventBytes));

    assertThat(event.length).isBetween(eventBytes - 1_000, eventBytes);
    assertThat(response.length).isLessThan(MAX_BYTES);
    JsonNode records = JSON.readTree(response).get("records");
    assertIds(records, event);
    assertThat(data(records)).isEqualTo(expected);
  }

  @Test
  void nodeAnswersTheLargeEventWithWhatIsLogged() throws IOException {
    assumeTrue(NodeBlueprint.isInstalled(), "node is not installed");
    byte[] event = EventFile.event(lines, EventFile.LARGE_BYTES);
    String response = NodeBlueprint.answer(EventFile.of(Corpus.REAL, EventFile.LARGE_BYTES));

    JsonNode records = JSON.readTree(response).get("records");
    assertIds(records, event);
    List<String> expected = new ArrayList<>();
    for (String line : goodLines(records.size())) {
      expected.add(JSON.readValue(line, ObjectNode.class).retain(LOGGED).toString() + "\n");
    }
    assertThat(data(records)).isEqualTo(expected);
  }

  private static byte[] response(HandlerKind kind, byte[] event) throws IOException {
    var response = new ByteArrayOutputStream();
    try (EventHandler handler = kind.open(GeoDatabase.file())) {
      handler.handle(new ByteArrayInputStream(event), response);
      byte[] first = response.toByteArray();
      response.reset();
      handler.handle(new ByteArrayInputStream(event), response);
      assertThat(response.toByteArray()).as("the answer to the same event again").isEqualTo(first);
      return first;
    }
  }

  private static void assertIds(JsonNode answers, byte[] event) throws IOException {
    JsonNode asked = JSON.readTree(event).get("records");
    assertThat(answers.findValuesAsText("recordId")).isEqualTo(asked.findValuesAsText("recordId"));
    assertThat(answers.findValuesAsText("result")).containsOnly("Ok");
  }

  private static List<String> data(JsonNode answers) {
    return answers.findValuesAsText("data").stream()
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
        .toList();
  }

  /** What GOOD makes of the lines in the records, each ended by a line feed. */
  private static List<String> goodLines(int records) {
    try (Pipeline good = Implementation.GOOD.open(GeoDatabase.file())) {
      Pipeline.Worker worker = good.newWorker();
      var out = new OutputBuffer();
      var expected = new ArrayList<String>();
      for (int record = 0; record < records; record++) {
        int line = record % lines.count();
        out.clear();
        assertThat(worker.enrich(lines.bytes(), lines.from(line), lines.to(line), out)).isTrue();
        expected.add(out + "\n");
      }
      return expected;
    }
  }
}
