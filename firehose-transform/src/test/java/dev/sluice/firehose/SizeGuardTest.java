package dev.sluice.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.firehose.deadletter.DeadLetters;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.overflow.Overflow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeGuardTest {
  private static final int LIMIT = 6_291_456;
  private static final String TINY = "192.0.2.1 - - [28/Oct/2025:10:15:30 +0000] \"-\" 408 -";

  /** Takes every record but each n-th. */
  private static final class Recording implements Overflow {
    final List<Integer> asked = new ArrayList<>();
    private final int refuseEach;

    Recording(int refuseEach) {
      this.refuseEach = refuseEach;
    }

    @Override
    public boolean accepts(FirehoseEvent event) {
      return true;
    }

    @Override
    public BitSet take(FirehoseEvent event, int from, int to, IntSupplier remainingMillis) {
      var taken = new BitSet();
      for (int record = from; record < to; record++) {
        asked.add(record);
        taken.set(record, asked.size() % refuseEach != 0);
      }
      return taken;
    }
  }

  private static EventText tinyRecords() {
    var event = new EventText();
    for (int i = 0; i < 33_000; i++) {
      event.line(i % 3 == 0 ? "x" : TINY.substring(0, 40));
    }
    return event;
  }

  /** Records until the event is just legal. */
  private static EventText justBelowTheLimit(List<byte[]> lines) {
    var event = new EventText();
    long bytes = event.json().length();
    int overhead = new EventText().data("\"\"").json().length() + 1 - event.json().length();
    for (int i = 0; ; i++) {
      byte[] line = lines.get(i % lines.size());
      bytes += (line.length + 2) / 3 * 4 + overhead;
      if (bytes > LIMIT) {
        assertThat(event.json().length()).isBetween(LIMIT - 20_000, LIMIT);
        return event;
      }
      event.bytes(line);
    }
  }

  @Test
  void thirtyThreeThousandTinyRecordsGetALegalResponse() throws IOException {
    EventText event = tinyRecords();
    assertThat(event.json().length()).isBetween(5_500_000, LIMIT);
    try (Function function = Function.with()) {
      byte[] response = function.bytes(event.json());
      assertThat(response.length).isLessThanOrEqualTo(LIMIT);
      Answers answers = Answers.of(response, 33_000);
      assertThat(answers.count("ProcessingFailed")).isEqualTo(33_000); // all of them are broken
    }
  }

  @Test
  void tinyLinesWhoseOutputIsManyTimesLargerOverflow() throws IOException {
    var event = new EventText();
    for (int i = 0; i < 30_000; i++) {
      event.line(TINY);
    }
    assertThat(event.json().length()).isBetween(5_500_000, LIMIT);
    var overflow = new Recording(Integer.MAX_VALUE);
    try (Function function = Function.with(overflow, DeadLetters.NONE)) {
      byte[] response = function.bytes(event.json());
      assertThat(response.length).isBetween(LIMIT - 1_000, LIMIT);
      Answers answers = Answers.of(response, 30_000);
      assertThat(answers.count("ProcessingFailed")).isZero();
      assertThat(answers.count("Dropped")).isEqualTo(overflow.asked.size());
    }
  }

  @Test
  void whatFindsNoRoomIsTakenByTheOverflow() throws IOException {
    EventText event = justBelowTheLimit(Lines.seeded(1, 500));
    var overflow = new Recording(Integer.MAX_VALUE);
    try (Function function = Function.with(overflow, DeadLetters.NONE)) {
      byte[] response = function.bytes(event.json());
      // Room is used up: no usual record would have fitted in addition.
      assertThat(response.length).isBetween(LIMIT - 6_000, LIMIT);
      Answers answers = Answers.of(response, event.records());
      assertThat(answers.count("Dropped")).isEqualTo(overflow.asked.size());
      assertThat(overflow.asked.get(0)).isGreaterThan(event.records() / 3);
      assertThat(overflow.asked).last().isEqualTo(event.records() - 1);
      assertThat(function.logged().get("records_reingested").asInt())
          .isEqualTo(overflow.asked.size());
      assertBalanced(function.logged());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void whatTheOverflowRefusesFailsAndTheResponseStaysLegal(int refuseEach) throws IOException {
    EventText event = justBelowTheLimit(Lines.seeded(2, 500));
    var overflow = new Recording(refuseEach);
    try (Function function = Function.with(overflow, DeadLetters.NONE)) {
      byte[] response = function.bytes(event.json());
      assertThat(response.length).isLessThanOrEqualTo(LIMIT);
      Answers answers = Answers.of(response, event.records());
      for (int i = 0; i < overflow.asked.size(); i++) {
        boolean taken = (i + 1) % refuseEach != 0;
        assertThat(answers.result(overflow.asked.get(i)))
            .isEqualTo(taken ? "Dropped" : "ProcessingFailed");
      }
      assertFailuresCarryTheirData(event, answers);
      assertBalanced(function.logged());
    }
  }

  @Test
  void withoutOverflowTheRestFails() throws IOException {
    EventText event = justBelowTheLimit(Lines.seeded(3, 500));
    try (Function function = Function.with()) {
      byte[] response = function.bytes(event.json());
      assertThat(response.length).isLessThanOrEqualTo(LIMIT);
      Answers answers = Answers.of(response, event.records());
      assertThat(answers.count("Ok")).isPositive();
      assertThat(function.logged().at("/failed_by_reason/no_room").asInt()).isPositive();
      assertFailuresCarryTheirData(event, answers);
      assertBalanced(function.logged());
    }
  }

  @Test
  void anOutputTooLargeForAnyResponseFailsAtOnce() throws IOException {
    String lines = (Lines.GOOD + "\n").repeat(12_000);
    var overflow = new Recording(Integer.MAX_VALUE);
    try (Function function = Function.with(overflow, DeadLetters.NONE)) {
      Answers answers =
          function.call(
              new EventText()
                  .line(Lines.GOOD)
                  .bytes(FirehoseTransformTest.gzip(lines.getBytes(UTF_8)))
                  .line(Lines.GOOD));
      assertThat(answers.results()).containsExactly("Ok", "ProcessingFailed", "Ok");
      assertThat(overflow.asked).isEmpty();
      assertThat(function.logged().at("/failed_by_reason/output_too_large").asInt()).isOne();
    }
  }

  @Test
  void aRecordOfFiveMegabytesHasAResultOfItsOwn() throws IOException {
    String lines = (Lines.GOOD + "\n").repeat(19_000);
    for (String text : List.of(lines, "x".repeat(lines.length()), "\n".repeat(lines.length()))) {
      try (Function function = Function.with()) {
        Answers answers = function.call(new EventText().line(text));
        assertThat(answers.results()).containsExactly("ProcessingFailed");
        assertThat(answers.data(0)).isEqualTo(text);
      }
    }
  }

  @Test
  void everyLimitIsKeptExactly() throws IOException {
    var event = new EventText();
    Lines.seeded(5, 12).forEach(event::bytes);
    String json = event.json();
    try (Function ample = Function.with()) {
      int full = ample.bytes(json).length;
      for (int limit = json.length(); limit <= full; limit += 61) {
        for (int refuseEach : new int[] {1, 2, Integer.MAX_VALUE}) {
          var overflow = new Recording(refuseEach);
          try (Function function =
              Function.with(
                  overflow,
                  DeadLetters.NONE,
                  "MAX_RESPONSE_BYTES",
                  Integer.toString(limit),
                  "USER_AGENT_CACHE_ENTRIES",
                  "100")) {
            byte[] response = function.bytes(json);
            assertThat(response.length).isLessThanOrEqualTo(limit);
            Answers.of(response, 12);
            assertThat(overflow.asked).doesNotContain(0);
          }
        }
      }
      try (Function function = Function.with("MAX_RESPONSE_BYTES", Integer.toString(full))) {
        assertThat(function.bytes(json)).isEqualTo(ample.bytes(json));
      }
    }
  }

  /** With a dead-letter queue answers stay open to the end, so nothing is written out before. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, Integer.MAX_VALUE})
  void aResponseWrittenInPiecesIsTheOneWrittenAtOnce(int refuseEach) throws IOException {
    var event = new EventText();
    for (int i = 0; i < 900; i++) {
      event.line(i % 7 == 6 ? "no line" : Lines.GOOD.replace("1234", Integer.toString(i * i)));
    }
    String json = event.json();
    for (int limit = json.length(); limit < json.length() * 2; limit += 20_011) {
      String most = Integer.toString(limit);
      var takes = new Recording(refuseEach);
      var takesToo = new Recording(refuseEach);
      var takesAsWell = new Recording(refuseEach);
      try (Function pieces = Function.with(takes, DeadLetters.NONE, "MAX_RESPONSE_BYTES", most);
          Function larger =
              Function.with(takesAsWell, DeadLetters.NONE, "MAX_RESPONSE_BYTES", most);
          Function whole =
              Function.with(
                  takesToo,
                  DeadLetters.NONE,
                  "MAX_RESPONSE_BYTES",
                  most,
                  "REJECTS",
                  "dead-letter",
                  "DEAD_LETTER_QUEUE_URL",
                  "https://sqs.eu-west-1.amazonaws.com/123456789012/dead")) {
        byte[] expected = whole.bytes(json);
        assertThat(pieces.bytes(json)).isEqualTo(expected).hasSizeLessThan(limit + 1);
        assertThat(larger.bytesThroughAnyStream(json)).isEqualTo(expected);
        assertThat(takes.asked).isEqualTo(takesToo.asked).isEqualTo(takesAsWell.asked);
      }
    }
  }

  @Test
  void recordsThatComeAgainAreFewerEachTime() throws IOException {
    var event = new EventText();
    List<byte[]> waiting = Lines.seeded(6, 30);
    waiting.forEach(event::bytes);
    int delivered = 0;
    int rounds = 0;
    var overflow = new Recording(Integer.MAX_VALUE);
    try (Function function =
        Function.with(overflow, DeadLetters.NONE, "MAX_RESPONSE_BYTES", "9000")) {
      while (!waiting.isEmpty()) {
        rounds++;
        overflow.asked.clear();
        var batch = new EventText();
        waiting.forEach(batch::bytes);
        function.call(batch);
        delivered += waiting.size() - overflow.asked.size();
        waiting = overflow.asked.stream().map(waiting::get).toList();
      }
    }
    assertThat(delivered).isEqualTo(30);
    assertThat(rounds).isBetween(2, 30);
  }

  @Test
  void stopsWhenTheTimeRunsShort() throws IOException {
    EventText event = justBelowTheLimit(Lines.seeded(7, 500));
    var overflow = new Recording(Integer.MAX_VALUE);
    var looks = new int[1];
    try (Function function = Function.with(overflow, DeadLetters.NONE)) {
      byte[] response = function.bytes(event.json(), () -> looks[0]++ < 5 ? 60_000 : 9_999);
      Answers answers = Answers.of(response, event.records());
      assertThat(function.logged().get("stopped_early").asInt()).isOne();
      assertThat(overflow.asked.get(0)).isBetween(100, event.records() / 4);
      assertThat(answers.count("Dropped")).isEqualTo(overflow.asked.size());
    }
  }

  @Test
  void aShortTimeoutLeavesHalfOfItForRecords() throws IOException {
    try (Function function = Function.with()) {
      var event = new EventText();
      Lines.seeded(7, 500).forEach(event::bytes);
      function.bytes(event.json(), () -> 3_000);
      assertThat(function.logged().get("stopped_early").asInt()).isZero();
    }
  }

  private static void assertFailuresCarryTheirData(EventText event, Answers answers)
      throws IOException {
    JsonNode records = new ObjectMapper().readTree(event.json()).get("records");
    for (int i = 0; i < answers.size(); i++) {
      if (answers.result(i).equals("ProcessingFailed")) {
        assertThat(answers.rawData(i)).isEqualTo(records.get(i).get("data").asText());
      }
    }
  }

  private static void assertBalanced(JsonNode log) {
    assertThat(number(log, "records_ok") + number(log, "records_dropped"))
        .isEqualTo(
            number(log, "records_processed")
                - number(log, "records_failed")
                - number(log, "records_reingested"));
    assertThat(log.get("records_failed_without_data").asInt()).isZero();
  }

  private static int number(JsonNode log, String name) {
    return log.get(name).asInt();
  }
}
