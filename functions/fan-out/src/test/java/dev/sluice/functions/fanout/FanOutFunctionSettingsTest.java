package dev.sluice.functions.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.fanout.FanOutMode;
import dev.sluice.fanout.FanOutSettings;
import dev.sluice.functions.fanout.enrich.EnrichSettings.Sink;
import dev.sluice.lookups.LookupSettings;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the function's settings mean, and what is said of wrong ones. */
class FanOutFunctionSettingsTest {
  private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:alerts";

  private static FanOutFunctionSettings read(Map<String, String> values) {
    return FanOutFunctionSettings.from(new Settings(values::get), "my-function");
  }

  private static List<String> problems(Map<String, String> values) {
    try {
      read(values);
      return List.of();
    } catch (InvalidSettingsException invalid) {
      return invalid.problems();
    }
  }

  @Test
  void defaults() {
    FanOutFunctionSettings settings = read(Map.of("OUTPUT_BUCKET", "out"));
    assertThat(settings.fanOut().mode()).isEqualTo(FanOutMode.ENRICH);
    assertThat(settings.enrich().application()).isEqualTo("my-function");
    assertThat(settings.enrich().outputPrefix()).isEqualTo("enriched");
    assertThat(settings.enrich().partitionZone()).isEqualTo(ZoneOffset.UTC);
    assertThat(settings.enrich().gzipLevel()).isEqualTo(1);
    assertThat(settings.enrich().sinks()).containsExactly(Sink.S3);
    assertThat(settings.enrich().partitionKey()).isEqualTo("random");
    assertThat(settings.enrich().maxRecordBytes()).isEqualTo(1_048_576);
    assertThat(settings.enrich().s3PathStyle()).isFalse();
    assertThat(settings.reloadInterval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.sendMaxAttempts()).isEqualTo(5);
    assertThat(settings.timeReserve()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.metricsNamespace()).contains("Sluice");
    assertThat(settings.lookups()).isEmpty();
  }

  @Test
  void theTableOfKeysHasEveryKeyThatIsRead() {
    Set<String> asked = new HashSet<>();
    for (String mode : List.of("enrich", "alerts", "metrics")) {
      try {
        FanOutFunctionSettings.from(recording(asked, Map.of("MODE", mode)), "my-function");
      } catch (InvalidSettingsException missing) {
        assertThat(missing.problems()).isNotEmpty();
      }
    }
    Set<String> ofTheEnricher = new HashSet<>();
    EnricherSettings.from(recording(ofTheEnricher, Map.of()));
    asked.removeAll(ofTheEnricher);
    LookupSettings.keys().forEach(key -> asked.remove(key.name()));
    FanOutSettings.keys().forEach(key -> asked.remove(key.name()));
    assertThat(FanOutFunctionSettings.keys())
        .extracting(SettingKey::name)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(asked);
  }

  private static Settings recording(Set<String> asked, Map<String, String> values) {
    return new Settings(
        key -> {
          asked.add(key);
          return values.get(key);
        });
  }

  @Test
  void theTableOfKeysHasTheDefaultsInForce() {
    var written = new HashMap<String, String>();
    for (SettingKey key : FanOutFunctionSettings.keys()) {
      if (!key.defaultValue().isEmpty()) {
        written.put(key.name(), key.defaultValue());
      }
    }
    written.put("OUTPUT_BUCKET", "out");
    assertThat(read(written)).isEqualTo(read(Map.of("OUTPUT_BUCKET", "out")));
  }

  @Test
  void allProblemsAreReportedTogether() {
    assertThat(
            problems(
                Map.of(
                    "SINKS", "kinesis,file",
                    "OUTPUT_PREFIX", "/x/",
                    "GZIP_LEVEL", "10",
                    "APPLICATION_NAME", "a b",
                    "SINK_PARTITION_KEY", "a b",
                    "GEOIP_RELOAD_INTERVAL", "10ms",
                    "OMIT_FIELDS", "event_id",
                    "ALERT_STATE_TABLE", "t")))
        .hasSizeGreaterThanOrEqualTo(9)
        .anyMatch(problem -> problem.startsWith("SINKS names \"file\""))
        .anyMatch(problem -> problem.startsWith("SINK_STREAM_NAME is not set"))
        .anyMatch(problem -> problem.startsWith("OUTPUT_BUCKET is not set"))
        .anyMatch(problem -> problem.startsWith("OUTPUT_PREFIX"))
        .anyMatch(problem -> problem.startsWith("GZIP_LEVEL"))
        .anyMatch(problem -> problem.startsWith("APPLICATION_NAME"))
        .anyMatch(problem -> problem.startsWith("SINK_PARTITION_KEY"))
        .anyMatch(problem -> problem.startsWith("GEOIP_RELOAD_INTERVAL"))
        .anyMatch(problem -> problem.startsWith("OMIT_FIELDS"))
        .anyMatch(problem -> problem.startsWith("ALERT_STATE_TABLE is set"));
  }

  @Test
  void alertsNeedATopicAndATable() {
    assertThat(problems(Map.of("MODE", "alerts")))
        .hasSize(2)
        .anyMatch(problem -> problem.startsWith("ALERT_TOPIC_ARN"))
        .anyMatch(problem -> problem.startsWith("ALERT_STATE_TABLE"));
    assertThat(problems(Map.of("MODE", "metrics", "OUTPUT_BUCKET", "out")))
        .containsExactly("OUTPUT_BUCKET is set, and only MODE=enrich writes lines");
  }

  @Test
  void hostsShareTheRoomOfAnItem() {
    String rules =
        "a measure=request-rate above=1 scope=host; b measure=request-rate above=1 scope=host";
    var values =
        Map.of(
            "MODE",
            "alerts",
            "ALERT_TOPIC_ARN",
            TOPIC,
            "ALERT_STATE_TABLE",
            "t",
            "ALERT_RULES",
            rules);
    assertThat(read(values).fanOut().decisions().alertHosts()).isEqualTo(500);
    var more = new HashMap<>(values);
    more.put("ALERT_HOSTS", "501");
    assertThatThrownBy(() -> read(more)).hasMessageContaining("ALERT_HOSTS is 501");
    more.put("ALERT_HOSTS", "20");
    assertThat(read(more).fanOut().decisions().alertHosts()).isEqualTo(20);
  }
}
