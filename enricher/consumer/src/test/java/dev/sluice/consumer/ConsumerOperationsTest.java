package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.consumer.kcl.Aggregates;
import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.enricher.Settings;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.metrics.MetricName;
import dev.sluice.local.metrics.MetricsPage;
import dev.sluice.local.recording.MetricValue;
import dev.sluice.samples.MmdbMetadata;
import dev.sluice.samples.SampleGeo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;

/** What a running consumer does with odd records, odd databases and a watch that acts. */
class ConsumerOperationsTest {
  /** Lines of the odd records, which are all rejected; two of them in the one with line ends. */
  private static final int ODD_LINES = 8;

  private static EmbeddedAws aws;

  @BeforeAll
  static void startStack() {
    aws = EmbeddedAws.start();
  }

  @AfterAll
  static void stopStack() {
    aws.close();
  }

  private static void stop(ConsumerApplication consumer, CompletableFuture<Integer> exit)
      throws Exception {
    consumer.stop();
    assertThat(exit.get(LocalStream.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo(ConsumerApplication.EXIT_OK);
  }

  private static double count(ConsumerApplication consumer, String name, String... tags) {
    return consumer.meters().find(name).tags(tags).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String line(String id) {
    return "192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] \"GET /" + id + " HTTP/1.0\" 200 2326";
  }

  /** Into the half of the hash keys that is asked for. */
  private static void put(LocalStream stream, byte[] data, BigInteger hashKey) {
    stream
        .kinesis()
        .putRecord(
            PutRecordRequest.builder()
                .streamName(stream.name)
                .partitionKey("k")
                .explicitHashKey(hashKey.toString())
                .data(SdkBytes.fromByteArray(data))
                .build())
        .join();
  }

  private static byte[] bomb(int bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      byte[] zeros = new byte[1 << 16];
      for (int written = 0; written < bytes; written += zeros.length) {
        gzip.write(zeros);
      }
    }
    return packed.toByteArray();
  }

  @Test
  void everyOddRecordHasItsOutcomeAndItsNeighboursAreUntouched() throws Exception {
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    try (var stream = new LocalStream(aws, 2)) {
      stream.put(50);
      put(stream, bytes("no log line"), low);
      put(stream, new byte[0], low);
      put(stream, bytes("x".repeat(1024 * 1024 - 100)), low);
      put(stream, bytes("\n\n"), low);
      put(stream, bomb(512 * 1024 * 1024), low); // not unpacked: its bytes are lines
      put(stream, Aggregates.of(bytes("no message")), low);
      put(
          stream,
          Aggregates.of(
              List.of(
                  new Aggregates.Part("k", low.toString(), bytes(line("agg1") + '\n')),
                  new Aggregates.Part("k", high.toString(), bytes(line("elsewhere"))),
                  new Aggregates.Part("k", low.toString(), bytes(line("agg2"))))),
          low);
      stream.sent.addAll(List.of("agg1", "agg2"));
      stream.put(50);
      try (ConsumerApplication consumer = stream.open(stream.settings(), Failpoints.NONE)) {
        CompletableFuture<Integer> exit = LocalStream.start(consumer);
        stream.awaitAllIn();
        stop(consumer, exit);
        assertThat(count(consumer, "KplRecordsLeftOut")).isEqualTo(1);
        assertThat(count(consumer, "KplAggregatesCorrupt")).isEqualTo(1);
        assertThat(count(consumer, "RejectedLines", "reason", "LINE_TOO_LONG")).isEqualTo(2);
        assertThat(count(consumer, "ShardsAbandoned")).isZero();
      }
      assertThat(stream.ids()).containsExactlyInAnyOrderElementsOf(stream.sent);
      var audit = stream.audit();
      assertThat(audit.findings()).isEmpty();
      assertThat(audit.in()).isEqualTo(stream.sent.size() + ODD_LINES);
    }
  }

  @Test
  void aShardThatIsSubscribedAnewLosesAndDoublesNothing() throws Exception {
    try (var stream = new LocalStream(aws, 2)) {
      stream.put(400);
      try (ConsumerApplication consumer = stream.open(stream.settings(), Failpoints.NONE)) {
        CompletableFuture<Integer> exit = LocalStream.start(consumer);
        await().atMost(LocalStream.PATIENCE).until(() -> count(consumer, "TilesCommitted") > 0);
        for (int round = 0; round < 3; round++) {
          stream.put(100);
          stream.shards().forEach(shard -> consumer.resubscribe(shard.shardId()));
          stream.put(100);
          stream.awaitAllIn();
        }
        stop(consumer, exit);
      }
      stream.assertEveryLineIsThereOnce();
    }
  }

  /** By the watch, or by KCL and the SDK where one of their own time-outs comes first. */
  @Test
  void everySubscriptionFallsSilentAndTheLinesGoOn() throws Exception {
    try (var stream = new LocalStream(aws, 2)) {
      Map<String, String> settings = stream.settings();
      settings.put("STALL_TIMEOUT", "10s");
      stream.put(200);
      try (ConsumerApplication consumer = stream.open(settings, Failpoints.NONE)) {
        CompletableFuture<Integer> exit = LocalStream.start(consumer);
        stream.awaitAllIn();
        aws.kinesis().stallSubscriptions();
        stream.put(200);
        stream.awaitAllIn();
        stop(consumer, exit);
      }
      stream.assertEveryLineIsThereOnce();
    }
  }

  @Test
  void metersReachCloudWatchToTheLastLineAndThoseOfShardsDoNot() throws Exception {
    try (var stream = new LocalStream(aws, 2)) {
      Map<String, String> settings = stream.settings();
      settings.put("CLOUDWATCH_METRICS", "true");
      String namespace = "Meters/" + stream.application;
      settings.put("CLOUDWATCH_METRICS_NAMESPACE", namespace);
      settings.put("CLOUDWATCH_METRICS_INTERVAL", "2s");
      settings.put("KCL_METRICS", "summary");
      stream.put(300);
      try (CloudWatchAsyncClient kclMetrics = stream.clients.meters().get();
          ConsumerApplication consumer =
              ConsumerApplication.open(
                  ConsumerSettings.from(new Settings(settings::get)),
                  withKclMetrics(stream.clients, kclMetrics),
                  Failpoints.NONE,
                  Clock.systemUTC())) {
        CompletableFuture<Integer> exit = LocalStream.start(consumer);
        stream.awaitAllIn();
        stop(consumer, exit);
      }
      List<MetricValue> values = sentTo(namespace);
      assertThat(sum(values, "EnrichedLines.count")).isEqualTo(stream.sent.size());
      assertThat(sum(values, "AllLines.count")).isEqualTo(stream.sent.size());
      assertThat(sum(values, "AllRejectedLines.count")).isZero();
      assertThat(MetricsPage.ofThisCheckout().table("consumer").meanings().keySet())
          .containsAll(values.stream().map(MetricName::of).toList());
      List<MetricName> ofKcl =
          sentTo(stream.application).stream().map(MetricName::of).distinct().toList();
      assertThat(MetricsPage.ofThisCheckout().table("kcl").differences(ofKcl)).isEmpty();
      assertThat(values)
          .noneMatch(value -> value.dimensions().containsKey("shard"))
          .anyMatch(value -> value.name().startsWith("OldestUncommittedAgeMillisMax"));
    }
  }

  private static AwsClients withKclMetrics(AwsClients clients, CloudWatchAsyncClient kclMetrics) {
    return new AwsClients(
        clients.kinesis(),
        clients.dynamoDb(),
        Optional.of(kclMetrics),
        clients.s3(),
        clients.lookups(),
        clients.sinks(),
        clients.sns(),
        clients.counts(),
        clients.meters());
  }

  private static List<MetricValue> sentTo(String namespace) {
    return aws.cloudWatch().values().stream()
        .filter(value -> value.namespace().equals(namespace))
        .toList();
  }

  private static double sum(List<MetricValue> values, String name) {
    return values.stream()
        .filter(value -> value.name().equals(name))
        .mapToDouble(MetricValue::sum)
        .sum();
  }

  private static void putDatabase(LocalStream stream, byte[] database) {
    stream
        .s3()
        .putObject(
            r -> r.bucket(stream.bucket).key("geo/city.mmdb"), RequestBody.fromBytes(database));
  }

  private static byte[] database(Instant built) throws IOException {
    var out = new ByteArrayOutputStream();
    new SampleGeo().writeTo(out, MmdbMetadata.city("Sluice-Sample-City", List.of("en"), built));
    return out.toByteArray();
  }

  private static void awaitReload(ConsumerApplication consumer, String result) {
    await()
        .atMost(LocalStream.PATIENCE)
        .until(() -> count(consumer, DatabaseReloads.RELOADS, "result", result) > 0);
  }

  @Test
  void aDatabaseInS3IsFetchedAgainWhenItChangesAndABrokenOneIsKeptOut() throws Exception {
    Instant built = Instant.parse("2026-01-01T00:00:00Z");
    try (var stream = new LocalStream(aws, 1)) {
      Map<String, String> settings = stream.settings();
      settings.put("GEOIP_CITY_DATABASE", "s3://" + stream.bucket + "/geo/city.mmdb");
      settings.put("GEOIP_RELOAD_INTERVAL", "1s");
      assertThatThrownBy(() -> stream.open(settings, Failpoints.NONE))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("s3:GetObject on it is needed: s3://" + stream.bucket);
      putDatabase(stream, database(built));
      try (ConsumerApplication consumer = stream.open(settings, Failpoints.NONE)) {
        CompletableFuture<Integer> exit = LocalStream.start(consumer);
        putDatabase(stream, database(built.plusSeconds(60)));
        awaitReload(consumer, "reloaded");
        putDatabase(stream, bytes("broken"));
        awaitReload(consumer, "refused");
        stream.s3().deleteObject(r -> r.bucket(stream.bucket).key("geo/city.mmdb"));
        awaitReload(consumer, "not_fetched");
        stream.put(50);
        stream.awaitAllIn();
        stop(consumer, exit);
      }
      assertThat(stream.lines()).hasSize(stream.sent.size());
    }
  }
}
