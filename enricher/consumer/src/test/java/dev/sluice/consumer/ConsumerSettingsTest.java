package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.sluice.consumer.ConsumerSettings.KclMetrics;
import dev.sluice.consumer.ConsumerSettings.KclTimings;
import dev.sluice.consumer.ConsumerSettings.RecordDelivery;
import dev.sluice.consumer.sinks.SinkSettings;
import dev.sluice.consumer.tiles.InitialPosition;
import dev.sluice.consumer.tiles.TileLimits;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.enricher.profile.FlatKey;
import dev.sluice.enricher.profile.OutputGroup;
import dev.sluice.enricher.profile.OutputSettings;
import dev.sluice.fanout.FanOutConfig;
import dev.sluice.fanout.FanOutMode;
import dev.sluice.fanout.FanOutSettings;
import dev.sluice.lookups.LookupSettings;
import dev.sluice.lookups.database.DatabaseLocations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsumerSettingsTest {
  private static final Map<String, String> REQUIRED =
      Map.of("STREAM_NAME", "logs", "APPLICATION_NAME", "app", "OUTPUT_BUCKET", "bucket");

  private static ConsumerSettings read(Map<String, String> values) {
    return ConsumerSettings.from(new Settings(values::get));
  }

  private static Map<String, String> with(String... keysAndValues) {
    var values = new HashMap<>(REQUIRED);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return values;
  }

  @Test
  void everythingButThreeNamesHasADefault() {
    assertThat(read(REQUIRED))
        .isEqualTo(
            new ConsumerSettings(
                "logs",
                "app",
                "bucket",
                "enriched",
                ZoneId.of("Z"),
                RecordDelivery.FAN_OUT,
                InitialPosition.Kind.TRIM_HORIZON,
                Optional.empty(),
                new TileLimits(8 * 1024 * 1024, 100_000, Duration.ofSeconds(60)),
                Duration.ofSeconds(10),
                1_000,
                KclTimings.PRODUCTION,
                false,
                KclMetrics.NONE,
                false,
                "127.0.0.1",
                0,
                Duration.ofMinutes(5),
                Duration.ofSeconds(15),
                EnricherSettings.defaults(),
                DatabaseLocations.NONE,
                Duration.ofMinutes(1),
                LookupSettings.from(new Settings(key -> null), EnricherSettings.defaults()),
                SinkSettings.from(new Settings(key -> null), "logs"),
                FanOutConfig.from(new Settings(key -> null), EnricherSettings.defaults()),
                new OperationSettings(
                    Duration.ofMinutes(2), false, "Sluice/Consumer", Duration.ofMinutes(1))));
  }

  @Test
  void readsEveryKey() {
    ConsumerSettings settings =
        read(
            with(
                "OUTPUT_PREFIX", "a/b",
                "PARTITION_ZONE", "Europe/Paris",
                "RECORD_DELIVERY", "polling",
                "INITIAL_POSITION", "at-timestamp",
                "INITIAL_TIMESTAMP", "2026-01-31T12:00:00Z",
                "MAX_TILE_BYTES", "1000",
                "MAX_TILE_RECORDS", "10",
                "MAX_TILE_AGE", "3s",
                "GZIP_LEVEL", "6",
                "CHECKPOINT_INTERVAL", "1s",
                "MAX_LEASES", "7",
                "KCL_TIMINGS", "quick",
                "PREPARE_LEASES", "true",
                "KCL_METRICS", "summary",
                "S3_PATH_STYLE", "true",
                "HTTP_HOST", "0.0.0.0",
                "HTTP_PORT", "9090",
                "HEALTH_MAX_UNCOMMITTED_AGE", "2m",
                "SHUTDOWN_GRACE", "19s",
                "GEOIP_RELOAD_INTERVAL", "1s",
                "MAX_LINE_BYTES", "500",
                "LOOKUP_DEADLINE", "2s",
                "SINK_MAX_CALLS", "3",
                "STALL_TIMEOUT", "10s",
                "CLOUDWATCH_METRICS", "true",
                "CLOUDWATCH_METRICS_NAMESPACE", "Logs/Consumer",
                "CLOUDWATCH_METRICS_INTERVAL", "5m",
                "METRICS_NAMESPACE", "Web/Logs",
                "METRICS_TOP", "5"));
    assertThat(settings)
        .isEqualTo(
            new ConsumerSettings(
                "logs",
                "app",
                "bucket",
                "a/b",
                ZoneId.of("Europe/Paris"),
                RecordDelivery.POLLING,
                InitialPosition.Kind.AT_TIMESTAMP,
                Optional.of(Instant.parse("2026-01-31T12:00:00Z")),
                new TileLimits(1_000, 10, Duration.ofSeconds(3), 6),
                Duration.ofSeconds(1),
                7,
                KclTimings.QUICK,
                true,
                KclMetrics.SUMMARY,
                true,
                "0.0.0.0",
                9090,
                Duration.ofMinutes(2),
                Duration.ofSeconds(19),
                EnricherSettings.defaults().withMaxLineBytes(500),
                DatabaseLocations.NONE,
                Duration.ofSeconds(1),
                LookupSettings.from(
                    new Settings(Map.of("LOOKUP_DEADLINE", "2s")::get),
                    EnricherSettings.defaults()),
                SinkSettings.from(new Settings(Map.of("SINK_MAX_CALLS", "3")::get), "logs"),
                new FanOutConfig(
                    FanOutMode.ENRICH,
                    "",
                    "Web/Logs",
                    FanOutSettings.from(new Settings(Map.of("METRICS_TOP", "5")::get))),
                new OperationSettings(
                    Duration.ofSeconds(10), true, "Logs/Consumer", Duration.ofMinutes(5))));
  }

  @Test
  void reportsAllProblemsTogether() {
    var values = new HashMap<String, String>();
    values.put("APPLICATION_NAME", "a b");
    values.put("OUTPUT_PREFIX", "/x");
    values.put("INITIAL_TIMESTAMP", "2026-01-31T12:00:00Z");
    values.put("CHECKPOINT_INTERVAL", "500ms");
    values.put("SHUTDOWN_GRACE", "1m");
    values.put("GEOIP_RELOAD_INTERVAL", "999ms");
    values.put("STALL_TIMEOUT", "9s");
    values.put("CLOUDWATCH_METRICS_NAMESPACE", "AWS/Logs");
    values.put("HTTP_PORT", "70000");
    values.put("RECORD_DELIVERY", "pigeon");
    values.put("REFERENCE_TABLE", "hosts");
    assertThatThrownBy(() -> read(values))
        .asInstanceOf(type(InvalidSettingsException.class))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .hasSize(14)
                    .allMatch(problem -> !problem.contains("\n"))
                    .anyMatch(problem -> problem.startsWith("STREAM_NAME is not set"))
                    .anyMatch(problem -> problem.startsWith("APPLICATION_NAME is \"a b\""))
                    .anyMatch(problem -> problem.startsWith("OUTPUT_BUCKET is not set"))
                    .anyMatch(problem -> problem.startsWith("OUTPUT_PREFIX is \"/x\""))
                    .anyMatch(problem -> problem.startsWith("INITIAL_TIMESTAMP is set"))
                    .anyMatch(problem -> problem.startsWith("CHECKPOINT_INTERVAL is below 1s"))
                    .anyMatch(problem -> problem.startsWith("SHUTDOWN_GRACE is above 19s"))
                    .anyMatch(problem -> problem.startsWith("GEOIP_RELOAD_INTERVAL is below 1s"))
                    .anyMatch(problem -> problem.startsWith("STALL_TIMEOUT is below 10s"))
                    .anyMatch(problem -> problem.startsWith("CLOUDWATCH_METRICS_NAMESPACE is"))
                    .anyMatch(problem -> problem.startsWith("HTTP_PORT is \"70000\""))
                    .anyMatch(problem -> problem.startsWith("REFERENCE_KEY is not set"))
                    .anyMatch(problem -> problem.startsWith("REFERENCE_ATTRIBUTES is not set"))
                    .anyMatch(problem -> problem.startsWith("RECORD_DELIVERY is \"pigeon\"")));
  }

  @Test
  void atTimestampNeedsItsTimestamp() {
    assertThatThrownBy(() -> read(with("INITIAL_POSITION", "at-timestamp")))
        .hasMessageContaining("INITIAL_TIMESTAMP is not set");
    assertThatThrownBy(
            () -> read(with("INITIAL_POSITION", "at-timestamp", "INITIAL_TIMESTAMP", "noon")))
        .hasMessageContaining("INITIAL_TIMESTAMP is \"noon\"");
  }

  @Test
  void keepsTheOutputOutOfTheConsumersOwnFolder() {
    for (String prefix : new String[] {"_sluice", "_sluice/x", "a//b", "a/", "a b", "\u00e9"}) {
      assertThatThrownBy(() -> read(with("OUTPUT_PREFIX", prefix))).as(prefix).isNotNull();
    }
  }

  @Test
  void everySinkButS3SwitchesTheIdOfALineOn() {
    assertThat(read(REQUIRED).enricher().output()).isEqualTo(OutputSettings.CONTRACT);
    ConsumerSettings settings =
        read(with("SINKS", "s3,stdout", "OUTPUT_FIELDS", "host", "OUTPUT_GROUPS", "quality"));
    assertThat(settings.enricher().output().groups())
        .containsExactlyInAnyOrder(OutputGroup.QUALITY, OutputGroup.EVENT_ID);
    assertThat(settings.enricher().output().chosen())
        .containsExactlyInAnyOrder(FlatKey.HOST, FlatKey.EVENT_ID);
    assertThatThrownBy(() -> read(with("SINKS", "s3,stdout", "OMIT_FIELDS", "bytes, event_id")))
        .hasMessageContaining("OMIT_FIELDS names event_id, which every sink but s3 needs");
  }

  @Test
  void withoutS3ThereIsNoBucketAndNothingThatIsKeptInOne() {
    Map<String, String> values =
        with(
            "SINKS", "stdout",
            "REJECTS", "sqs",
            "DEAD_LETTER_QUEUE_URL", "https://sqs/1/dead",
            "INITIAL_POSITION", "latest");
    assertThatThrownBy(() -> read(values))
        .asInstanceOf(type(InvalidSettingsException.class))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .containsExactlyInAnyOrder(
                        "OUTPUT_BUCKET is set, and SINKS has no s3",
                        "INITIAL_POSITION is latest, whose moment is kept in S3, but SINKS has no"
                            + " s3: set at-timestamp"));
    values.remove("OUTPUT_BUCKET");
    values.remove("INITIAL_POSITION");
    assertThat(read(values).outputBucket()).isEmpty();
  }

  @Test
  void onlyTheModeThatWritesLinesNeedsABucketAndOnlyAlertsATopic() {
    var values = new HashMap<>(Map.of("STREAM_NAME", "logs", "APPLICATION_NAME", "app"));
    values.put("MODE", "metrics");
    assertThat(read(values).outputBucket()).isEmpty();
    values.put("MODE", "alerts");
    values.put("ALERT_RULES", "odd measure=anomaly above=0");
    values.put("METRICS_NAMESPACE", "AWS/Lambda");
    assertThatThrownBy(() -> read(values))
        .asInstanceOf(type(InvalidSettingsException.class))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .hasSize(3)
                    .anyMatch(problem -> problem.startsWith("ALERT_TOPIC_ARN is not set"))
                    .anyMatch(problem -> problem.startsWith("ALERT_RULES has a rule with measure"))
                    .anyMatch(problem -> problem.startsWith("METRICS_NAMESPACE is")));
    values.put("ALERT_TOPIC_ARN", "alerts");
    assertThatThrownBy(() -> read(values)).hasMessageContaining("ALERT_TOPIC_ARN is \"alerts\"");
    values.put("ALERT_TOPIC_ARN", "arn:aws:sns:us-east-1:000000000000:alerts.fifo");
    values.remove("METRICS_NAMESPACE");
    values.put("LOG_FORMAT", "flat"); // an earlier stage may have flagged the lines
    assertThat(read(values).fanOut().mode()).isEqualTo(FanOutMode.ALERTS);
    values.put("SINKS", "stdout");
    assertThatThrownBy(() -> read(values))
        .hasMessageContaining("SINKS is set, and only MODE=enrich writes lines");
  }

  @Test
  void theTableOfKeysIsWhatIsRead() {
    Set<String> asked = new HashSet<>();
    ConsumerSettings.from(
        new Settings(
            key -> {
              asked.add(key);
              return REQUIRED.get(key);
            }));
    Set<String> ofTheEnricher = new HashSet<>();
    EnricherSettings.from(
        new Settings(
            key -> {
              ofTheEnricher.add(key);
              return null;
            }));
    asked.removeAll(ofTheEnricher);
    LookupSettings.keys().forEach(key -> asked.remove(key.name()));
    FanOutSettings.keys().forEach(key -> asked.remove(key.name()));
    assertThat(ConsumerSettings.keys())
        .extracting(SettingKey::name)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(asked);
  }

  @Test
  void theTableOfKeysHasTheDefaultsInForce() {
    var defaults = new HashMap<>(REQUIRED);
    for (SettingKey key : ConsumerSettings.keys()) {
      if (!key.defaultValue().isEmpty()) {
        defaults.put(key.name(), key.defaultValue());
      }
    }
    ConsumerSettings written = read(defaults);
    assertThat(written.layout(Instant.EPOCH)).isEqualTo(read(REQUIRED).layout(Instant.EPOCH));
    assertThat(written.tileLimits()).isEqualTo(read(REQUIRED).tileLimits());
    assertThat(written)
        .usingRecursiveComparison()
        .ignoringFields("partitionZone") // UTC and Z are one zone, see the layout
        .isEqualTo(read(REQUIRED));
  }
}
