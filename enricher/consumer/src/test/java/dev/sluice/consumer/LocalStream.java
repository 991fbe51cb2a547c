package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.consumer.audit.AuditReport;
import dev.sluice.consumer.audit.LeaseCheckpoints;
import dev.sluice.consumer.audit.TileAudit;
import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.enricher.Settings;
import dev.sluice.local.EmbeddedAws;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A stream of its own on the embedded stack, with ids in its lines, and the output of the consumer
 * that reads it.
 */
final class LocalStream implements AutoCloseable {
  /** Far more than a loaded machine needs. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final int BATCH = 200;
  private static final Pattern REQUEST = Pattern.compile(".*\"request\":\"GET /(\\S+) HTTP.*");

  final String name = "logs-" + UUID.randomUUID();
  final String application = "app-" + UUID.randomUUID();
  final String bucket = "bucket-" + UUID.randomUUID();
  final AwsClients clients;

  /** Ids of all lines in the stream that the consumer is to find. */
  final List<String> sent = new ArrayList<>();

  /** What was read, by key and tag: who waits for lines reads each tile once. */
  private final Map<String, List<String>> linesByTile = new ConcurrentHashMap<>();

  private int ids;

  LocalStream(EmbeddedAws aws, int shards) {
    clients =
        AwsClients.open(
            new AwsClients.LocalStack(
                    aws.kinesisEndpoint(),
                    aws.dynamoDbEndpoint(),
                    aws.s3Endpoint(),
                    aws.region(),
                    aws.accessKeyId(),
                    aws.secretAccessKey())
                .with(aws.sns().endpoint(), aws.cloudWatch().endpoint()));
    kinesis().createStream(r -> r.streamName(name).shardCount(shards)).join();
    awaitActive();
    s3().createBucket(r -> r.bucket(bucket));
  }

  KinesisAsyncClient kinesis() {
    return clients.kinesis();
  }

  S3Client s3() {
    return clients.s3();
  }

  Map<String, String> settings() {
    var values = new HashMap<String, String>();
    values.put("STREAM_NAME", name);
    values.put("APPLICATION_NAME", application);
    values.put("OUTPUT_BUCKET", bucket);
    values.put("KCL_TIMINGS", "quick");
    values.put("PREPARE_LEASES", "true");
    values.put("CHECKPOINT_INTERVAL", "1s");
    values.put("MAX_TILE_AGE", "2s");
    values.put("MAX_TILE_RECORDS", "300");
    return values;
  }

  ConsumerApplication open(Map<String, String> settings, Failpoints failpoints) {
    return ConsumerApplication.open(
        ConsumerSettings.from(new Settings(settings::get)), clients, failpoints, Clock.systemUTC());
  }

  /** Runs in a thread of its own; the answer is its exit code. */
  static CompletableFuture<Integer> start(ConsumerApplication consumer) {
    var exit = new CompletableFuture<Integer>();
    var thread =
        new Thread(
            () -> {
              try {
                exit.complete(consumer.run());
              } catch (Throwable e) {
                exit.completeExceptionally(e);
              }
            },
            "test-consumer");
    thread.setDaemon(true);
    thread.start();
    return exit;
  }

  /** Puts records of one or two lines each, every line with an id of its own. */
  void put(int records) {
    var batch = new ArrayList<PutRecordsRequestEntry>();
    for (int i = 0; i < records; i++) {
      String id = nextId();
      String payload = line(id);
      if (i % 5 == 0) {
        String second = nextId();
        payload += '\n' + line(second);
      }
      batch.add(
          PutRecordsRequestEntry.builder()
              .partitionKey(id)
              .data(SdkBytes.fromString(payload, StandardCharsets.UTF_8))
              .build());
      if (batch.size() == BATCH) {
        putAll(batch);
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      putAll(batch);
    }
  }

  private String nextId() {
    String id = "id" + ids++;
    sent.add(id);
    return id;
  }

  private static String line(String id) {
    return "192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] \"GET /" + id + " HTTP/1.0\" 200 2326";
  }

  private void putAll(List<PutRecordsRequestEntry> records) {
    List<PutRecordsRequestEntry> left = List.copyOf(records);
    while (!left.isEmpty()) {
      List<PutRecordsRequestEntry> tried = left;
      PutRecordsResponse answer =
          kinesis().putRecords(r -> r.streamName(name).records(tried)).join();
      left = new ArrayList<>();
      for (int i = 0; i < tried.size(); i++) {
        if (answer.records().get(i).errorCode() != null) {
          left.add(tried.get(i));
        }
      }
    }
  }

  List<Shard> shards() {
    return kinesis().listShards(r -> r.streamName(name)).join().shards();
  }

  List<Shard> openShards() {
    return shards().stream()
        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
        .toList();
  }

  void awaitActive() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                kinesis()
                        .describeStreamSummary(r -> r.streamName(name))
                        .join()
                        .streamDescriptionSummary()
                        .streamStatus()
                    == StreamStatus.ACTIVE);
  }

  void awaitAllIn() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> lines().size() >= sent.size());
  }

  /** Ids of all lines in all tiles, in no order. */
  List<String> ids() {
    return lines().stream().map(json -> REQUEST.matcher(json).replaceFirst("$1")).toList();
  }

  /** All lines in all tiles, in no order. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    for (var object :
        s3().listObjectsV2Paginator(r -> r.bucket(bucket).prefix("enriched/")).contents()) {
      if (!object.key().contains("/rejects/")) {
        lines.addAll(
            linesByTile.computeIfAbsent(object.key() + ' ' + object.eTag(), k -> linesOf(object)));
      }
    }
    return lines;
  }

  private List<String> linesOf(S3Object object) {
    byte[] bytes = s3().getObjectAsBytes(r -> r.bucket(bucket).key(object.key())).asByteArray();
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  AuditReport audit() {
    return new TileAudit(
            s3(),
            bucket,
            "enriched",
            app -> LeaseCheckpoints.read(clients.dynamoDb(), app),
            InstantSource.system())
        .run(false);
  }

  void assertEveryLineIsThereOnce() {
    assertThat(ids()).containsExactlyInAnyOrderElementsOf(sent);
    AuditReport report = audit();
    assertThat(report.findings()).isEmpty();
    assertThat(report.in()).isEqualTo(sent.size());
  }

  @Override
  public void close() {
    clients.close();
  }
}
