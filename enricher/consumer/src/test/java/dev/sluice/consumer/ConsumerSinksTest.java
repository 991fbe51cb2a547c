package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.consumer.sinks.SinkClients;
import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.EmbeddedAwsOptions;
import dev.sluice.local.firehose.FirehoseStream;
import dev.sluice.local.firehose.FirehoseStreamOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The whole consumer with every sink, against services that refuse a third of what they get. */
class ConsumerSinksTest {
  private static EmbeddedAws aws;
  private static SqsClient sqs;

  @TempDir private Path folder;
  private LocalStream stream;
  private String queueUrl;

  @BeforeAll
  static void startStack() {
    aws = EmbeddedAws.start(EmbeddedAwsOptions.defaults().withSqs(true));
    sqs = sinkClients().sqs().get();
  }

  @AfterAll
  static void stopStack() {
    sqs.close();
    aws.close();
  }

  @BeforeEach
  void openStream() {
    stream = new LocalStream(aws, 2);
    queueUrl = sqs.createQueue(r -> r.queueName("dead-" + stream.application)).queueUrl();
  }

  @AfterEach
  void closeStream() {
    aws.kinesis().faults().clear();
    aws.firehose().faults().clear();
    stream.close();
  }

  private static SinkClients sinkClients() {
    return SinkClients.directed(
        (builder, service) -> {
          builder.endpointOverride(
              switch (service) {
                case "kinesis" -> aws.kinesisEndpoint();
                case "firehose" -> aws.firehoseEndpoint();
                default -> aws.endpoint(AwsService.SQS);
              });
          builder.region(Region.of(aws.region()));
          builder.credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())));
        });
  }

  private ConsumerApplication open(Map<String, String> settings) {
    return ConsumerApplication.open(
        ConsumerSettings.from(new dev.sluice.enricher.Settings(settings::get)),
        stream.clients.withSinks(sinkClients()),
        Failpoints.NONE,
        java.time.Clock.systemUTC());
  }

  private void createStream(String name) {
    stream.kinesis().createStream(r -> r.streamName(name).shardCount(1)).join();
    await()
        .atMost(LocalStream.PATIENCE)
        .until(
            () ->
                stream
                    .kinesis()
                    .describeStreamSummary(r -> r.streamName(name))
                    .join()
                    .streamDescriptionSummary()
                    .streamStatusAsString()
                    .equals("ACTIVE"));
  }

  private void putBroken(String line) {
    stream
        .kinesis()
        .putRecord(
            r ->
                r.streamName(stream.name)
                    .partitionKey("sluice-redrive-2-ab")
                    .data(SdkBytes.fromUtf8String(line)))
        .join();
  }

  private List<String> linesOfStream(String name) {
    var lines = new ArrayList<String>();
    for (Shard shard : stream.kinesis().listShards(r -> r.streamName(name)).join().shards()) {
      String iterator =
          stream
              .kinesis()
              .getShardIterator(
                  r ->
                      r.streamName(name)
                          .shardId(shard.shardId())
                          .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .join()
              .shardIterator();
      long behind = 1;
      while (behind > 0) {
        String from = iterator;
        var answer = stream.kinesis().getRecords(r -> r.shardIterator(from)).join();
        answer.records().forEach(record -> lines.add(record.data().asUtf8String()));
        iterator = answer.nextShardIterator();
        behind = answer.millisBehindLatest();
      }
    }
    return lines;
  }

  private static Set<String> ids(List<String> lines) {
    var ids = new HashSet<String>();
    lines.forEach(json -> ids.add(json.replaceFirst(".*\"request\":\"GET /(\\S+) HTTP.*", "$1")));
    return ids;
  }

  private static Set<String> eventIds(List<String> lines) {
    var ids = new HashSet<String>();
    lines.forEach(json -> ids.add(json.replaceFirst(".*\"event_id\":\"([^\"]+)\".*", "$1")));
    return ids;
  }

  private void runUntil(Map<String, String> settings, Supplier<Boolean> done) throws Exception {
    try (ConsumerApplication consumer = open(settings)) {
      CompletableFuture<Integer> exit = LocalStream.start(consumer);
      await().atMost(LocalStream.PATIENCE).until(done::get);
      consumer.stop();
      assertThat(exit.get(LocalStream.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(ConsumerApplication.EXIT_OK);
    }
  }

  @Test
  void everySinkHasEveryLineAndTheBooksBalance() throws Exception {
    String second = "second-" + stream.application;
    createStream(second);
    FirehoseStream delivery =
        aws.firehose()
            .create(
                FirehoseStreamOptions.to(
                        "delivery-" + stream.application.substring(0, 20), stream.bucket)
                    .withPrefix("delivered/"));
    Path file = folder.resolve("lines.ndjson");
    stream.put(700);
    putBroken("no log line");
    Map<String, String> settings = new HashMap<>(stream.settings());
    settings.put("SINKS", "s3,kinesis,firehose,file");
    settings.put("SINK_STREAM_NAME", second);
    settings.put("SINK_PARTITION_KEY", "request");
    settings.put("SINK_DELIVERY_STREAM", delivery.options().name());
    settings.put("SINK_FILE", file.toString());
    settings.put("REJECTS", "sqs");
    settings.put("DEAD_LETTER_QUEUE_URL", queueUrl);
    aws.kinesis().faults().failPutRecordsEntries(0.3, 11);
    aws.firehose().faults().failBatchEntries(0.3, 12);
    runUntil(settings, () -> stream.ids().size() >= stream.sent.size());

    delivery.flush();
    assertThat(stream.ids()).containsExactlyInAnyOrderElementsOf(stream.sent);
    var audit = stream.audit();
    assertThat(audit.findings()).isEmpty();
    assertThat(audit.in()).isEqualTo(stream.sent.size() + 1);
    assertThat(audit.rejected()).isEqualTo(1);
    Set<String> eventIds = eventIds(stream.lines());
    assertThat(eventIds).hasSize(stream.sent.size());
    for (List<String> lines :
        List.of(linesOfStream(second), Files.readAllLines(file), delivered())) {
      assertThat(ids(lines)).containsExactlyInAnyOrderElementsOf(stream.sent);
      assertThat(eventIds(lines)).isEqualTo(eventIds);
    }
    List<Message> dead = sqs.receiveMessage(r -> r.queueUrl(queueUrl)).messages();
    assertThat(dead)
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.body())
                    .contains(
                        "\"application\":\"" + stream.application,
                        "\"reason\":",
                        "\"attempt\":2",
                        "\"raw\":\"bm8gbG9nIGxpbmU=\""));
  }

  private List<String> delivered() {
    var lines = new ArrayList<String>();
    stream
        .s3()
        .listObjectsV2Paginator(r -> r.bucket(stream.bucket).prefix("delivered/"))
        .contents()
        .forEach(
            object ->
                stream
                    .s3()
                    .getObjectAsBytes(r -> r.bucket(stream.bucket).key(object.key()))
                    .asUtf8String()
                    .lines()
                    .forEach(lines::add));
    return lines;
  }

  @Test
  void writesWithoutS3AndGoesOnFromItsCheckpoint() throws Exception {
    Path file = folder.resolve("lines.ndjson");
    Map<String, String> settings = new HashMap<>(stream.settings());
    settings.remove("OUTPUT_BUCKET");
    settings.put("SINKS", "file");
    settings.put("SINK_FILE", file.toString());
    settings.put("REJECTS", "sqs");
    settings.put("DEAD_LETTER_QUEUE_URL", queueUrl);
    stream.put(200);
    Supplier<Boolean> allIn = () -> ids(readLines(file)).size() >= stream.sent.size();
    runUntil(settings, allIn);
    stream.put(100);
    runUntil(settings, allIn);
    // A lease that moves meanwhile may bring lines again: at least once.
    assertThat(ids(readLines(file))).containsExactlyInAnyOrderElementsOf(stream.sent);
  }

  private static List<String> readLines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void namesASinkThatIsNotThere() {
    Map<String, String> settings = new HashMap<>(stream.settings());
    settings.put("SINKS", "s3,kinesis");
    settings.put("SINK_STREAM_NAME", "nowhere");
    assertCannotStart(settings, "Kinesis, sink stream nowhere");
    settings.remove("SINK_STREAM_NAME");
    settings.put("SINKS", "s3,firehose");
    settings.put("SINK_DELIVERY_STREAM", "nowhere");
    assertCannotStart(settings, "Firehose, stream nowhere");
    settings.remove("SINK_DELIVERY_STREAM");
    settings.put("SINKS", "s3,file");
    settings.put("SINK_FILE", folder.resolve("no/such/file").toString());
    assertCannotStart(settings, "cannot write to the file");
    settings.remove("SINK_FILE");
    settings.put("SINKS", "s3");
    settings.put("REJECTS", "sqs");
    settings.put("DEAD_LETTER_QUEUE_URL", queueUrl + "-not");
    assertCannotStart(settings, "SQS, queue ");
  }

  private void assertCannotStart(Map<String, String> settings, String message) {
    assertThatThrownBy(() -> open(settings).close())
        .isInstanceOf(CannotStartException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(message).doesNotContain("\n"));
  }
}
