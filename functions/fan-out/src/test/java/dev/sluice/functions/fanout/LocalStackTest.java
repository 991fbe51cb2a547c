package dev.sluice.functions.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.functions.fanout.alerts.AlertsMode;
import dev.sluice.functions.fanout.enrich.EnrichMode;
import dev.sluice.functions.fanout.enrich.StreamLines;
import dev.sluice.functions.fanout.event.KplBytes;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.event.StreamRecord;
import dev.sluice.functions.fanout.sending.Attempts;
import dev.sluice.functions.fanout.sending.PartialCalls;
import dev.sluice.invocation.InvocationLog;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.lambda.DirectContext;
import dev.sluice.local.recording.SnsMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;

/** Out of a stream, through the function, into S3, a second stream and a topic. */
class LocalStackTest {
  private static final String SHARD = "shardId-000000000000";

  private static EmbeddedAws aws;
  private static KinesisClient kinesis;
  private static S3Client s3;
  private static DynamoDbClient dynamoDb;
  private static SnsClient sns;

  private final List<String> log = new ArrayList<>();
  private final Random random = new Random(20_261_122);
  private final Attempts attempts = new Attempts(3, pause -> {}, random);

  @BeforeAll
  static void start() {
    aws = EmbeddedAws.start();
    kinesis = set(KinesisClient.builder()).endpointOverride(aws.kinesisEndpoint()).build();
    s3 = set(S3Client.builder()).endpointOverride(aws.s3Endpoint()).forcePathStyle(true).build();
    dynamoDb = set(DynamoDbClient.builder()).endpointOverride(aws.dynamoDbEndpoint()).build();
    sns = set(SnsClient.builder()).endpointOverride(aws.sns().endpoint()).build();
    s3.createBucket(create -> create.bucket("out"));
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B set(
      B builder) {
    return builder
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .region(Region.of(aws.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())));
  }

  @AfterAll
  static void stop() {
    sns.close();
    dynamoDb.close();
    s3.close();
    kinesis.close();
    aws.close();
  }

  private static void createStream(String name) {
    kinesis.createStream(create -> create.streamName(name).shardCount(1));
    while (kinesis
            .describeStreamSummary(d -> d.streamName(name))
            .streamDescriptionSummary()
            .streamStatus()
        != StreamStatus.ACTIVE) {
      Thread.onSpinWait();
    }
  }

  private static void put(String stream, byte[] data) {
    kinesis.putRecord(
        put -> put.streamName(stream).partitionKey("key").data(SdkBytes.fromByteArray(data)));
  }

  /** All records of the stream's one shard, as a mapping would send them. */
  private static StreamBatch batch(String stream) {
    String iterator =
        kinesis
            .getShardIterator(
                get ->
                    get.streamName(stream)
                        .shardId(SHARD)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    var records = new ArrayList<StreamRecord>();
    for (Record record : kinesis.getRecords(get -> get.shardIterator(iterator)).records()) {
      records.add(
          new StreamRecord(
              record.sequenceNumber(),
              record.approximateArrivalTimestamp().toEpochMilli(),
              record.partitionKey(),
              record.data().asByteArray()));
    }
    return new StreamBatch(stream, SHARD, records);
  }

  private String answer(BatchMode mode, StreamBatch batch) throws IOException {
    var handler =
        new FanOutHandler(
            mode,
            Duration.ofSeconds(10),
            new InvocationLog(log::add, "function", Optional.empty()),
            Clock.systemUTC());
    var response = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(TestBatch.event(batch)),
        response,
        new DirectContext("request-1", () -> 60_000));
    return response.toString(UTF_8);
  }

  private static List<String> lines(String key) throws IOException {
    byte[] object = s3.getObjectAsBytes(get -> get.bucket("out").key(key)).asByteArray();
    try (var in = new GZIPInputStream(new ByteArrayInputStream(object))) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  @Test
  void linesOfAStreamGoIntoS3AndIntoTheSecondStream() throws IOException {
    createStream("raw");
    createStream("second");
    String line = TestLines.line("81.2.69.142", "10:15:30", 200, "/product.php");
    put("raw", line.getBytes(UTF_8));
    put("raw", KplBytes.aggregate(List.of(line.getBytes(UTF_8), "broken".getBytes(UTF_8))));
    StreamBatch batch = batch("raw");
    assertThat(batch.records()).hasSize(2);

    FanOutFunctionSettings settings =
        TestLines.settings("SINKS", "s3,kinesis", "SINK_STREAM_NAME", "second");
    var mode =
        new EnrichMode(
            settings.enrich(),
            LineWork.of(TestLines.enricher(settings)),
            AwsClients.objects(s3, "out"),
            Optional.of(
                new StreamLines(
                    AwsClients.records(kinesis, "second"),
                    "random",
                    1 << 20,
                    new PartialCalls(attempts),
                    random)),
            attempts);
    assertThat(answer(mode, batch)).isEqualTo("{\"batchItemFailures\":[]}");
    List<String> keys =
        s3.listObjectsV2(list -> list.bucket("out")).contents().stream()
            .map(object -> object.key())
            .toList();
    assertThat(keys).hasSize(2);
    assertThat(keys.get(0)).endsWith("/" + batch.first().sequenceNumber() + ".ndjson.gz");
    List<String> enriched = lines(keys.get(0));
    assertThat(enriched).hasSize(2);
    assertThat(s3.headObject(head -> head.bucket("out").key(keys.get(0))).metadata())
        .containsEntry("sluice-rejects-key", keys.get(1))
        .containsEntry("sluice-in", "3");
    assertThat(lines(keys.get(1))).singleElement().asString().contains("\"subSequenceNumber\":1");
    assertThat(
            batch("second").records().stream()
                .map(record -> new String(record.data(), UTF_8))
                .sorted())
        .isEqualTo(enriched.stream().sorted().toList());
    assertThat(log).singleElement().asString().contains("\"lines_sent\":2");
  }

  @Test
  void aBurstIsToldOnceAndItsEndOnce() throws IOException {
    dynamoDb.createTable(
        create ->
            create
                .tableName("states")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder().attributeName("Shard").keyType(KeyType.HASH).build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("Shard")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
    String topic = sns.createTopic(create -> create.name("alerts")).topicArn();
    createStream("bursts");
    for (int minute = 0; minute < 12; minute++) {
      var lines = new StringBuilder();
      for (int i = 0; i < 60; i++) {
        int status = minute == 2 && i % 2 == 0 ? 500 : 200;
        String time = "10:%02d:%02d".formatted(minute, i);
        lines.append(TestLines.line("10.0.0.1", time, status, "/")).append('\n');
      }
      put("bursts", lines.toString().getBytes(UTF_8));
    }
    StreamBatch all = batch("bursts");
    FanOutFunctionSettings settings =
        TestLines.settings(
            "MODE", "alerts", "ALERT_TOPIC_ARN", topic, "ALERT_STATE_TABLE", "states");
    for (int record = 0; record < all.records().size(); record++) {
      // A new environment each time, and each batch twice.
      for (int time = 0; time < 2; time++) {
        AlertsMode mode =
            AlertsMode.open(
                settings.fanOut().decisions(),
                "app",
                LineWork.of(TestLines.enricher(settings)),
                dynamoDb,
                "states",
                sns,
                topic,
                attempts,
                Clock.systemUTC());
        assertThat(answer(mode, TestBatch.part(all, record, record + 1)))
            .isEqualTo("{\"batchItemFailures\":[]}");
      }
    }
    List<SnsMessage> messages = aws.sns().messages();
    long burst = Instant.parse("2025-10-28T10:02:00Z").getEpochSecond();
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).subject()).isEqualTo("RAISED errors (bursts, " + SHARD + ")");
    assertThat(messages.get(0).message()).contains("60 requests, 30 errors");
    assertThat(messages.get(0).attributes())
        .containsEntry("alert_id", "errors-RAISED-" + burst + "-" + SHARD)
        .containsEntry("stream", "bursts")
        .containsEntry("shard", SHARD);
    assertThat(messages.get(1).attributes()).containsEntry("kind", "CLEARED");
  }
}
