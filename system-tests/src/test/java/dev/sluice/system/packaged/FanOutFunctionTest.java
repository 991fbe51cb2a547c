package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.lambda.LambdaAnswer;
import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The packaged function behind a stream writes what {@code ./sluice enrich} writes. */
@Order(6)
class FanOutFunctionTest {
  private static final Path ZIP =
      Path.of("..", "functions", "fan-out", "target", "functions-fan-out.zip");
  private static final String HANDLER = "dev.sluice.functions.fanout.FanOutHandler::handleRequest";
  private static final long MAX_ZIP_BYTES = 25L << 20;
  private static final String BUCKET = "out";
  private static final String NO_FAILURES = "{\"batchItemFailures\":[]}";

  private static final int INVOCATIONS = 1_000;

  /** By then the caches are full and the classes loaded. */
  private static final int WARM = 200;

  /** Most that live objects may grow by from then on: 1.3 kB an invocation. */
  private static final long MAX_HEAP_GROWTH_BYTES = 1L << 20;

  /** The virtual machine may start a thread or open a file of its own late. */
  private static final int MAX_NEW_THREADS_OR_FILES = 3;

  private static final Map<String, String> PLACES =
      Map.of("GEOIP_CITY_DATABASE", PackagedFunction.SAMPLES.resolve("geo.mmdb").toString());

  private EmbeddedAws aws;
  private AwsTools tools;

  @BeforeEach
  void start() {
    aws = EmbeddedAws.start();
    tools = new AwsTools(aws);
    tools.createBucket(BUCKET);
  }

  @AfterEach
  void stop() {
    tools.close();
    aws.close();
  }

  private PackagedFunction function(String... keysAndValues) {
    var environment = new HashMap<String, String>(aws.environment());
    environment.putAll(PLACES);
    environment.put("OUTPUT_BUCKET", BUCKET);
    environment.put("S3_PATH_STYLE", "true");
    environment.put("APPLICATION_NAME", "app");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      environment.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return PackagedFunction.start("functions/fan-out", ZIP, HANDLER, environment);
  }

  @Test
  void writesWhatEnrichWrites() throws IOException {
    var log =
        new SyntheticAccessLog(
            46, AccessLogOptions.defaults().withOddShare(0.2).withBrokenShare(0.05));
    var records = new ArrayList<List<byte[]>>();
    for (int record = 0; record < 1_500; record++) {
      var lines = new ArrayList<byte[]>();
      for (int line = 0; line <= record % 3; line++) {
        lines.add(log.nextLine());
      }
      records.add(lines);
    }
    List<EnrichOracle.Outcome> expected = EnrichOracle.of("fan-out", records, PLACES);
    try (var function = function()) {
      assertThat(answer(function, event(records, 0))).isEqualTo(NO_FAILURES);
      assertThat(answer(function, event(records, 0))).isEqualTo(NO_FAILURES); // once more
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> String.join("\n", function.log()).contains("\"lines_in\":3000"));
    }
    List<String> keys =
        tools.s3().listObjectsV2(list -> list.bucket(BUCKET)).contents().stream()
            .map(object -> object.key())
            .toList();
    assertThat(keys).hasSize(2);
    var enriched = new ArrayList<String>();
    int rejected = 0;
    for (EnrichOracle.Outcome outcome : expected) {
      enriched.addAll(outcome.enriched());
      rejected += outcome.rejected().size();
    }
    assertThat(rejected).isGreaterThan(50);
    assertThat(
            lines(keys.get(0)).stream()
                .map(line -> line.replaceFirst(",\"event_id\":\"[^\"]*\"", "")))
        .isEqualTo(enriched);
    assertThat(keys.get(1)).contains("/rejects/");
    assertThat(lines(keys.get(1))).hasSize(rejected);
  }

  @Test
  void theZipIsSmallAndHasNothingOfKclNettyOrTheOldSdk() throws IOException {
    assertThat(Files.size(ZIP)).isLessThan(MAX_ZIP_BYTES);
    try (var zip = new ZipFile(ZIP.toFile())) {
      assertThat(zip.stream().map(entry -> entry.getName()))
          .noneMatch(name -> name.contains("amazon-kinesis-client"))
          .noneMatch(name -> name.contains("netty"))
          .noneMatch(name -> name.contains("aws-java-sdk"))
          .anyMatch(name -> name.startsWith("lib/enricher-core"));
    }
  }

  @Test
  void aThousandInvocationsLeaveNothingBehind() throws Exception {
    var log = new SyntheticAccessLog(47, AccessLogOptions.defaults().withBrokenShare(0.05));
    var some = new ArrayList<List<byte[]>>();
    for (int record = 0; record < 60; record++) {
      some.add(List.of(log.nextLine()));
    }
    byte[] usual = event(some, 0);
    try (var function = function("GEOIP_CACHE_ENTRIES", "200", "USER_AGENT_CACHE_ENTRIES", "200")) {
      Footprint warm = null;
      for (int invocation = 1; invocation < INVOCATIONS; invocation++) {
        if (invocation % 10 == 0) {
          assertThat(function.invoke("{\"Records\":1}".getBytes(UTF_8)).succeeded()).isFalse();
        } else {
          assertThat(answer(function, usual)).isEqualTo(NO_FAILURES);
        }
        if (invocation == WARM) {
          warm = Footprint.of(function.lambda().pid());
        }
      }
      assertThat(answer(function, usual)).isEqualTo(NO_FAILURES);
      Footprint end = Footprint.of(function.lambda().pid());
      System.out.printf("%d invocations: %s, then %s%n", INVOCATIONS, warm, end);
      assertThat(end.liveBytes()).isLessThan(warm.liveBytes() + MAX_HEAP_GROWTH_BYTES);
      assertThat(end.threads()).isLessThanOrEqualTo(warm.threads() + MAX_NEW_THREADS_OR_FILES);
      assertThat(end.openFiles()).isLessThanOrEqualTo(warm.openFiles() + MAX_NEW_THREADS_OR_FILES);
      LocalLambda.Counts counts = function.lambda().counts();
      assertThat(counts.errors()).isEqualTo((INVOCATIONS - 1) / 10);
    }
  }

  private static String answer(PackagedFunction function, byte[] event) {
    LambdaAnswer answer = function.invoke(event);
    assertThat(answer.succeeded()).as(answer.text()).isTrue();
    return answer.text();
  }

  private List<String> lines(String key) throws IOException {
    byte[] object = tools.s3().getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asByteArray();
    try (var in = new GZIPInputStream(new ByteArrayInputStream(object))) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static byte[] event(List<List<byte[]>> records, int first) {
    var event = new StringBuilder("{\"Records\":[");
    for (int i = 0; i < records.size(); i++) {
      var data = new ByteArrayOutputStream();
      for (byte[] line : records.get(i)) {
        data.writeBytes(line);
        data.write('\n');
      }
      String sequenceNumber = "495903382714902566085596925383615710959%017d".formatted(first + i);
      event.append(i == 0 ? "" : ",");
      event.append(
          """
          {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"1","sequenceNumber":"%s",\
          "data":"%s","approximateArrivalTimestamp":1545084650.987},"eventSource":"aws:kinesis",\
          "eventVersion":"1.0","eventID":"shardId-000000000006:%s",\
          "eventName":"aws:kinesis:record",\
          "invokeIdentityArn":"arn:aws:iam::123456789012:role/lambda-role",\
          "awsRegion":"us-east-2",\
          "eventSourceARN":"arn:aws:kinesis:us-east-2:123456789012:stream/logs"}"""
              .formatted(
                  sequenceNumber,
                  Base64.getEncoder().encodeToString(data.toByteArray()),
                  sequenceNumber));
    }
    return event.append("]}").toString().getBytes(UTF_8);
  }
}
