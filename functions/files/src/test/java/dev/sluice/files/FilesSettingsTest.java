package dev.sluice.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.lookups.LookupSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the settings mean, and what is said of wrong ones. */
class FilesSettingsTest {
  private static FilesSettings read(Map<String, String> values) {
    return FilesSettings.from(new Settings(values::get));
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
    FilesSettings settings = read(Map.of("OUTPUT_BUCKET", "out"));
    assertThat(settings.fileTable()).isEqualTo("FileMetadata");
    assertThat(settings.claimTable()).isEqualTo("FileIdempotency");
    assertThat(settings.claimRetention()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.outputPrefix()).isEqualTo("files");
    assertThat(settings.maxUnpackedBytes()).isEqualTo(10_737_418_240L);
    assertThat(settings.textLogBytes()).isEqualTo(4096);
    assertThat(settings.topicArn()).isEmpty();
    assertThat(settings.errorQueueUrl()).isEmpty();
    assertThat(settings.sendMaxAttempts()).isEqualTo(4);
    assertThat(settings.tracing()).isFalse();
    assertThat(settings.invocation().timeReserve()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void theTableOfKeysHasEveryKeyThatIsReadAndItsDefault() {
    Set<String> asked = new HashSet<>();
    read(recording(asked));
    Set<String> ofTheEnricher = new HashSet<>();
    EnricherSettings.from(recordingSettings(ofTheEnricher, Map.of()));
    asked.removeAll(ofTheEnricher);
    LookupSettings.keys().forEach(key -> asked.remove(key.name()));
    assertThat(FilesSettings.keys())
        .extracting(SettingKey::name)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(asked);
    var written = new HashMap<String, String>();
    FilesSettings.keys().forEach(key -> written.put(key.name(), key.defaultValue()));
    written.put("OUTPUT_BUCKET", "out");
    assertThat(read(written)).isEqualTo(read(Map.of("OUTPUT_BUCKET", "out")));
  }

  private static Map<String, String> recording(Set<String> asked) {
    return new HashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      public String get(Object key) {
        asked.add((String) key);
        return key.equals("OUTPUT_BUCKET") ? "out" : null;
      }
    };
  }

  private static Settings recordingSettings(Set<String> asked, Map<String, String> values) {
    return new Settings(
        key -> {
          asked.add(key);
          return values.get(key);
        });
  }

  @Test
  void tellsAllProblemsTogether() {
    assertThat(
            problems(
                Map.of(
                    "FILE_TABLE", "t!",
                    "IDEMPOTENCY_RETENTION", "1m",
                    "OUTPUT_PREFIX", "../x",
                    "NOTIFY_TOPIC_ARN", "topic",
                    "ERROR_QUEUE_URL", "queue",
                    "TEXT_LOG_BYTES", "40000",
                    "MAX_UNPACKED_BYTES", "0",
                    "TRACING", "xray")))
        .hasSize(8 + 1)
        .anyMatch(problem -> problem.equals("OUTPUT_BUCKET is not set"))
        .anyMatch(problem -> problem.startsWith("FILE_TABLE is \"t!\""))
        .anyMatch(problem -> problem.equals("IDEMPOTENCY_RETENTION is below 900s"));
  }

  @Test
  void aTextIsNotLoggedWhereNobodyWantsIt() {
    assertThat(read(Map.of("OUTPUT_BUCKET", "out", "TEXT_TO_LOG", "false")).textLogBytes())
        .isZero();
  }
}
