package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.consumer.AwsClients;
import dev.sluice.consumer.ConsumerApplication;
import dev.sluice.consumer.ConsumerSettings;
import dev.sluice.consumer.audit.TileKey;
import dev.sluice.consumer.sinks.SinkClients;
import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.enricher.Settings;
import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.samples.SyntheticLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A stream and the application that reads it, once set wrongly and once mended. */
final class MendedStream implements AutoCloseable {
  static final String BUCKET = "mended";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final EmbeddedAws aws;
  private final String name;
  private final SinkClients sinks;
  private final AwsClients clients;
  private final KinesisClient kinesis;

  /** Creates the stream. The name is that of the application, too. */
  MendedStream(EmbeddedAws aws, String name) {
    this.aws = aws;
    this.name = name;
    sinks = SinkClients.directed((builder, service) -> direct(builder, endpoint(service)));
    clients =
        AwsClients.open(
                new AwsClients.LocalStack(
                    aws.kinesisEndpoint(),
                    aws.dynamoDbEndpoint(),
                    aws.s3Endpoint(),
                    aws.region(),
                    aws.accessKeyId(),
                    aws.secretAccessKey()))
            .withSinks(sinks);
    kinesis = sinks.kinesis().get();
    kinesis.createStream(r -> r.streamName(name).shardCount(1));
    kinesis.waiter().waitUntilStreamExists(r -> r.streamName(name));
  }

  private URI endpoint(String service) {
    return service.equals("kinesis") ? aws.kinesisEndpoint() : aws.endpoint(AwsService.SQS);
  }

  private void direct(AwsClientBuilder<?, ?> builder, URI endpoint) {
    builder.endpointOverride(endpoint);
    builder.region(Region.of(aws.region()));
    builder.credentialsProvider(
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())));
  }

  private S3Client openS3() {
    var builder = S3Client.builder().forcePathStyle(true);
    direct(builder, aws.s3Endpoint());
    return builder.build();
  }

  private DynamoDbAsyncClient openDynamoDb() {
    var builder = DynamoDbAsyncClient.builder();
    direct(builder, aws.dynamoDbEndpoint());
    return builder.build();
  }

  /** Puts each line as a record of its own. */
  void put(List<String> lines) {
    var entries =
        lines.stream()
            .map(
                line ->
                    PutRecordsRequestEntry.builder()
                        .partitionKey("any")
                        .data(SdkBytes.fromString(line, StandardCharsets.UTF_8))
                        .build())
            .toList();
    assertThat(kinesis.putRecords(r -> r.streamName(name).records(entries)).failedRecordCount())
        .isZero();
  }

  /**
   * Runs the consumer until it has dealt with so many lines.
   *
   * @return enriched lines, and rejected ones
   */
  Map<String, Long> consume(int lines, Map<String, String> settings) {
    var values =
        new HashMap<>(
            Map.of(
                "STREAM_NAME", name,
                "APPLICATION_NAME", name,
                "OUTPUT_BUCKET", BUCKET,
                "S3_PATH_STYLE", "true",
                "MAX_TILE_AGE", "500ms",
                "CHECKPOINT_INTERVAL", "1s",
                "KCL_TIMINGS", "quick",
                "PREPARE_LEASES", "true"));
    values.putAll(settings);
    try (var consumer =
        ConsumerApplication.open(
            ConsumerSettings.from(new Settings(values::get)),
            clients,
            Failpoints.NONE,
            Clock.systemUTC())) {
      var exit = CompletableFuture.supplyAsync(consumer::run);
      await()
          .atMost(PATIENCE)
          .failFast(exit::isDone)
          .until(() -> counted(consumer, "Enriched") + counted(consumer, "Rejected") >= lines);
      consumer.stop();
      assertThat(exit.join()).isEqualTo(ConsumerApplication.EXIT_OK);
      return Map.of(
          "enriched", counted(consumer, "Enriched"), "rejected", counted(consumer, "Rejected"));
    }
  }

  private static long counted(ConsumerApplication consumer, String outcome) {
    return (long)
        consumer.meters().find(outcome + "Lines").counters().stream()
            .mapToDouble(counter -> counter.count())
            .sum();
  }

  /** {@code ./sluice redrive --stream}, with further arguments. */
  CommandRun redrive(String... arguments) {
    var all = new ArrayList<>(List.of("--stream", name));
    all.addAll(List.of(arguments));
    return CommandRun.of(
        Sluice.configured(new CommandLine(new RedriveCommand(sinks, this::openS3))),
        all.toArray(String[]::new));
  }

  /** {@code ./sluice audit} of the application. */
  CommandRun audit() {
    return CommandRun.of(
        Sluice.configured(new CommandLine(new AuditCommand(this::openS3, this::openDynamoDb))),
        folder());
  }

  /** Where the application writes to. */
  String folder() {
    return "s3://" + BUCKET + "/" + prefix();
  }

  private String prefix() {
    return ConsumerSettings.DEFAULT_OUTPUT_PREFIX + '/' + name;
  }

  /** Ids of all enriched lines in S3. */
  List<Long> enrichedIds() {
    var ids = new ArrayList<Long>();
    for (S3Object object :
        clients.s3().listObjectsV2Paginator(r -> r.bucket(BUCKET).prefix(prefix())).contents()) {
      if (TileKey.parse(object.key()).map(key -> !key.rejects()).orElse(false)) {
        try (var lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(
                        clients.s3().getObject(r -> r.bucket(BUCKET).key(object.key()))),
                    StandardCharsets.UTF_8))) {
          lines.lines().map(line -> SyntheticLine.findId(line).orElseThrow()).forEach(ids::add);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return ids;
  }

  @Override
  public void close() {
    kinesis.close();
    clients.close();
  }
}
