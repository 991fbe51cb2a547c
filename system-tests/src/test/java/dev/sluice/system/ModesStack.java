package dev.sluice.system;

import dev.sluice.consumer.AwsClients;
import dev.sluice.consumer.audit.AuditReport;
import dev.sluice.consumer.audit.LeaseCheckpoints;
import dev.sluice.consumer.audit.TileAudit;
import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.recording.MetricValue;
import dev.sluice.local.recording.SnsMessage;
import dev.sluice.producers.ReplayClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The embedded stack with a log's stream, the stream behind the first stage, a bucket and a topic;
 * and the applications that read them, each in a process of its own.
 */
final class ModesStack implements AutoCloseable {
  static final String LOG_STREAM = "modes-log";
  static final String BASIC_STREAM = "modes-basic";
  static final String BUCKET = "sluice-modes";
  static final String PREFIX = "out";
  static final int SHARDS = 2;

  /** The four applications. */
  enum Application {
    BASIC(
        LOG_STREAM,
        Map.of("OUTPUT_BUCKET", BUCKET, "SINKS", "s3,kinesis", "SINK_STREAM_NAME", BASIC_STREAM)),
    ADVANCED(
        BASIC_STREAM,
        Map.of(
            "OUTPUT_BUCKET", BUCKET,
            "LOG_FORMAT", "flat",
            "MAX_LINE_BYTES", "1048576",
            "OUTPUT_GROUPS", "event_id",
            "GEOIP_CITY_DATABASE", Path.of("..", "samples", "geo.mmdb").toString())),
    ALERTS(
        LOG_STREAM,
        Map.of(
            "MODE", "alerts",
            "ALERT_RULES", "errors measure=error-rate above=10% window=1m min=20",
            "ALERT_CLEAR_WINDOWS", "2",
            "EVENT_LATENESS", "3m")),
    METRICS(LOG_STREAM, Map.of("MODE", "metrics", "EVENT_LATENESS", "3m"));

    private final String stream;
    private final Map<String, String> settings;

    Application(String stream, Map<String, String> settings) {
      this.stream = stream;
      this.settings = settings;
    }

    String applicationName() {
      return "modes-" + name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Pattern OPENED = Pattern.compile("shardId-\\d+: opened");

  private final EmbeddedAws aws = EmbeddedAws.start();
  private final AwsClients clients;
  private final KinesisClient kinesis;
  private final String topicArn;
  private final Path folder = Path.of("target", "system-tests", "modes");

  ModesStack() {
    clients =
        AwsClients.open(
            new AwsClients.LocalStack(
                    aws.kinesisEndpoint(),
                    aws.dynamoDbEndpoint(),
                    aws.s3Endpoint(),
                    aws.region(),
                    aws.accessKeyId(),
                    aws.secretAccessKey())
                .with(aws.endpoint(AwsService.SNS), aws.endpoint(AwsService.CLOUDWATCH)));
    kinesis =
        ReplayClient.builder()
            .endpointOverride(aws.kinesisEndpoint())
            .region(Region.of(aws.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())))
            .build();
    for (String stream : List.of(LOG_STREAM, BASIC_STREAM)) {
      kinesis.createStream(create -> create.streamName(stream).shardCount(SHARDS));
      kinesis.waiter().waitUntilStreamExists(describe -> describe.streamName(stream));
    }
    clients.s3().createBucket(create -> create.bucket(BUCKET));
    try (SnsClient sns = clients.sns().get()) {
      topicArn = sns.createTopic(create -> create.name("modes")).topicArn();
    }
  }

  KinesisClient kinesis() {
    return kinesis;
  }

  S3Client s3() {
    return clients.s3();
  }

  /**
   * Starts an application with short timings and small tiles. When it is armed it stops where its
   * lines are in all sinks and its commit is not yet made.
   *
   * @param run names the files with its output
   */
  ChildProcess start(Application application, String run) {
    try {
      Files.deleteIfExists(arming(application, run)); // of a run that was interrupted
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var environment = new HashMap<>(aws.environment());
    environment.putAll(
        Map.of(
            "STREAM_NAME", application.stream,
            "APPLICATION_NAME", application.applicationName(),
            "S3_PATH_STYLE", "true",
            "OUTPUT_PREFIX", PREFIX,
            "MAX_TILE_RECORDS", "500",
            "MAX_TILE_AGE", "500ms",
            "CHECKPOINT_INTERVAL", "1s",
            "KCL_TIMINGS", "quick",
            "PREPARE_LEASES", "true"));
    environment.putAll(application.settings);
    if (application == Application.ALERTS) {
      environment.put("ALERT_TOPIC_ARN", topicArn);
    }
    return ChildProcess.start(
        folder,
        application.applicationName() + '-' + run,
        environment,
        ArmedConsumer.class.getName(),
        ArmedConsumer.Point.BEFORE_COMMIT.name(),
        "0",
        arming(application, run).toString());
  }

  private Path arming(Application application, String run) {
    return folder.resolve(application.applicationName() + '-' + run + ".armed");
  }

  /** Arms an application: it stands still before its next commit. */
  void stopBeforeCommit(Application application, String run) {
    try {
      Files.write(arming(application, run), new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until an application that was armed stands still. */
  static void awaitStopped(ChildProcess process) {
    process.await("the failpoint reached", () -> process.out().contains(ArmedConsumer.REACHED));
  }

  /** Waits until a process has taken over so many shards. */
  static void awaitShards(ChildProcess process, int shards) {
    process.await(
        shards + " shards taken over",
        () -> OPENED.matcher(process.err()).results().count() >= shards);
  }

  /** Splits the first shard of the log's stream. */
  void split() {
    Shard parent = kinesis.listShards(list -> list.streamName(LOG_STREAM)).shards().get(0);
    BigInteger start = new BigInteger(parent.hashKeyRange().startingHashKey());
    BigInteger end = new BigInteger(parent.hashKeyRange().endingHashKey());
    kinesis.splitShard(
        split ->
            split
                .streamName(LOG_STREAM)
                .shardToSplit(parent.shardId())
                .newStartingHashKey(start.add(end).shiftRight(1).toString()));
  }

  /** Requests of each minute that CloudWatch has now, by the start of the minute. */
  Map<Instant, Long> countedMinutes() {
    var minutes = new TreeMap<Instant, Long>();
    for (MetricValue value : aws.cloudWatch().values()) {
      if (value.name().equals("Requests") && value.dimensions().size() == 1) {
        minutes.merge(value.timestamp(), (long) value.sum(), Long::sum);
      }
    }
    return minutes;
  }

  /** Lines that CloudWatch was told of, but in no minute of theirs. */
  long outOfTime() {
    return aws.cloudWatch().values().stream()
        .filter(value -> value.name().equals("LateLines") || value.name().equals("AheadLines"))
        .mapToLong(value -> (long) value.sum())
        .sum();
  }

  /** Ids of all alerts so far, in the order in which they came. */
  List<String> alerts() {
    return aws.sns().messages().stream()
        .map(SnsMessage::attributes)
        .map(attributes -> attributes.get("alert_id"))
        .toList();
  }

  AuditReport audit(Application application) {
    return new TileAudit(
            clients.s3(),
            BUCKET,
            PREFIX + '/' + application.applicationName(),
            name -> LeaseCheckpoints.read(clients.dynamoDb(), name),
            Clock.systemUTC())
        .run(false);
  }

  @Override
  public void close() {
    kinesis.close();
    clients.close();
    aws.close();
  }
}
