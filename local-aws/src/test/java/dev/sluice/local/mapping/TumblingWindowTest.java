package dev.sluice.local.mapping;

import static dev.sluice.local.mapping.RecordingFunction.answer;
import static dev.sluice.local.mapping.RecordingFunction.error;
import static dev.sluice.local.mapping.RecordingFunction.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.local.kinesis.ManualClock;
import dev.sluice.local.lambda.LambdaAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Windows: whose records, whose state, when they end, and what happens when something fails. */
class TumblingWindowTest {
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(11);

  private final ManualClock clock = new ManualClock(); // at a full hour
  private final MemoryStream stream = new MemoryStream();
  private final RecordingFunction function = new RecordingFunction();
  private final Instant start = clock.instant();

  private EventSourceMapping map(StreamMappingOptions options) {
    return new EventSourceMappings(clock, new Random(7))
        .of(stream, options.withTumblingWindow(WINDOW, IDLE), function, MappingListener.NONE);
  }

  private static StreamMappingOptions options() {
    return StreamMappingOptions.from(StartingPosition.TRIM_HORIZON)
        .withReportBatchItemFailures(true);
  }

  /** Counts records into the state. */
  private static LambdaAnswer count(JsonNode event) {
    long before = event.path("state").path("n").asLong(0);
    return answer("{\"state\":{\"n\":" + (before + event.path("Records").size()) + "}}");
  }

  private static void drain(EventSourceMapping mapping) {
    while (mapping.poll()) {}
  }

  @Test
  void theEventHasWhatTheDocumentationSays() {
    stream.shard("shardId-1");
    stream.put("shardId-1", start.plusSeconds(3), "a");
    function.answers(TumblingWindowTest::count);
    EventSourceMapping mapping = map(options());
    assertThat(mapping.poll()).isTrue();
    JsonNode event = function.lastEvent();
    var members = new ArrayList<String>();
    event.fieldNames().forEachRemaining(members::add);
    assertThat(members)
        .containsExactly(
            "Records",
            "window",
            "state",
            "shardId",
            "eventSourceARN",
            "isFinalInvokeForWindow",
            "isWindowTerminatedEarly");
    assertThat(event.path("window").toString())
        .isEqualTo("{\"start\":\"2026-11-20T10:00:00Z\",\"end\":\"2026-11-20T10:01:00Z\"}");
    assertThat(event.path("state").toString()).isEqualTo("{}");
    assertThat(event.path("shardId").textValue()).isEqualTo("shardId-1");
    assertThat(event.path("eventSourceARN").textValue()).isEqualTo(MemoryStream.ARN);
    assertThat(event.path("isFinalInvokeForWindow").booleanValue()).isFalse();
    assertThat(event.path("isWindowTerminatedEarly").booleanValue()).isFalse();
  }

  @Test
  void stateGoesOnInsideAWindowAndANewRecordEndsIt() {
    stream.shard("s");
    stream.put("s", start.plusSeconds(1), "a", "b", "c");
    stream.put("s", start.plusSeconds(60), "d");
    function.answers(TumblingWindowTest::count);
    EventSourceMapping mapping = map(options().withBatch(2, Duration.ZERO));
    drain(mapping);
    assertThat(function.batches("/value"))
        .containsExactly(List.of("a", "b"), List.of("c"), List.of(), List.of("d"));
    assertThat(function.events())
        .extracting(event -> event.path("state").toString())
        .containsExactly("{}", "{\"n\":2}", "{\"n\":3}", "{}");
    assertThat(function.events())
        .extracting(event -> event.path("isFinalInvokeForWindow").asBoolean())
        .containsExactly(false, false, true, false);
    assertThat(mapping.counts().windowsEnded()).isEqualTo(1);
  }

  @Test
  void aQuietWindowEndsByTheClock() {
    stream.shard("s");
    stream.put("s", start.plusSeconds(1), "a");
    function.answers(TumblingWindowTest::count);
    EventSourceMapping mapping = map(options());
    drain(mapping);
    clock.advance(Duration.ofSeconds(64));
    drain(mapping);
    assertThat(mapping.counts().windowsEnded()).isZero();
    stream.put("s", start.plusSeconds(59), "late");
    drain(mapping);
    clock.advance(Duration.ofSeconds(4));
    drain(mapping);
    assertThat(mapping.counts().windowsEnded()).isZero(); // it is quiet for 4 s only
    clock.advance(Duration.ofSeconds(1));
    drain(mapping);
    assertThat(mapping.counts().windowsEnded()).isEqualTo(1);
    assertThat(function.lastEvent().path("state").toString()).isEqualTo("{\"n\":2}");
  }

  @Test
  void aRecordBehindItsWindowBelongsToTheNextOne() {
    stream.shard("s");
    stream.put("s", start.plusSeconds(1), "a");
    stream.put("s", start.plusSeconds(61), "b");
    stream.put("s", start.plusSeconds(59), "late");
    stream.put("s", start.plusSeconds(121), "c");
    function.answers(TumblingWindowTest::count);
    EventSourceMapping mapping = map(options());
    drain(mapping);
    assertThat(function.batches("/value"))
        .containsExactly(List.of("a"), List.of(), List.of("b", "late"), List.of(), List.of("c"));
    assertThat(function.events().get(2).at("/window/start").asText())
        .isEqualTo("2026-11-20T10:01:00Z");
    clock.advance(Duration.ofMinutes(10));
    drain(mapping);
    stream.put("s", start.plusSeconds(2), "very late");
    drain(mapping);
    assertThat(function.lastEvent().at("/window/start").asText()).isEqualTo("2026-11-20T10:03:00Z");
  }

  @Test
  void theEndOfAShardEndsItsWindowAndChildrenBeginAnew() {
    stream.shard("parent");
    stream.shard("child", "parent");
    stream.put("parent", start.plusSeconds(1), "a");
    stream.put("child", start.plusSeconds(2), "b");
    stream.close("parent");
    function.answers(TumblingWindowTest::count);
    EventSourceMapping mapping = map(options());
    drain(mapping);
    assertThat(function.events())
        .extracting(
            event -> event.path("shardId").asText() + " " + event.path("isFinalInvokeForWindow"))
        .containsExactly("parent false", "parent true", "child false");
    assertThat(function.lastEvent().path("state").toString()).isEqualTo("{}");
  }

  @Test
  void anAnswerWithoutStateIsAFailureAndTheStateStays() {
    stream.shard("s");
    stream.put("s", start.plusSeconds(1), "a");
    function.answers(event -> answer("{}"));
    EventSourceMapping mapping = map(options());
    assertThat(mapping.poll()).isTrue();
    assertThat(mapping.counts().failures()).isEqualTo(1);
    clock.advance(LONGEST_PAUSE);
    function.answers(TumblingWindowTest::count);
    drain(mapping);
    assertThat(mapping.counts().succeeded()).isEqualTo(1);
  }

  @Test
  void aPartOfABatchHandsItsStateOn() {
    stream.shard("s");
    stream.put("s", start.plusSeconds(1), "a", "b", "c");
    function.answers(
        event ->
            event.path("Records").size() == 3
                ? answer(
                    "{\"state\":{\"n\":1},\"batchItemFailures\":[{\"itemIdentifier\":\"102\"}]}")
                : count(event));
    EventSourceMapping mapping = map(options());
    mapping.poll();
    clock.advance(LONGEST_PAUSE);
    drain(mapping);
    assertThat(function.lastEvent().path("state").toString()).isEqualTo("{\"n\":1}");
    assertThat(texts(function.lastEvent(), "/value")).containsExactly("b", "c");
  }

  @Test
  void aStateAboveOneMegabyteEndsTheWindowEarlyAndItGoesOn() {
    stream.shard("s");
    stream.put("s", start.plusSeconds(1), "a", "b");
    String large = "x".repeat(ShardWindows.STATE_BYTES_MAX);
    function.answers(
        event ->
            texts(event, "/value").contains("a")
                ? answer("{\"state\":{\"large\":\"" + large + "\"}}")
                : count(event));
    EventSourceMapping mapping = map(options().withBatch(1, Duration.ZERO));
    drain(mapping);
    assertThat(function.events())
        .extracting(event -> event.path("isWindowTerminatedEarly").asBoolean())
        .containsExactly(false, true, false);
    JsonNode early = function.events().get(1);
    assertThat(early.path("Records")).isEmpty();
    assertThat(early.path("isFinalInvokeForWindow").asBoolean()).isFalse();
    assertThat(early.at("/state/large").textValue()).isEqualTo(large);
    assertThat(function.events().get(2).path("state").toString()).isEqualTo("{}");
    assertThat(mapping.counts().windowsTerminatedEarly()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(2));
    drain(mapping);
    assertThat(mapping.counts().windowsEnded()).isEqualTo(1);
  }

  @Test
  void theSumOfTheFinalsIsTheNumberOfRecordsWhateverFails() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var shards = new MemoryStream();
      var finals = new long[1];
      int records = 0;
      shards.shard("a");
      shards.shard("b");
      for (int i = 0; i < 60; i++) {
        shards.put(i % 2 == 0 ? "a" : "b", start.plusSeconds(i * 5L), "v" + i);
        records++;
      }
      function.answers(
          event -> {
            if (random.nextInt(10) == 0) {
              return error(); // the state that comes again is the one before
            }
            if (event.path("isFinalInvokeForWindow").asBoolean()) {
              finals[0] += event.path("state").path("n").asLong();
            }
            return count(event);
          });
      EventSourceMapping mapping =
          new EventSourceMappings(clock, random)
              .of(
                  shards,
                  options()
                      .withBatch(1 + random.nextInt(20), Duration.ZERO)
                      .withBisectBatchOnFunctionError(random.nextBoolean())
                      .withTumblingWindow(WINDOW, IDLE),
                  function,
                  MappingListener.NONE);
      for (int i = 0; i < 200; i++) {
        mapping.poll();
        clock.advance(LONGEST_PAUSE);
      }
      assertThat(finals[0]).as("seed %s", seed).isEqualTo(records);
    }
  }
}
