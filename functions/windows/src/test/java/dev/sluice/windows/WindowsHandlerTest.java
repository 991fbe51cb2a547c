package dev.sluice.windows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.Settings;
import dev.sluice.local.lambda.DirectContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the function answers and stores for an event. */
class WindowsHandlerTest {
  private static final int FIVE_MINUTES = 300_000;
  private static final String WINDOW =
      "\"window\":{\"start\":\"2020-07-30T17:00:00Z\",\"end\":\"2020-07-30T17:05:00Z\"}";

  private final MemoryResults results = new MemoryResults();
  private final List<String> lines = new ArrayList<>();
  private final WindowsHandler handler = handler(Map.of("RESULT_TABLE", "results"));

  @Test
  void theAcceptanceEventHasItsAnswer() throws IOException {
    String event =
        event(
            record("INSERT", "111", "101")
                + ","
                + record("MODIFY", "222", "101")
                + ","
                + record("REMOVE", "333", "101"),
            "{\"1\":\"state1\"}",
            false,
            false);
    assertThat(answer(event))
        .isEqualTo("{\"state\":{\"1\":\"state1\",\"101\":3},\"batchItemFailures\":[]}");
    assertThat(results.kinds())
        .isEqualTo(Map.of(ChangeKind.INSERT, 1L, ChangeKind.MODIFY, 1L, ChangeKind.REMOVE, 1L));
    assertThat(results.ended()).isZero();
  }

  @Test
  void theLastInvocationStoresTheResultAndStillAnswersItsState() throws IOException {
    answer(event(record("INSERT", "1", "a"), "{}", false, false));
    String last = event("", "{\"a\":1,\"b\":41}", true, false);
    assertThat(answer(last)).isEqualTo("{\"state\":{\"a\":1,\"b\":41},\"batchItemFailures\":[]}");
    assertThat(answer(last)).contains("\"b\":41"); // once more, to the same effect
    assertThat(results.sums()).isEqualTo(Map.of("a", BigInteger.ONE, "b", BigInteger.valueOf(41)));
    JsonNode line = new ObjectMapper().readTree(lines.get(1));
    assertThat(line.get("windows_ended").asInt()).isEqualTo(1);
    assertThat(line.get("window_items").asInt()).isEqualTo(2);
    assertThat(line.get("window_changes_insert").asInt()).isEqualTo(1);
    assertThat(line.get("window").asText()).isEqualTo("2020-07-30T17:00:00Z/2020-07-30T17:05:00Z");
  }

  @Test
  void anEmptyLastInvocationWithoutAStateStoresAnEmptyResult() throws IOException {
    assertThat(answer(event("", "null", true, false)))
        .isEqualTo("{\"state\":{},\"batchItemFailures\":[]}");
    assertThat(results.ended()).isEqualTo(1);
    assertThat(results.sums()).isEmpty();
  }

  @Test
  void aBatchThatComesAgainWholeOrInHalvesIsCountedOnce() throws IOException {
    String one = record("INSERT", "9", "a");
    String two = record("MODIFY", "10", "a"); // later, though the text is smaller
    answer(event(one + "," + two, "{}", false, false));
    answer(event(one, "{}", false, false));
    assertThat(answer(event(two, "{\"a\":1}", false, false))).contains("\"a\":2");
    assertThat(results.kinds()).isEqualTo(Map.of(ChangeKind.INSERT, 1L, ChangeKind.MODIFY, 1L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"eventName\":\"INSERT\",\"dynamodb\":{\"SequenceNumber\":\"2\",\"Keys\":{}}}",
        "{\"eventName\":\"INSERT\",\"dynamodb\":{\"SequenceNumber\":\"2\",\"Keys\":{\"Id\":{}}}}",
        "{\"eventName\":\"INSERT\",\"dynamodb\":{\"SequenceNumber\":\"2\","
            + "\"Keys\":{\"Id\":{\"M\":{\"x\":1}}}}}",
        "{\"dynamodb\":{\"SequenceNumber\":\"2\",\"Keys\":{\"Name\":{\"S\":\"x\"}}}}",
      })
  void stopsAtARecordThatNamesNoItem(String poison) throws IOException {
    String event =
        event(
            record("INSERT", "1", "a") + "," + poison + "," + record("INSERT", "3", "a"),
            "{}",
            true,
            false);
    assertThat(answer(event))
        .isEqualTo("{\"state\":{\"a\":1},\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}");
    assertThat(results.ended()).isZero();
    assertThat(lines.get(0)).contains("\"level\":\"WARN\"").contains("\"records_failed\":1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "7", "{\"dynamodb\":{\"Keys\":{\"Id\":{\"N\":\"1\"}}}}"})
  void aRecordWithoutASequenceNumberFailsItsWholeBatch(String poison) throws IOException {
    assertThat(answer(event(poison, "{}", false, false)))
        .isEqualTo("{\"state\":{},\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}");
  }

  @Test
  void unknownEventNamesAreCountedAsOthers() throws IOException {
    answer(event(record("TRUNCATE", "1", "a"), "{}", false, false));
    assertThat(results.kinds()).isEqualTo(Map.of(ChangeKind.OTHER, 1L));
  }

  @Test
  void foreignValuesOfTheStateStayUntilTheirItemChanges() throws IOException {
    String state =
        "{\"a\":\"x\",\"b\":-1,\"c\":1.50,\"d\":{\"e\":null},\"f\":99999999999999999999}";
    String event =
        event(record("INSERT", "1", "a") + "," + record("INSERT", "2", "f"), state, false, false);
    assertThat(answer(event))
        .isEqualTo(
            "{\"state\":{\"a\":1,\"b\":-1,\"c\":1.50,\"d\":{\"e\":null},"
                + "\"f\":100000000000000000000},\"batchItemFailures\":[]}");
    assertThat(lines.get(0)).contains("\"foreign_state_values\":3");
  }

  @Test
  void stopsWhenTheTimeIsShort() throws IOException {
    var late = new int[] {FIVE_MINUTES + 200_000};
    var out = new ByteArrayOutputStream();
    String event =
        event(record("INSERT", "1", "a") + "," + record("INSERT", "2", "a"), "{}", false, false);
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(UTF_8)),
        out,
        new DirectContext("r", () -> late[0] -= 200_000)); // the first record takes that long
    assertThat(out.toString(UTF_8))
        .isEqualTo("{\"state\":{\"a\":1},\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"window\":{\"start\":1,\"end\":2}}", "no JSON", ""})
  void refusesWhatIsNoEventOfAWindow(String event) {
    assertThatThrownBy(() -> answer(event)).isInstanceOf(UnknownEventException.class);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains("\"level\":\"ERROR\"").contains("UnknownEventException");
  }

  @Test
  void aStateThatIsTooLargeIsStoredInPartsAndBeginsAnew() throws IOException {
    WindowsHandler small = handler(Map.of("RESULT_TABLE", "results", "MAX_STATE_BYTES", "1000"));
    String state = "{}";
    int sequence = 1;
    for (int i = 0; i < 200; i++) {
      String answer =
          answer(
              small,
              event(record("INSERT", "" + sequence++, "item-" + i % 100), state, false, false));
      JsonNode json = new ObjectMapper().readTree(answer);
      state = json.get("state").toString();
      assertThat(state.length()).isLessThan(1_100);
    }
    answer(small, event("", state, true, false));
    assertThat(results.sums()).hasSize(100).containsEntry("item-7", BigInteger.TWO);
    assertThat(lines).anyMatch(line -> line.contains("\"window_parts\":1"));
  }

  @Test
  void aWindowThatEndsEarlyIsStoredOnceAndGoesOn() throws IOException {
    String early =
        event(
            record("INSERT", "5", "a") + "," + record("INSERT", "6", "b"),
            "{\"a\":7}",
            false,
            true);
    assertThat(answer(early)).isEqualTo("{\"state\":{},\"batchItemFailures\":[]}");
    assertThat(answer(early)).isEqualTo("{\"state\":{},\"batchItemFailures\":[]}");
    answer(event(record("INSERT", "7", "a"), "{}", false, false));
    answer(event("", "{\"a\":1}", true, false));
    assertThat(results.ended()).isEqualTo(2);
    assertThat(results.sums()).isEqualTo(Map.of("a", BigInteger.valueOf(9), "b", BigInteger.ONE));
    assertThat(results.kinds()).isEqualTo(Map.of(ChangeKind.INSERT, 3L));
  }

  @Test
  void allProblemsOfTheSettingsAreReportedTogether() {
    var settings = new Settings(Map.of("MAX_STATE_BYTES", "2000000", "METRICS", "loud")::get);
    assertThatThrownBy(() -> WindowSettings.from(settings))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("RESULT_TABLE")
        .hasMessageContaining("MAX_STATE_BYTES")
        .hasMessageContaining("METRICS");
  }

  @Test
  void theTableOfKeysNamesWhatIsRead() {
    var asked = new ArrayList<String>();
    WindowSettings.from(
        new Settings(
            key -> {
              asked.add(key);
              return key.equals("RESULT_TABLE") ? "t" : null;
            }));
    assertThat(WindowSettings.keys().stream().map(key -> key.name()))
        .containsExactlyInAnyOrderElementsOf(asked);
  }

  private WindowsHandler handler(Map<String, String> settings) {
    return new WindowsHandler(
        WindowSettings.from(new Settings(settings::get)),
        results,
        "windows",
        lines::add,
        Clock.fixed(Instant.parse("2026-03-01T11:00:00Z"), ZoneOffset.UTC));
  }

  private String answer(String event) throws IOException {
    return answer(handler, event);
  }

  private static String answer(WindowsHandler handler, String event) throws IOException {
    var out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(UTF_8)),
        out,
        new DirectContext("r-1", () -> FIVE_MINUTES));
    return out.toString(UTF_8);
  }

  static String record(String eventName, String sequenceNumber, String item) {
    return "{\"eventName\":\"%s\",\"dynamodb\":{\"Keys\":{\"Id\":{\"S\":\"%s\"}},\"SequenceNumber\":\"%s\"}}"
        .formatted(eventName, item, sequenceNumber);
  }

  static String event(String records, String state, boolean last, boolean early) {
    return "{\"Records\":[%s],%s,\"state\":%s,\"shardId\":\"shard-1\",\"isFinalInvokeForWindow\":%s,\"isWindowTerminatedEarly\":%s}"
        .formatted(records, WINDOW, state, last, early);
  }
}
