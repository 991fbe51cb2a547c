package dev.sluice.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.firehose.FirehoseSettings.Metrics;
import dev.sluice.firehose.FirehoseSettings.Reingest;
import dev.sluice.firehose.FirehoseSettings.Traces;
import dev.sluice.firehose.FirehoseSettings.UnusableGeoIp;
import dev.sluice.firehose.partition.PartitionKey;
import dev.sluice.firehose.partition.PartitionSettings;
import dev.sluice.firehose.record.RecordRules;
import dev.sluice.firehose.record.Rejects;
import dev.sluice.lookups.LookupSettings;
import dev.sluice.lookups.database.RemoteDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FirehoseSettingsTest {
  private static final LookupSettings NO_LOOKUPS =
      LookupSettings.from(new Settings(key -> null), EnricherSettings.defaults());

  private static FirehoseSettings read(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return FirehoseSettings.from(new Settings(values::get));
  }

  @Test
  void everythingHasADefault() {
    assertThat(read())
        .isEqualTo(
            new FirehoseSettings(
                EnricherSettings.defaults(),
                List.of(),
                new RecordRules(Rejects.FAIL, true, 4 * 1024 * 1024),
                Optional.empty(),
                6_291_456,
                Reingest.DIRECT_PUT,
                5,
                Duration.ofSeconds(10),
                new PartitionSettings(List.of(), ZoneId.of("Z"), 100, Duration.ofMinutes(5)),
                UnusableGeoIp.REFUSE,
                Duration.ofMinutes(5),
                Metrics.EMF,
                "Sluice/Firehose",
                NO_LOOKUPS,
                Traces.OFF));
  }

  @Test
  void everyKeyCanBeSet() {
    assertThat(
            read(
                "REJECTS", "dead-letter",
                "DEAD_LETTER_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/1/rejects",
                "END_WITH_NEWLINE", "false",
                "MAX_EXPANDED_BYTES", "1024",
                "MAX_RESPONSE_BYTES", "2048",
                "REINGEST", "all",
                "REINGEST_MAX_ATTEMPTS", "2",
                "TIME_RESERVE", "3s",
                "PARTITION_KEYS", "date, status_class",
                "PARTITION_ZONE", "Europe/Paris",
                "MAX_PARTITIONS", "8",
                "PARTITION_WINDOW", "1m",
                "GEOIP_UNUSABLE", "enrich-without",
                "GEOIP_RELOAD_INTERVAL", "1s",
                "METRICS", "none",
                "METRICS_NAMESPACE", "Mine",
                "TRACING", "opentelemetry"))
        .isEqualTo(
            new FirehoseSettings(
                EnricherSettings.defaults(),
                List.of(),
                new RecordRules(Rejects.DEAD_LETTER, false, 1024),
                Optional.of("https://sqs.eu-west-1.amazonaws.com/1/rejects"),
                2048,
                Reingest.ALL,
                2,
                Duration.ofSeconds(3),
                new PartitionSettings(
                    List.of(PartitionKey.DATE, PartitionKey.STATUS_CLASS),
                    ZoneId.of("Europe/Paris"),
                    8,
                    Duration.ofMinutes(1)),
                UnusableGeoIp.ENRICH_WITHOUT,
                Duration.ofSeconds(1),
                Metrics.NONE,
                "Mine",
                NO_LOOKUPS,
                Traces.OPENTELEMETRY));
  }

  @Test
  void allProblemsAreToldTogether() {
    assertThatThrownBy(
            () ->
                read(
                    "REJECTS", "dead-letter",
                    "MAX_RESPONSE_BYTES", "7000000",
                    "TIME_RESERVE", "3m",
                    "PARTITION_KEYS", "country,planet,country",
                    "GEOIP_RELOAD_INTERVAL", "1ms",
                    "METRICS_NAMESPACE", "AWS/Lambda",
                    "REVERSE_DNS", "yes",
                    "REFERENCE_TABLE", "hosts",
                    "LOG_FORMAT", "%"))
        .asInstanceOf(type(InvalidSettingsException.class))
        .extracting(InvalidSettingsException::problems)
        .asString()
        .contains(
            "LOG_FORMAT is wrong",
            "DEAD_LETTER_QUEUE_URL is not set, and REJECTS is dead-letter",
            "MAX_RESPONSE_BYTES is \"7000000\"",
            "TIME_RESERVE is above 2m",
            "PARTITION_KEYS has \"planet\"",
            "PARTITION_KEYS has country twice",
            "GEOIP_RELOAD_INTERVAL is below 1s",
            "METRICS_NAMESPACE is \"AWS/Lambda\"",
            "REVERSE_DNS is \"yes\"",
            "REFERENCE_KEY is not set, but REFERENCE_TABLE is");
  }

  @Test
  void aDatabaseMayLieInS3() {
    FirehoseSettings settings =
        read(
            "GEOIP_CITY_DATABASE",
            "s3://geo/some/GeoLite2-City.mmdb",
            "GEOIP_ASN_DATABASE",
            "a.mmdb");
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "sluice-city.mmdb");
    assertThat(settings.remoteDatabases())
        .containsExactly(new RemoteDatabase("geo", "some/GeoLite2-City.mmdb", file));
    assertThat(settings.enricher().geoIpDatabase()).contains(file);
    assertThat(settings.enricher().asnDatabase()).contains(Path.of("a.mmdb"));
    assertThatThrownBy(() -> read("GEOIP_ASN_DATABASE", "s3://nothing"))
        .hasMessageContaining("expected a file or s3://bucket/key");
  }

  @Test
  void aQueueWithoutItsSettingIsAProblemAndSoIsOneThatIsNoUrl() {
    assertThatThrownBy(() -> read("DEAD_LETTER_QUEUE_URL", "https://q/1"))
        .hasMessageContaining("is set, and REJECTS is not dead-letter");
    assertThatThrownBy(() -> read("REJECTS", "dead-letter", "DEAD_LETTER_QUEUE_URL", "rejects"))
        .hasMessageContaining("expected the URL of an SQS queue");
  }

  @Test
  void theTableNamesEveryKeyThatIsRead() {
    Set<String> readKeys = new HashSet<>();
    FirehoseSettings.from(
        new Settings(
            key -> {
              readKeys.add(key);
              return null;
            }));
    Set<String> named = new HashSet<>();
    FirehoseSettings.keys().stream().map(SettingKey::name).forEach(named::add);
    EnricherSettings.keys().stream().map(SettingKey::name).forEach(named::add);
    LookupSettings.keys().stream().map(SettingKey::name).forEach(named::add);
    assertThat(named).containsAll(readKeys);
    assertThat(readKeys)
        .containsAll(FirehoseSettings.keys().stream().map(SettingKey::name).toList());
  }

  @Test
  void theTablesDefaultsAreTheDefaults() {
    Map<String, String> table = new HashMap<>();
    FirehoseSettings.keys().forEach(key -> table.put(key.name(), key.defaultValue()));
    assertThat(FirehoseSettings.from(new Settings(table::get))).isEqualTo(read());
  }
}
