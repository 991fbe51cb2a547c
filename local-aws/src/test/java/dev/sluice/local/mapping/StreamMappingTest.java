package dev.sluice.local.mapping;

import static dev.sluice.local.mapping.RecordingFunction.answer;
import static dev.sluice.local.mapping.RecordingFunction.error;
import static dev.sluice.local.mapping.RecordingFunction.failing;
import static dev.sluice.local.mapping.RecordingFunction.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.local.kinesis.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches, retries, bisection and what is given up, over a stream of a test's making. */
class StreamMappingTest {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(11);
  private static final int STEPS_MAX = 10_000;

  private final ManualClock clock = new ManualClock();
  private final MemoryStream stream = new MemoryStream();
  private final RecordingFunction function = new RecordingFunction();
  private final List<String> destination = new ArrayList<>();
  private EventSourceMapping mapping;

  private static StreamMappingOptions trimHorizon() {
    return StreamMappingOptions.from(StartingPosition.TRIM_HORIZON);
  }

  private void map(StreamMappingOptions options) {
    mapping =
        new EventSourceMappings(clock, new Random(7))
            .of(stream, options, function, MappingListener.NONE);
  }

  /** Until nothing is left to do, however often something has to wait. */
  private void run() {
    int idle = 0;
    for (int i = 0; i < STEPS_MAX && idle < 3; i++) {
      idle = mapping.poll() ? 0 : idle + 1;
      clock.advance(LONGEST_PAUSE);
    }
    assertThat(idle).as("the mapping has come to rest").isEqualTo(3);
  }

  private Instant now() {
    return clock.instant();
  }

  private static boolean has(JsonNode event, String value) {
    return texts(event, "/value").contains(value);
  }

  private List<List<String>> batches() {
    return function.batches("/value");
  }

  @Test
  void batchesAreInOrderAndNoLargerThanTold() {
    stream.shard("s");
    stream.put("s", now(), "1", "2", "3", "4", "5");
    map(trimHorizon().withBatch(2, Duration.ZERO));
    run();
    assertThat(batches()).containsExactly(List.of("1", "2"), List.of("3", "4"), List.of("5"));
    assertThat(mapping.counts()).isEqualTo(new MappingCounts(5, 3, 0, 5, 0, 0, 0, 0, 0));
  }

  @Test
  void aBatchWaitsForItsWindowUnlessItIsFull() {
    stream.shard("s");
    stream.put("s", now(), "1");
    map(trimHorizon().withBatch(3, Duration.ofSeconds(60)));
    assertThat(mapping.poll()).isFalse();
    clock.advance(Duration.ofSeconds(59));
    stream.put("s", now(), "2");
    assertThat(mapping.poll()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(mapping.poll()).isTrue();
    stream.put("s", now(), "3", "4", "5", "6");
    assertThat(mapping.poll()).isTrue();
    assertThat(mapping.poll()).isFalse();
    assertThat(batches()).containsExactly(List.of("1", "2"), List.of("3", "4", "5"));
  }

  @Test
  void anEventStaysBelowTheLimitOfLambda() {
    stream.shard("s");
    String megabyte = "x".repeat(1 << 20);
    stream.put("s", now(), megabyte, megabyte, megabyte, megabyte, megabyte, megabyte, "last");
    map(trimHorizon());
    run();
    assertThat(batches()).extracting(List::size).containsExactly(5, 2);
  }

  @Test
  void latestBeginsWhenTheMappingIsMade() {
    stream.shard("s");
    stream.put("s", now(), "before");
    map(StreamMappingOptions.from(StartingPosition.LATEST));
    stream.put("s", now(), "after");
    run();
    assertThat(batches()).containsExactly(List.of("after"));
  }

  @Test
  void childrenWaitForTheirParents() {
    stream.shard("parent");
    stream.shard("child", "parent");
    stream.put("child", now(), "3");
    stream.put("parent", now(), "1");
    map(StreamMappingOptions.from(StartingPosition.TRIM_HORIZON));
    run();
    assertThat(batches()).containsExactly(List.of("1"));
    stream.put("parent", now(), "2");
    stream.close("parent");
    run();
    assertThat(batches()).containsExactly(List.of("1"), List.of("2"), List.of("3"));
    stream.shard("other", "forgotten");
    stream.put("other", now(), "4");
    run();
    assertThat(batches().get(3)).containsExactly("4");
  }

  @Test
  void aFailedBatchBlocksItsShardAloneUntilItSucceeds() {
    stream.shard("a");
    stream.shard("b");
    stream.put("a", now(), "poison", "a2");
    stream.put("b", now(), "b1", "b2");
    function.answers(event -> has(event, "poison") ? error() : answer("{}"));
    map(trimHorizon().withBatch(1, Duration.ZERO));
    for (int i = 0; i < 40; i++) {
      mapping.poll();
      clock.advance(LONGEST_PAUSE);
    }
    assertThat(batches()).contains(List.of("b1"), List.of("b2")).doesNotContain(List.of("a2"));
    function.answers(event -> answer("{}"));
    run();
    assertThat(batches()).endsWith(List.of("poison"), List.of("a2"));
    assertThat(mapping.counts().succeeded()).isEqualTo(4);
  }

  @Test
  void aRetryWaitsLongerEachTimeWithinBounds() {
    stream.shard("s");
    stream.put("s", now(), "poison");
    function.answers(event -> error());
    map(trimHorizon());
    assertThat(mapping.poll()).isTrue();
    assertThat(mapping.poll()).isFalse();
    clock.advance(Duration.ofMillis(49));
    assertThat(mapping.poll()).isFalse();
    clock.advance(Duration.ofMillis(51));
    assertThat(mapping.poll()).isTrue();
    for (int i = 0; i < 50; i++) {
      clock.advance(Duration.ofSeconds(10));
      assertThat(mapping.poll()).isTrue();
    }
    clock.advance(Duration.ofMillis(4_900));
    assertThat(mapping.poll()).isFalse();
  }

  @Test
  void bisectionFindsThePoisonAndCostsNoRetry() {
    stream.shard("s");
    String[] values = IntStream.range(0, 16).mapToObj(i -> "v" + i).toArray(String[]::new);
    stream.put("s", now(), values);
    function.answers(event -> has(event, "v11") ? error() : answer("{}"));
    map(
        trimHorizon()
            .withBisectBatchOnFunctionError(true)
            .withMaximumRetryAttempts(2)
            .withOnFailure(destination::add));
    run();
    List<List<String>> alone = batches().stream().filter(List.of("v11")::equals).toList();
    assertThat(alone).hasSize(3); // the first, and two retries
    assertThat(mapping.counts()).isEqualTo(new MappingCounts(16, 11, 7, 15, 33, 4, 1, 0, 0));
    assertThat(destination).singleElement().asString().contains("\"batchSize\":1");
  }

  @Test
  void whatIsGivenUpIsToldAsDocumented() throws Exception {
    stream.shard("shardId-1");
    stream.put("shardId-1", Instant.parse("2026-11-20T10:00:00Z"), "1", "2");
    function.answers(event -> error());
    map(trimHorizon().withMaximumRetryAttempts(1).withOnFailure(destination::add));
    run();
    JsonNode message = new ObjectMapper().readTree(destination.get(0));
    assertThat(message.at("/requestContext/requestId").asText()).hasSize(36);
    ((com.fasterxml.jackson.databind.node.ObjectNode) message.get("requestContext"))
        .remove("requestId");
    ((com.fasterxml.jackson.databind.node.ObjectNode) message).remove("timestamp");
    assertThat(message.toString())
        .isEqualTo(
            "{\"requestContext\":{\"functionArn\":\""
                + RecordingFunction.ARN
                + "\",\"condition\":\"RetryAttemptsExhausted\",\"approximateInvokeCount\":2},"
                + "\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"$LATEST\","
                + "\"functionError\":\"Unhandled\"},\"version\":\"1.0\",\"DDBStreamBatchInfo\":"
                + "{\"shardId\":\"shardId-1\",\"startSequenceNumber\":\"101\","
                + "\"endSequenceNumber\":\"102\","
                + "\"approximateArrivalOfFirstRecord\":\"2026-11-20T10:00:00Z\","
                + "\"approximateArrivalOfLastRecord\":\"2026-11-20T10:00:00Z\",\"batchSize\":2,"
                + "\"streamArn\":\""
                + MemoryStream.ARN
                + "\"}}");
  }

  @Test
  void theLowestReportedNumberIsWhereItGoesOn() {
    stream.shard("s");
    stream.put("s", now(), "1", "2", "3", "4");
    function.answers(event -> has(event, "1") ? failing(List.of("104", "103")) : answer("{}"));
    map(trimHorizon().withReportBatchItemFailures(true));
    run();
    assertThat(batches()).containsExactly(List.of("1", "2", "3", "4"), List.of("3", "4"));
    assertThat(mapping.counts()).isEqualTo(new MappingCounts(4, 2, 1, 4, 2, 0, 0, 0, 0));
  }

  @Test
  void aReportedRecordThatNeverSucceedsIsGivenUpWithWhatIsBehindIt() {
    stream.shard("s");
    stream.put("s", now(), "1", "2", "3");
    stream.recordsPerRead(3);
    function.answers(event -> has(event, "2") ? failing(List.of("102")) : answer("{}"));
    map(
        trimHorizon()
            .withReportBatchItemFailures(true)
            .withMaximumRetryAttempts(2)
            .withOnFailure(destination::add));
    run();
    assertThat(batches())
        .containsExactly(List.of("1", "2", "3"), List.of("2", "3"), List.of("2", "3"));
    assertThat(mapping.counts().succeeded()).isEqualTo(1);
    assertThat(mapping.counts().discarded()).isEqualTo(2);
    assertThat(destination)
        .singleElement()
        .asString()
        .contains("\"approximateInvokeCount\":3", "\"startSequenceNumber\":\"102\"")
        .doesNotContain("functionError");
  }

  @Test
  void withBisectionAReportedRecordIsGivenUpAlone() {
    stream.shard("s");
    stream.put("s", now(), "1", "2", "3", "4", "5", "6");
    function.answers(event -> has(event, "2") ? failing(List.of("102")) : answer("{}"));
    map(
        trimHorizon()
            .withReportBatchItemFailures(true)
            .withBisectBatchOnFunctionError(true)
            .withMaximumRetryAttempts(2)
            .withOnFailure(destination::add));
    run();
    assertThat(mapping.counts().succeeded()).isEqualTo(5);
    assertThat(mapping.counts().discarded()).isEqualTo(1);
    assertThat(destination).singleElement().asString().contains("\"batchSize\":1");
  }

  @Test
  void recordsThatAreTooOldAreGivenUpBeforeTheyAreTried() {
    stream.shard("s");
    stream.put("s", now().minusSeconds(61), "old", "older");
    stream.put("s", now(), "new");
    map(trimHorizon().withMaximumRecordAge(Duration.ofSeconds(60)).withOnFailure(destination::add));
    assertThat(mapping.poll()).isTrue();
    assertThat(mapping.poll()).isTrue();
    assertThat(batches()).containsExactly(List.of("new"));
    assertThat(destination)
        .singleElement()
        .asString()
        .contains("RecordAgeExceeded", "\"batchSize\":2", "\"approximateInvokeCount\":0")
        .doesNotContain("responseContext");
    assertThat(mapping.counts().discarded()).isEqualTo(2);
  }

  @Test
  void aDestinationThatIsAwayLosesNothing() {
    stream.shard("s");
    stream.put("s", now(), "poison");
    function.answers(event -> error());
    var away = new boolean[] {true};
    map(
        trimHorizon()
            .withMaximumRetryAttempts(0)
            .withOnFailure(
                json -> {
                  if (away[0]) {
                    throw new IllegalStateException("away");
                  }
                  destination.add(json);
                }));
    assertThatThrownBy(mapping::poll).hasMessage("away");
    away[0] = false;
    clock.advance(LONGEST_PAUSE);
    run();
    assertThat(destination).hasSize(1);
    assertThat(mapping.counts().discarded()).isEqualTo(1);
  }

  @Test
  void aFunctionThatCannotBeInvokedCostsNoRetry() {
    stream.shard("s");
    stream.put("s", now(), "1");
    function.answers(
        event -> {
          throw new IllegalStateException("throttled");
        });
    map(trimHorizon().withMaximumRetryAttempts(0));
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(mapping::poll).hasMessage("throttled");
      clock.advance(LONGEST_PAUSE);
    }
    function.answers(event -> answer("{}"));
    run();
    assertThat(mapping.counts().succeeded()).isEqualTo(1);
  }

  @Test
  void everyRecordIsDoneOrGivenUpWhateverTheFunctionDoes() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var shards = new MemoryStream();
      var books = new RecordingFunction();
      for (int i = 0; i < 3; i++) {
        shards.shard("s" + i);
        for (int j = random.nextInt(40); j > 0; j--) {
          shards.put("s" + i, now(), random.nextInt(12) == 0 ? "poison" : "v" + i + "-" + j);
        }
      }
      books.answers(
          event -> {
            if (random.nextInt(10) == 0) {
              return error();
            }
            List<String> values = texts(event, "/value");
            int poison = values.indexOf("poison");
            if (poison < 0) {
              return answer("{}");
            }
            return random.nextBoolean()
                ? error()
                : failing(List.of(texts(event, "/number").get(poison)));
          });
      mapping =
          new EventSourceMappings(clock, random)
              .of(
                  shards,
                  trimHorizon()
                      .withBatch(1 + random.nextInt(10), Duration.ZERO)
                      .withReportBatchItemFailures(random.nextBoolean())
                      .withBisectBatchOnFunctionError(random.nextBoolean())
                      .withMaximumRetryAttempts(random.nextInt(4)),
                  books,
                  MappingListener.NONE);
      run();
      MappingCounts counts = mapping.counts();
      assertThat(counts.succeeded() + counts.discarded())
          .as("seed %s", seed)
          .isEqualTo(counts.received());
    }
  }

  @Test
  void optionsHaveTheBoundsOfTheService() {
    assertThatThrownBy(() -> trimHorizon().withMaximumRetryAttempts(10_001))
        .hasMessageContaining("maximumRetryAttempts");
    assertThatThrownBy(() -> trimHorizon().withMaximumRecordAge(Duration.ofDays(8)))
        .hasMessageContaining("maximumRecordAge");
    assertThatThrownBy(
            () -> trimHorizon().withTumblingWindow(Duration.ofMinutes(16), Duration.ZERO))
        .hasMessageContaining("tumblingWindow");
    assertThatThrownBy(
            () -> trimHorizon().withTumblingWindow(Duration.ofMillis(1_500), Duration.ZERO))
        .hasMessageContaining("whole seconds");
    assertThatThrownBy(() -> new StartingPosition(StartingPosition.Type.AT_TIMESTAMP, null))
        .isInstanceOf(RuntimeException.class);
  }
}
