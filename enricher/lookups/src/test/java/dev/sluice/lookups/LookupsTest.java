package dev.sluice.lookups;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.Settings;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.lookups.LookupCounts.Result;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Lines in, JSON out, with a name server and DynamoDB on loopback. */
class LookupsTest {
  private static final String LINE =
      "%s - %s [28/Oct/2025:10:15:30 +0000] \"GET /%s.php HTTP/1.1\" 200 5";
  private static final String TABLE = "users";
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int ITEMS = 250;
  private static final Map<String, String> BEFORE = new HashMap<>();

  private static EmbeddedAws aws;

  private final Map<String, String> keys = new HashMap<>();
  private LocalNameServer names;

  @BeforeAll
  static void startTable() {
    aws = EmbeddedAws.start();
    set("aws.endpointUrlDynamoDb", aws.dynamoDbEndpoint().toString());
    set("aws.region", aws.region());
    set("aws.accessKeyId", aws.accessKeyId());
    set("aws.secretAccessKey", aws.secretAccessKey());
    try (var client =
        DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build()) {
      client.createTable(
          table ->
              table
                  .tableName(TABLE)
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(
                      AttributeDefinition.builder()
                          .attributeName("name")
                          .attributeType(ScalarAttributeType.S)
                          .build())
                  .keySchema(
                      KeySchemaElement.builder()
                          .attributeName("name")
                          .keyType(KeyType.HASH)
                          .build()));
      for (int i = 0; i < ITEMS; i++) {
        put(client, "user" + i, "rank", AttributeValue.fromN(Integer.toString(i)));
      }
      put(client, "J\u00f6rg", "tier", AttributeValue.fromS("gold"));
      put(client, "product", "tier", AttributeValue.fromS("a page"));
    }
  }

  private static void put(DynamoDbClient client, String key, String name, AttributeValue value) {
    client.putItem(
        item -> item.tableName(TABLE).item(Map.of("name", AttributeValue.fromS(key), name, value)));
  }

  private static void set(String property, String value) {
    BEFORE.put(property, System.setProperty(property, value));
  }

  @AfterAll
  static void stopTable() {
    aws.close();
    BEFORE.forEach(
        (property, value) -> {
          if (value == null) {
            System.clearProperty(property);
          } else {
            System.setProperty(property, value);
          }
        });
  }

  @BeforeEach
  void startNames() throws IOException {
    names = LocalNameServer.start();
    keys.put("OUTPUT_GROUPS", "quality");
    keys.put("OUTPUT_FIELDS", "host,host_name,reference,quality,warnings,enrichment_errors");
    keys.put("LOOKUP_DEADLINE", "10s"); // longer than any test waits
  }

  @AfterEach
  void stopNames() {
    names.close();
  }

  private void askNames() {
    keys.put("REVERSE_DNS", "true");
    keys.put("REVERSE_DNS_SERVER", names.address());
    keys.put("REVERSE_DNS_SPECIAL_ADDRESSES", "true");
  }

  private void askTable(String field) {
    keys.put("REFERENCE_TABLE", TABLE);
    keys.put("REFERENCE_KEY", "name");
    keys.put("REFERENCE_FIELD", field);
    keys.put("REFERENCE_ATTRIBUTES", "tier,rank");
  }

  /** What the test looks at while the sources are open. */
  private interface Look {
    void at(Lookups lookups, BatchEnricher batch);
  }

  private void open(Look look) {
    var settings = new Settings(keys::get);
    EnricherSettings enricherSettings = EnricherSettings.from(settings);
    LookupSettings lookupSettings = LookupSettings.from(settings, enricherSettings);
    settings.throwIfInvalid();
    try (Enricher enricher = Enricher.open(enricherSettings, new SimpleMeterRegistry());
        Lookups lookups =
            Lookups.open(
                lookupSettings,
                time ->
                    DynamoDbClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(time)),
                enricher::newTextMask,
                LookupEvents.NONE,
                new Random(1))) {
      look.at(lookups, new BatchEnricher(enricher.newLineEnricher(lookups.newLineLookups())));
    }
  }

  private static List<String> answers(BatchEnricher batch, String... lines) {
    byte[] payload = String.join("\n", lines).getBytes(UTF_8);
    batch.collect(payload, 0, payload.length, "");
    batch.resolve(LONG);
    var answers = new ArrayList<String>();
    batch.enrich(payload, 0, payload.length, sink(answers));
    return answers;
  }

  private static BatchEnricher.Sink sink(List<String> answers) {
    return new BatchEnricher.Sink() {
      @Override
      public void enriched(int lineIndex, OutputBuffer json, Outcome outcome) {
        answers.add(json.toString());
      }

      @Override
      public void dropped(int lineIndex, Outcome.Dropped outcome) {
        answers.add("dropped");
      }

      @Override
      public void rejected(
          int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome) {
        answers.add("rejected");
      }
    };
  }

  private static String line(String host, String user) {
    return LINE.formatted(host, user, "product");
  }

  @Test
  void linesHaveNameAndReference() {
    askNames();
    askTable("user");
    names.answer("1.2.0.192.in-addr.arpa", "one.example");
    open(
        (lookups, batch) ->
            assertThat(
                    answers(
                        batch,
                        line("192.0.2.1", "user7"),
                        line("192.0.2.2", "nobody"),
                        "nonsense",
                        line("192.0.2.1", "J\\xc3\\xb6rg"),
                        line("a.example", "-")))
                .containsExactly(
                    "{\"host\":\"192.0.2.1\",\"host_name\":\"one.example\","
                        + "\"reference\":{\"rank\":7},\"quality\":\"ok\"}",
                    "{\"host\":\"192.0.2.2\",\"quality\":\"ok\"}",
                    "rejected",
                    "{\"host\":\"192.0.2.1\",\"host_name\":\"one.example\","
                        + "\"reference\":{\"tier\":\"gold\"},\"quality\":\"ok\"}",
                    "{\"host\":\"a.example\",\"quality\":\"ok\"}"));
    assertThat(names.queries)
        .containsExactlyInAnyOrder("1.2.0.192.in-addr.arpa", "2.2.0.192.in-addr.arpa");
  }

  @Test
  void aBatchOfManyKeysIsAskedInCallsOfAHundred() {
    askTable("user");
    String[] lines =
        IntStream.range(0, 2 * ITEMS)
            .mapToObj(i -> line("192.0.2.1", "user" + i % ITEMS))
            .toArray(String[]::new);
    open(
        (lookups, batch) -> {
          List<String> answers = answers(batch, lines);
          for (int i = 0; i < lines.length; i++) {
            assertThat(answers.get(i)).contains("\"reference\":{\"rank\":" + i % ITEMS + "}");
          }
          LookupCounts counts = lookups.counts().get(0);
          assertThat(counts.source()).isEqualTo("reference");
          assertThat(counts.calls()).isEqualTo(3);
          assertThat(counts.keys(Result.FOUND)).isEqualTo(ITEMS);
          answers(batch, lines);
          assertThat(counts.calls()).as("the second time from the cache").isEqualTo(3);
          assertThat(counts.keys(Result.CACHED)).isEqualTo(ITEMS);
          assertThat(counts.batches()).isEqualTo(2);
        });
  }

  @Test
  void withoutTimeThereIsWhatIsRemembered() {
    askTable("user");
    open(
        (lookups, batch) -> {
          answers(batch, line("192.0.2.1", "user7"));
          byte[] payload =
              String.join("\n", line("192.0.2.1", "user7"), line("192.0.2.1", "user8"))
                  .getBytes(UTF_8);
          batch.collect(payload, 0, payload.length, "");
          batch.resolve(Duration.ZERO);
          var answers = new ArrayList<String>();
          batch.enrich(payload, 0, payload.length, sink(answers));
          assertThat(answers.get(0)).contains("\"rank\":7");
          assertThat(answers.get(1)).contains("reference_unavailable");
          assertThat(lookups.counts().get(0).calls()).isEqualTo(1);
        });
  }

  @Test
  void thePageCanBeTheKey() {
    askTable("page");
    open(
        (lookups, batch) ->
            assertThat(answers(batch, line("192.0.2.1", "-")).get(0))
                .contains("\"reference\":{\"tier\":\"a page\"}"));
  }

  @Test
  void addressesThatAreNotPublicAreNotAskedFor() {
    askNames();
    keys.remove("REVERSE_DNS_SPECIAL_ADDRESSES");
    names.answer("9.9.9.9.in-addr.arpa", "nine.example");
    open(
        (lookups, batch) ->
            assertThat(
                    answers(
                        batch,
                        line("10.0.0.1", "-"),
                        line("192.0.2.1", "-"),
                        line("::1", "-"),
                        line("fe80::1", "-"),
                        line("[::ffff:127.0.0.1]:443", "-"),
                        line("9.9.9.9", "-")))
                .allMatch(answer -> answer.contains("\"quality\":\"ok\""))
                .anyMatch(answer -> answer.contains("nine.example")));
    assertThat(names.queries).containsExactly("9.9.9.9.in-addr.arpa");
  }

  @Test
  void deadSourcesCostTheirDeadlineAndLeaveWarnings() {
    askNames();
    askTable("user");
    keys.put("REFERENCE_TABLE", "no-such-table");
    keys.put("LOOKUP_DEADLINE", "60ms");
    names.silent = true;
    open(
        (lookups, batch) -> {
          assertThat(answers(batch, line("192.0.2.1", "user7")))
              .containsExactly(
                  "{\"host\":\"192.0.2.1\",\"quality\":\"warning\","
                      + "\"warnings\":[\"reverse_dns_unavailable\",\"reference_unavailable\"],"
                      + "\"enrichment_errors\":"
                      + "[\"reverse_dns_unavailable\",\"reference_unavailable\"]}");
          long unavailable =
              lookups.counts().stream()
                  .mapToLong(counts -> counts.keys(Result.LATE) + counts.keys(Result.FAILED))
                  .sum();
          assertThat(unavailable).isEqualTo(2);
        });
  }

  @Test
  void whatWasNotResolvedIsUnavailable() {
    askNames();
    open(
        (lookups, batch) -> {
          var answers = new ArrayList<String>();
          byte[] payload = line("192.0.2.1", "-").getBytes(UTF_8);
          batch.enrich(payload, 0, payload.length, sink(answers));
          assertThat(answers.get(0)).contains("reverse_dns_unavailable");
        });
    assertThat(names.queries).isEmpty();
  }

  @Test
  void whatAnEarlierStageHasFoundIsNotAskedForAgain() {
    askNames();
    askTable("user");
    keys.put("LOG_FORMAT", "flat");
    open(
        (lookups, batch) ->
            assertThat(
                    answers(
                        batch,
                        "{\"host\":\"192.0.2.1\",\"user\":\"user7\",\"host_name\":\"old.example\","
                            + "\"reference\":{\"rank\":70}}",
                        "{\"host\":\"192.0.2.2\",\"user\":\"user8\"}"))
                .containsExactly(
                    "{\"host\":\"192.0.2.1\",\"host_name\":\"old.example\","
                        + "\"reference\":{\"rank\":70},\"quality\":\"ok\"}",
                    "{\"host\":\"192.0.2.2\",\"reference\":{\"rank\":8},\"quality\":\"ok\"}"));
    assertThat(names.queries).containsExactly("2.2.0.192.in-addr.arpa");
  }

  @Test
  void offNothingIsMade() {
    open(
        (lookups, batch) -> {
          assertThat(lookups.counts()).isEmpty();
          assertThat(answers(batch, line("192.0.2.1", "user7")))
              .containsExactly("{\"host\":\"192.0.2.1\",\"quality\":\"ok\"}");
        });
    assertThat(names.queries).isEmpty();
  }

  @Test
  void metersShowEveryCount() {
    askNames();
    names.answer("1.2.0.192.in-addr.arpa", "one.example");
    open(
        (lookups, batch) -> {
          var meters = new SimpleMeterRegistry();
          lookups.bindTo(meters);
          answers(batch, line("192.0.2.1", "-"), line("192.0.2.2", "-"));
          answers(batch, line("192.0.2.1", "-"));
          Map<String, Double> byResult =
              meters.find("LookupKeys").tag("source", "reverse_dns").functionCounters().stream()
                  .collect(
                      Collectors.toMap(
                          counter -> counter.getId().getTag("result"), counter -> counter.count()));
          assertThat(byResult)
              .containsEntry("found", 1.0)
              .containsEntry("absent", 1.0)
              .containsEntry("cached", 1.0)
              .hasSize(Result.values().length);
          assertThat(meters.get("LookupCalls").functionCounter().count()).isEqualTo(2);
          assertThat(meters.get("LookupBreakersOpen").gauge().value()).isZero();
        });
  }

  @Test
  void keysThatNoTableHoldsAreNotAskedFor() {
    askTable("user");
    open(
        (lookups, batch) -> {
          assertThat(
                  answers(
                      batch,
                      line("192.0.2.1", "x".repeat(KeyField.MAX_KEY_BYTES + 1)),
                      line("192.0.2.1", "\\xff"),
                      line("192.0.2.1", "\"\"")))
              .allMatch(answer -> answer.contains("\"host\"") && !answer.contains("reference"));
          assertThat(lookups.counts().get(0).keys(Result.ABSENT)).isEqualTo(1);
        });
  }

  @Test
  void atTheDeadlineNobodyAsksAnyMore() {
    askNames();
    keys.put("LOOKUP_DEADLINE", "60ms");
    keys.put("LOOKUP_BREAKER_FAILURES", "1000000");
    keys.put("REVERSE_DNS_IN_FLIGHT", "16");
    names.silent = true;
    String[] lines =
        IntStream.range(0, 5_000)
            .mapToObj(i -> line("192.0." + i / 256 + "." + i % 256, "-"))
            .toArray(String[]::new);
    open(
        (lookups, batch) -> {
          assertThat(answers(batch, lines)).allMatch(a -> a.contains("reverse_dns_unavailable"));
          assertThat(lookups.counts().get(0).calls()).isLessThanOrEqualTo(2 * 16);
        });
  }
}
