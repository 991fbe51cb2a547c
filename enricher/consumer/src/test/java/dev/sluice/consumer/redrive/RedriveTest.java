package dev.sluice.consumer.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.consumer.AwsClients;
import dev.sluice.consumer.audit.LeaseCheckpoints;
import dev.sluice.consumer.audit.TileAudit;
import dev.sluice.consumer.sinks.BatchSender;
import dev.sluice.consumer.sinks.SinkClients;
import dev.sluice.consumer.sinks.StreamPut;
import dev.sluice.consumer.tiles.AuditedShard;
import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.Pause;
import dev.sluice.consumer.tiles.RetryPolicy;
import dev.sluice.consumer.tiles.StoreException;
import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.EmbeddedAwsOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

class RedriveTest {
  private static final RetryPolicy EIGHT_ATTEMPTS =
      new RetryPolicy(8, Duration.ofMillis(1), Duration.ofMillis(5));
  private static final RedriveOptions ALL = new RedriveOptions(Long.MAX_VALUE, 3, false, false);

  private static EmbeddedAws aws;
  private static AwsClients clients;
  private static KinesisClient kinesis;
  private static SqsClient sqs;

  private final String bucket = "redrive-" + UUID.randomUUID();
  private final String stream = "stream-" + UUID.randomUUID();
  private AuditedShard shard;
  private String queueUrl;

  @BeforeAll
  static void startStack() {
    aws = EmbeddedAws.start(EmbeddedAwsOptions.defaults().withSqs(true));
    clients =
        AwsClients.open(
            new AwsClients.LocalStack(
                aws.kinesisEndpoint(),
                aws.dynamoDbEndpoint(),
                aws.s3Endpoint(),
                aws.region(),
                aws.accessKeyId(),
                aws.secretAccessKey()));
    SinkClients sinks =
        SinkClients.directed(
            (builder, service) -> {
              builder.endpointOverride(
                  service.equals("kinesis") ? aws.kinesisEndpoint() : aws.endpoint(AwsService.SQS));
              builder.region(Region.of(aws.region()));
              builder.credentialsProvider(
                  StaticCredentialsProvider.create(
                      AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())));
            });
    kinesis = sinks.kinesis().get();
    sqs = sinks.sqs().get();
  }

  @AfterAll
  static void stopStack() {
    sqs.close();
    kinesis.close();
    clients.close();
    aws.close();
  }

  @BeforeEach
  void fill() {
    s3().createBucket(r -> r.bucket(bucket));
    shard = AuditedShard.write(s3(), bucket);
    queueUrl = sqs.createQueue(r -> r.queueName(stream)).queueUrl();
    kinesis.createStream(r -> r.streamName(stream).shardCount(1));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                kinesis
                    .describeStreamSummary(r -> r.streamName(stream))
                    .streamDescriptionSummary()
                    .streamStatusAsString()
                    .equals("ACTIVE"));
  }

  @AfterEach
  void endFaults() {
    aws.kinesis().faults().clear();
  }

  private static S3Client s3() {
    return clients.s3();
  }

  private Redrive redrive(RedriveOptions options) {
    return new Redrive(
        new StreamPut(kinesis, stream, StreamPut.DEFAULT_RECORD_BYTES),
        options,
        new BatchSender(EIGHT_ATTEMPTS, Pause.SLEEP, new Random(5), ConsumerEvents.NONE),
        new Random(6),
        books -> {});
  }

  private RedriveBooks fromObjects(RedriveOptions options) {
    Redrive redrive = redrive(options);
    redrive.fromObjects(s3(), bucket, "enriched");
    return redrive.books();
  }

  private List<Record> inStream() {
    String iterator =
        kinesis
            .getShardIterator(
                r ->
                    r.streamName(stream)
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    return kinesis.getRecords(r -> r.shardIterator(iterator)).records();
  }

  @Test
  void putsTheRejectsOfTheCommitsBackOnceAndLeavesTheBooksOfTheTilesAlone() {
    RedriveBooks books = fromObjects(ALL);
    assertThat(books.read()).isEqualTo(2);
    assertThat(books.sent()).isEqualTo(2);
    assertThat(inStream())
        .hasSize(2)
        .allSatisfy(
            record -> {
              assertThat(record.data().asUtf8String()).isEqualTo("no log line");
              assertThat(RedriveKey.attempt(record.partitionKey())).isEqualTo(2);
            });

    RedriveBooks second = fromObjects(ALL);
    assertThat(second.read()).isZero();
    assertThat(second.finishedObjects()).isEqualTo(2);
    assertThat(inStream()).hasSize(2);
    assertThat(
            new TileAudit(
                    s3(),
                    bucket,
                    "enriched",
                    application ->
                        new LeaseCheckpoints(
                            Map.of(AuditedShard.SHARD_ID, LeaseCheckpoints.SHARD_END)),
                    InstantSource.system())
                .run(false)
                .findings())
        .isEmpty();

    RedriveBooks again = fromObjects(new RedriveOptions(Long.MAX_VALUE, 3, false, true));
    assertThat(again.sent()).isEqualTo(2);
    assertThat(inStream()).hasSize(4);
  }

  @Test
  void stopsAtTheLimitAndGoesOnThereTheNextTime() {
    var one = new RedriveOptions(1, 3, false, false);
    assertThat(fromObjects(one).sent()).isEqualTo(1);
    assertThat(inStream()).hasSize(1);
    assertThat(fromObjects(one).sent()).isEqualTo(1);
    assertThat(inStream()).hasSize(2);
    assertThat(fromObjects(one).sent()).isZero();
  }

  @Test
  void aDryRunOnlyCounts() {
    var dry = new RedriveOptions(Long.MAX_VALUE, 3, true, false);
    assertThat(fromObjects(dry).sent()).isEqualTo(2);
    assertThat(fromObjects(dry).sent()).isEqualTo(2);
    send("{\"raw\":\"YQ==\"}");
    Redrive redrive = redrive(dry);
    assertThat(redrive.fromQueue(sqs, queueUrl)).isEqualTo(1);
    assertThat(redrive.books().sent()).isZero();
    assertThat(inStream()).isEmpty();
  }

  @Test
  void leavesWhatWasTriedOftenEnough() {
    RedriveBooks books = fromObjects(new RedriveOptions(Long.MAX_VALUE, 1, false, false));
    assertThat(books.left()).containsOnly(Map.entry(Leftover.TRIED_TOO_OFTEN, 2L));
    assertThat(inStream()).isEmpty();
  }

  @Test
  void rejectsThatNoCommitNamesAreNotPutBackAndBrokenOnesAreCounted() {
    String named = shard.rejects().get(0);
    byte[] bytes = s3().getObjectAsBytes(r -> r.bucket(bucket).key(named)).asByteArray();
    s3().putObject(
            r -> r.bucket(bucket).key(named.replace("-run.", "-other.")),
            RequestBody.fromBytes(bytes));
    s3().putObject(
            r -> r.bucket(bucket).key(shard.rejects().get(1)), RequestBody.fromString("no gzip"));
    RedriveBooks books = fromObjects(ALL);
    assertThat(books.sent()).isEqualTo(1);
    assertThat(books.orphanedObjects()).isEqualTo(1);
    assertThat(books.unreadableObjects()).isEqualTo(1);
  }

  private void send(String body) {
    sqs.sendMessage(r -> r.queueUrl(queueUrl).messageBody(body));
  }

  @Test
  void putsMessagesBackAndRemovesExactlyThose() {
    for (int i = 0; i < 23; i++) {
      send("{\"reason\":\"BAD_REQUEST\",\"attempt\":1,\"raw\":\"YQ==\"}");
    }
    send("{\"reason\":\"BAD_REQUEST\",\"attempt\":3,\"raw\":\"Yg==\"}");
    send("{\"reason\":\"LINE_TOO_LONG\",\"attempt\":1,\"length\":9,\"raw\":\"Yg==\"}");
    send("{\"raw\":\"no base64!\"}");
    send("nothing of ours");
    send("{}");
    aws.kinesis().faults().failPutRecordsEntries(0.5, 3);
    Redrive redrive = redrive(ALL);
    redrive.fromQueue(sqs, queueUrl);
    assertThat(redrive.books().sent()).isEqualTo(23);
    assertThat(redrive.books().left())
        .containsOnly(
            Map.entry(Leftover.TRIED_TOO_OFTEN, 1L),
            Map.entry(Leftover.INCOMPLETE, 1L),
            Map.entry(Leftover.UNREADABLE, 3L));
    assertThat(inStream())
        .hasSize(23)
        .allSatisfy(record -> assertThat(record.data().asUtf8String()).isEqualTo("a"));
    var dry = redrive(new RedriveOptions(Long.MAX_VALUE, 3, true, false));
    assertThat(dry.fromQueue(sqs, queueUrl)).as("left in the queue").isEqualTo(5);
  }

  @Test
  void aMessageStaysUntilTheStreamHasItsLine() {
    send("{\"raw\":\"YQ==\"}");
    aws.kinesis().faults().failPutRecordsEntries(1, 3);
    Redrive redrive = redrive(ALL);
    assertThatThrownBy(() -> redrive.fromQueue(sqs, queueUrl))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("PutRecords to stream " + stream + " failed 8 times");
    assertThat(redrive.books().sent()).isZero();
    var dry = redrive(new RedriveOptions(Long.MAX_VALUE, 3, true, false));
    assertThat(dry.fromQueue(sqs, queueUrl)).isEqualTo(1);
  }
}
