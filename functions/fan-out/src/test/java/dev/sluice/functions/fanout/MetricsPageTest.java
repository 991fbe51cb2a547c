package dev.sluice.functions.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.SdkProperties;
import dev.sluice.local.lambda.DirectContext;
import dev.sluice.local.metrics.LoggedMetrics;
import dev.sluice.local.metrics.MetricTable;
import dev.sluice.local.metrics.MetricsPage;
import dev.sluice.local.recording.MetricValue;
import dev.sluice.samples.SampleGeo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Holds docs/metrics.md to the log lines of the function in each of its modes. */
class MetricsPageTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochMilli(TestBatch.ARRIVAL_MILLIS));

  private static final Instant GEOIP_BUILT = SampleGeo.metadata().buildTime();

  private static EmbeddedAws aws;
  private static SdkProperties properties;

  private final LoggedMetrics metrics = new LoggedMetrics();

  @BeforeAll
  static void start() {
    aws = EmbeddedAws.start();
    properties = SdkProperties.pointAt(aws);
    try (S3Client s3 =
            S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .forcePathStyle(true)
                .build();
        KinesisClient kinesis =
            KinesisClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
        DynamoDbClient dynamoDb =
            DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()) {
      s3.createBucket(create -> create.bucket("out"));
      kinesis.createStream(create -> create.streamName("second").shardCount(1));
      kinesis.waiter().waitUntilStreamExists(describe -> describe.streamName("second"));
      dynamoDb.createTable(
          create ->
              create
                  .tableName("states")
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(
                      KeySchemaElement.builder()
                          .attributeName("Shard")
                          .keyType(KeyType.HASH)
                          .build())
                  .attributeDefinitions(
                      AttributeDefinition.builder()
                          .attributeName("Shard")
                          .attributeType(ScalarAttributeType.S)
                          .build()));
    }
  }

  @AfterAll
  static void stop() {
    properties.close();
    aws.close();
  }

  private void invoke(String... keysAndValues) throws IOException {
    StreamBatch batch =
        TestBatch.ofText(
            1,
            line("31/Dec/2025:23:50:00"),
            line("01/Jan/2026:09:00:00"), // ahead of its arrival
            line("01/Jan/2005:00:00:00"), // too old
            "broken");
    new FanOutHandler(TestLines.settings(keysAndValues), "fan-out", metrics, CLOCK)
        .handleRequest(
            new ByteArrayInputStream(TestBatch.event(batch)),
            OutputStream.nullOutputStream(),
            new DirectContext("request-1", () -> 60_000));
  }

  private static String line(String time) {
    return "10.0.0.1 - - [%s +0000] \"GET /a.php HTTP/1.1\" 200 12 \"-\" \"curl/8.5.0\""
        .formatted(time);
  }

  private List<String> differences(String emitter, String dimension) throws IOException {
    MetricTable table = MetricsPage.ofThisCheckout().table(emitter);
    assertThat(table.setting()).isEqualTo("METRICS_NAMESPACE");
    var differences = new ArrayList<String>();
    assertThat(metrics.values()).isNotEmpty();
    differences.addAll(table.differences(metrics.names(table.namespace(), dimension)));
    return differences;
  }

  @Test
  void namesAllMetricsOfModeEnrich() throws IOException {
    // There is nothing to look lines up in: that is counted as well.
    invoke(
        "SINKS", "s3,kinesis",
        "SINK_STREAM_NAME", "second",
        "S3_PATH_STYLE", "true",
        "SEND_MAX_ATTEMPTS", "1",
        "REVERSE_DNS", "true",
        "REFERENCE_TABLE", "users",
        "REFERENCE_KEY", "name",
        "REFERENCE_FIELD", "user",
        "REFERENCE_ATTRIBUTES", "tier");
    assertThat(differences("fan-out-enrich", "function")).isEmpty();
    assertThat(metrics.values())
        .filteredOn(value -> value.name().equals("geoip_database_age_days"))
        .singleElement()
        .extracting(MetricValue::sum)
        .isEqualTo((double) Duration.between(GEOIP_BUILT, CLOCK.instant()).toDays());
  }

  @Test
  void namesAllMetricsOfModeAlerts() throws IOException {
    invoke(
        "MODE", "alerts",
        "ALERT_TOPIC_ARN", "arn:aws:sns:us-east-1:123456789012:alerts",
        "ALERT_STATE_TABLE", "states",
        "SEND_MAX_ATTEMPTS", "1");
    assertThat(differences("fan-out-alerts", "function")).isEmpty();
  }

  @Test
  void namesAllMetricsOfModeMetricsAndThoseThatItCounts() throws IOException {
    invoke("MODE", "metrics");
    assertThat(differences("fan-out-metrics", "function")).isEmpty();
    assertThat(differences("fan-out-minutes", "Stream")).isEmpty();
  }
}
