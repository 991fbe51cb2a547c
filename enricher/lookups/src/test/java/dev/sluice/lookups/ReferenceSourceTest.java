package dev.sluice.lookups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.enricher.steps.RejectMask;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class ReferenceSourceTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String FOUND_A =
      "200 {\"Responses\":{\"hosts\":[{\"id\":{\"S\":\"a\"},\"tier\":{\"S\":\"gold\"}}]},"
          + "\"UnprocessedKeys\":%s}";
  private static final String B_UNPROCESSED = "{\"hosts\":{\"Keys\":[{\"id\":{\"S\":\"b\"}}]}}";
  private static final String ALL_UNPROCESSED =
      "200 {\"Responses\":{},\"UnprocessedKeys\":{\"hosts\":{\"Keys\":"
          + "[{\"id\":{\"S\":\"a\"}},{\"id\":{\"S\":\"b\"}}]}}}";
  private static final String THROTTLED =
      "400 {\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\","
          + "\"message\":\"slow down\"}";

  /** Every wait is as long as it can be. */
  private static final RandomGenerator LONGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  private final ManualTicker ticker = new ManualTicker();
  private final List<Duration> pauses = new ArrayList<>();
  private final Map<String, String> answers = new TreeMap<>();
  private RecordingTable table;
  private ReferenceSource source;

  @BeforeEach
  void start() throws IOException {
    table = RecordingTable.start();
    DynamoDbClient client =
        DynamoDbClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(table.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
    var settings =
        new ReferenceSettings(
            "hosts",
            "id",
            KeyField.of("host").orElseThrow(),
            List.of("tier"),
            new CacheSettings(1, LONG, LONG));
    source =
        new ReferenceSource(
            client,
            settings,
            RejectMask.none(),
            pause -> {
              pauses.add(pause);
              ticker.advance(pause);
            },
            LONGEST);
  }

  @AfterEach
  void stop() {
    table.close();
    source.close();
  }

  private void ask(Duration deadline, String... keys) throws SourceFailedException {
    source.ask(
        List.of(keys),
        Deadline.in(deadline, Ticker.systemTicker()),
        (key, answer) -> answers.put(key, answer.state() + new String(answer.json(), UTF_8)));
  }

  @Test
  void findsItemsAndKnowsWhatIsNotThere() throws SourceFailedException {
    table.answers.add(FOUND_A.formatted("{}"));
    ask(LONG, "a", "b");
    assertThat(answers).containsExactly(Map.entry("a", "FOUND{\"tier\":\"gold\"}"), absent("b"));
    assertThat(table.requests.get(0))
        .contains("\"ProjectionExpression\":\"#a0,#a1\"", "\"tier\"", "\"id\"", "\"hosts\"");
    assertThat(pauses).isEmpty();
  }

  private static Map.Entry<String, String> absent(String key) {
    return Map.entry(key, "ABSENT");
  }

  @Test
  void asksAgainForWhatStaysUnprocessedAndForNothingElse() throws SourceFailedException {
    table.answers.add(FOUND_A.formatted(B_UNPROCESSED));
    table.answers.add("200 {\"Responses\":{\"hosts\":[]},\"UnprocessedKeys\":{}}");
    ask(LONG, "a", "b");
    assertThat(answers).containsExactly(Map.entry("a", "FOUND{\"tier\":\"gold\"}"), absent("b"));
    assertThat(table.requests).hasSize(2);
    assertThat(table.requests.get(1)).contains("\"b\"").doesNotContain("\"a\"");
    assertThat(pauses).hasSize(1);
  }

  @Test
  void throttlingAndFaultsAreTriedAgainAfterGrowingWaits() throws SourceFailedException {
    table.answers.add(THROTTLED);
    table.answers.add("500 {\"__type\":\"InternalServerError\"}");
    table.answers.add(ALL_UNPROCESSED);
    table.answers.add(FOUND_A.formatted("{}"));
    ask(LONG, "a", "b");
    assertThat(answers).hasSize(2);
    assertThat(pauses).extracting(Duration::toMillis).containsExactly(20L, 40L, 80L);
  }

  @Test
  void givesUpAfterSoManyAttempts() {
    for (int i = 0; i < ReferenceSource.MAX_ATTEMPTS; i++) {
      table.answers.add(ALL_UNPROCESSED);
    }
    assertThatThrownBy(() -> ask(LONG, "a", "b"))
        .isInstanceOf(SourceFailedException.class)
        .hasMessage("all keys stay unprocessed");
    assertThat(table.requests).hasSize(ReferenceSource.MAX_ATTEMPTS);
    assertThat(answers).isEmpty();
  }

  @Test
  void whatIsAnsweredInPartIsNoFailure() throws SourceFailedException {
    table.answers.add(FOUND_A.formatted(B_UNPROCESSED));
    for (int i = 1; i < ReferenceSource.MAX_ATTEMPTS; i++) {
      table.answers.add(THROTTLED);
    }
    ask(LONG, "a", "b");
    assertThat(answers).containsOnlyKeys("a");
  }

  @Test
  void whatCannotHealIsNotTriedAgain() {
    table.answers.add(
        "400 {\"__type\":\"com.amazon.coral.validate#ValidationException\","
            + "\"message\":\"The provided key element 203.0.113.42 does not match\"}");
    assertThatThrownBy(() -> ask(LONG, "a", "b"))
        .isInstanceOf(SourceFailedException.class)
        .hasMessage("ValidationException");
    assertThat(table.requests).hasSize(1);
  }

  @Test
  void aSlowTableCostsItsDeadline() {
    table.gate = new CountDownLatch(1);
    table.answers.add(FOUND_A.formatted("{}"));
    assertThatThrownBy(() -> ask(Duration.ofMillis(100), "a"))
        .isInstanceOf(SourceFailedException.class)
        .hasMessage("ApiCallTimeoutException");
    assertThat(answers).isEmpty();
  }

  @Test
  void aTableThatIsAwayIsAFailure() {
    table.close();
    assertThatThrownBy(() -> ask(LONG, "a")).isInstanceOf(SourceFailedException.class);
  }

  @Test
  void aCheckTellsWhatCannotHealAndNothingElse() {
    Deadline deadline = Deadline.in(LONG, Ticker.systemTicker());
    table.answers.add("200 {\"Responses\":{},\"UnprocessedKeys\":{}}");
    source.check(deadline);
    table.answers.add(THROTTLED);
    source.check(deadline);
    table.answers.add("400 {\"__type\":\"AccessDeniedException\",\"message\":\"not you\"}");
    assertThatThrownBy(() -> source.check(deadline)).hasMessageContaining("not you");
    table.close();
    source.check(deadline);
    assertThat(table.requests).hasSize(3);
  }

  @Test
  void noWaitGoesBeyondTheDeadline() {
    for (int i = 0; i < ReferenceSource.MAX_ATTEMPTS; i++) {
      table.answers.add(ALL_UNPROCESSED);
    }
    assertThatThrownBy(
            () ->
                source.ask(
                    List.of("a", "b"),
                    Deadline.in(Duration.ofSeconds(1), ticker),
                    (key, answer) -> answers.put(key, "unexpected")))
        .isInstanceOf(SourceFailedException.class);
    assertThat(pauses)
        .extracting(Duration::toMillis)
        .containsExactly(20L, 40L, 80L, 160L, 320L, 320L);
    assertThat(table.requests).hasSize(7);
    assertThat(answers).isEmpty();
  }
}
