package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.consumer.audit.LeaseCheckpoints;
import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.local.EmbeddedAws;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** The whole consumer, by KCL, against the embedded stack. */
class ConsumerApplicationTest {
  private static EmbeddedAws aws;
  private LocalStream stream;

  @BeforeAll
  static void startStack() {
    aws = EmbeddedAws.start();
  }

  @AfterAll
  static void stopStack() {
    aws.close();
  }

  @AfterEach
  void closeStream() {
    stream.close();
  }

  private static int exitCodeOf(CompletableFuture<Integer> exit) throws Exception {
    return exit.get(LocalStream.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void fansFourShardsOutIntoS3AndTellsOfItOverHttp() throws Exception {
    stream = new LocalStream(aws, 4);
    stream.put(2_000);
    try (ConsumerApplication consumer = stream.open(stream.settings(), Failpoints.NONE)) {
      CompletableFuture<Integer> exit = LocalStream.start(consumer);
      stream.put(1_000);
      stream.awaitAllIn();

      assertThat(get(consumer, "/health").body())
          .contains("\"status\":\"ok\"", "\"schedulerAlive\":true", "\"lastProgress\"");
      assertThat(get(consumer, "/ready").body())
          .isEqualTo("{\"status\":\"ready\",\"leases\":4,\"openShards\":4}");
      assertThat(get(consumer, "/metrics").body())
          .contains("EnrichedLines_total{outcome=\"ENRICHED\"} " + (double) stream.sent.size())
          .contains("MillisBehindLatest{shard=\"shardId-000000000003\"}")
          .contains("OldestUncommittedAgeMillis{shard=\"shardId-000000000000\"}");
      assertThat(get(consumer, "/").statusCode()).isEqualTo(404);

      consumer.stop();
      assertThat(exitCodeOf(exit)).isEqualTo(ConsumerApplication.EXIT_OK);
      assertThat(get(consumer, "/health").statusCode()).isEqualTo(503);
      assertThat(get(consumer, "/ready").statusCode()).isEqualTo(503);
    }
    stream.assertEveryLineIsThereOnce();
    assertThat(LeaseCheckpoints.read(stream.clients.dynamoDb(), stream.application).byShard())
        .hasSize(4)
        .allSatisfy((shard, checkpoint) -> assertThat(checkpoint).matches("\\d{56}\\.0"));
  }

  private static HttpResponse<String> get(ConsumerApplication consumer, String path)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + consumer.httpAddress().getPort() + path))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void stopsInOrderUnderLoadAndGoesOnAfterARestart() throws Exception {
    stream = new LocalStream(aws, 2);
    stream.put(1_500);
    try (ConsumerApplication first = stream.open(stream.settings(), Failpoints.NONE)) {
      CompletableFuture<Integer> exit = LocalStream.start(first);
      await().atMost(LocalStream.PATIENCE).until(() -> !stream.ids().isEmpty());
      first.stop();
      assertThat(exitCodeOf(exit)).isEqualTo(ConsumerApplication.EXIT_OK);
    }
    assertThat(stream.audit().findings()).isEmpty();
    stream.put(1_000);
    try (ConsumerApplication second = stream.open(stream.settings(), Failpoints.NONE)) {
      CompletableFuture<Integer> exit = LocalStream.start(second);
      stream.awaitAllIn();
      second.stop();
      assertThat(exitCodeOf(exit)).isEqualTo(ConsumerApplication.EXIT_OK);
    }
    stream.assertEveryLineIsThereOnce();
  }

  @Test
  void linesHaveReferenceDataFromDynamoDb() throws Exception {
    stream = new LocalStream(aws, 2);
    String table = "pages-" + stream.application;
    stream
        .clients
        .dynamoDb()
        .createTable(
            CreateTableRequest.builder()
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("page")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("page").keyType(KeyType.HASH).build())
                .build())
        .join();
    stream
        .clients
        .dynamoDb()
        .putItem(
            r ->
                r.tableName(table)
                    .item(
                        Map.of(
                            "page",
                            AttributeValue.fromS("id7"),
                            "rank",
                            AttributeValue.fromN("1.5"))))
        .join();
    Map<String, String> settings = stream.settings();
    settings.put("REFERENCE_TABLE", table);
    settings.put("REFERENCE_KEY", "page");
    settings.put("REFERENCE_FIELD", "page");
    settings.put("REFERENCE_ATTRIBUTES", "rank");
    settings.put("LOOKUP_DEADLINE", "10s");
    stream.put(300);
    try (ConsumerApplication consumer = stream.open(settings, Failpoints.NONE)) {
      CompletableFuture<Integer> exit = LocalStream.start(consumer);
      stream.awaitAllIn();
      assertThat(get(consumer, "/metrics").body())
          .contains("LookupKeys_total{result=\"found\",source=\"reference\"} 1.0")
          .contains("LookupBreakersOpen 0");
      consumer.stop();
      assertThat(exitCodeOf(exit)).isEqualTo(ConsumerApplication.EXIT_OK);
    }
    assertThat(stream.lines())
        .filteredOn(line -> line.contains("reference"))
        .singleElement()
        .asString()
        .contains("GET /id7 ", "\"reference\":{\"rank\":1.5}");
    stream.assertEveryLineIsThereOnce();
  }

  @Test
  void readsByPollingToo() throws Exception {
    stream = new LocalStream(aws, 1);
    Map<String, String> settings = stream.settings();
    settings.put("RECORD_DELIVERY", "polling");
    stream.put(800);
    try (ConsumerApplication consumer = stream.open(settings, Failpoints.NONE)) {
      CompletableFuture<Integer> exit = LocalStream.start(consumer);
      stream.awaitAllIn();
      consumer.stop();
      assertThat(exitCodeOf(exit)).isEqualTo(ConsumerApplication.EXIT_OK);
    }
    stream.assertEveryLineIsThereOnce();
  }

  @Test
  void latestMeansTheFirstStartEver() throws Exception {
    stream = new LocalStream(aws, 2);
    Map<String, String> settings = stream.settings();
    settings.put("INITIAL_POSITION", "latest");
    stream.put(100);
    stream.sent.clear();
    Instant old = Instant.now().plusMillis(10);
    await().until(() -> Instant.now().isAfter(old));
    stream.open(settings, Failpoints.NONE).close(); // a first start that never reads
    stream.put(100);
    for (int start = 0; start < 2; start++) {
      try (ConsumerApplication consumer = stream.open(settings, Failpoints.NONE)) {
        CompletableFuture<Integer> exit = LocalStream.start(consumer);
        stream.put(100);
        stream.awaitAllIn();
        consumer.stop();
        assertThat(exitCodeOf(exit)).isEqualTo(ConsumerApplication.EXIT_OK);
      }
    }
    stream.assertEveryLineIsThereOnce();
  }

  @Test
  void followsASplitAndAMergeUnderLoad() throws Exception {
    stream = new LocalStream(aws, 2);
    stream.put(600);
    try (ConsumerApplication consumer = stream.open(stream.settings(), Failpoints.NONE)) {
      CompletableFuture<Integer> exit = LocalStream.start(consumer);
      stream.put(300);
      split(stream.openShards().get(0));
      stream.put(600);
      merge(stream.openShards());
      stream.put(600);
      stream.awaitAllIn();
      consumer.stop();
      assertThat(exitCodeOf(exit)).isEqualTo(ConsumerApplication.EXIT_OK);
    }
    stream.assertEveryLineIsThereOnce();
    Map<String, String> checkpoints =
        LeaseCheckpoints.read(stream.clients.dynamoDb(), stream.application).byShard();
    assertThat(stream.shards())
        .filteredOn(shard -> shard.sequenceNumberRange().endingSequenceNumber() != null)
        .isNotEmpty()
        .allSatisfy(
            shard ->
                assertThat(checkpoints.get(shard.shardId())).isEqualTo(LeaseCheckpoints.SHARD_END));
  }

  private void split(Shard shard) {
    var range = shard.hashKeyRange();
    BigInteger middle =
        new BigInteger(range.startingHashKey())
            .add(new BigInteger(range.endingHashKey()))
            .shiftRight(1);
    stream
        .kinesis()
        .splitShard(
            r ->
                r.streamName(stream.name)
                    .shardToSplit(shard.shardId())
                    .newStartingHashKey(middle.toString()))
        .join();
    stream.awaitActive();
  }

  private void merge(List<Shard> open) {
    for (Shard low : open) {
      String next =
          new BigInteger(low.hashKeyRange().endingHashKey()).add(BigInteger.ONE).toString();
      for (Shard high : open) {
        if (high.hashKeyRange().startingHashKey().equals(next)) {
          stream
              .kinesis()
              .mergeShards(
                  r ->
                      r.streamName(stream.name)
                          .shardToMerge(low.shardId())
                          .adjacentShardToMerge(high.shardId()))
              .join();
          stream.awaitActive();
          return;
        }
      }
    }
    throw new AssertionError("no neighbours among " + open);
  }

  @Test
  void givesUpWithoutACheckpointAndTheNextWorkerAdoptsWhatStands() throws Exception {
    stream = new LocalStream(aws, 2);
    stream.put(1_200);
    var commits = new AtomicInteger();
    Failpoints failAtTheThird =
        new Failpoints() {
          @Override
          public void betweenCommitAndCheckpoint() {
            if (commits.incrementAndGet() == 3) {
              throw new AssertionError("on purpose");
            }
          }
        };
    try (ConsumerApplication broken = stream.open(stream.settings(), failAtTheThird)) {
      assertThat(exitCodeOf(LocalStream.start(broken))).isEqualTo(ConsumerApplication.EXIT_FAILED);
    }
    assertThat(stream.audit().findings()).isEmpty();
    try (ConsumerApplication next = stream.open(stream.settings(), Failpoints.NONE)) {
      CompletableFuture<Integer> exit = LocalStream.start(next);
      stream.awaitAllIn();
      next.stop();
      assertThat(exitCodeOf(exit)).isEqualTo(ConsumerApplication.EXIT_OK);
    }
    stream.assertEveryLineIsThereOnce();
  }
}
