package dev.sluice.windows;

import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.invocation.TimeLeft;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the function needs to know, read once for each execution environment.
 *
 * @param resultTable where results are stored; hash key {@code Window}, range key {@code Part}
 * @param keyAttribute the part of an item's key that says which item it is
 * @param maxStateBytes a larger state is stored and begins anew
 * @param retentionDays results expire so many days after they were written; 0 keeps them
 * @param timeReserve no record is begun with less time left
 * @param metricsNamespace empty without metrics
 */
public record WindowSettings(
    String resultTable,
    String keyAttribute,
    int maxStateBytes,
    int retentionDays,
    Duration timeReserve,
    Optional<String> metricsNamespace) {

  /** Lambda ends a window whose state is larger than 1 MB. */
  private static final int LARGEST_STATE_BYTES = 1_000_000;

  private static final int DEFAULT_STATE_BYTES = 750_000;
  private static final int SMALLEST_STATE_BYTES = 1_000;
  private static final int MAX_RETENTION_DAYS = 3_650;

  /** Whether numbers of the log line are metrics. */
  private enum Metrics {
    OFF,
    EMF
  }

  private static final List<SettingKey> KEYS =
      List.of(
          new SettingKey(
              "RESULT_TABLE", "", "table", "DynamoDB table for the results of windows. Required."),
          new SettingKey(
              "KEY_ATTRIBUTE",
              "Id",
              "name",
              "The key of the changed items that changes are counted by."),
          new SettingKey(
              "MAX_STATE_BYTES",
              "750000",
              "bytes",
              "A larger state is stored as a part of the result, and begins anew."),
          new SettingKey(
              "RESULT_RETENTION_DAYS",
              "0",
              "days",
              "Results carry ExpiresAt so many days on, for the table's TTL; 0, they stay."),
          new SettingKey(
              "TIME_RESERVE",
              "10s",
              "duration",
              "No record is begun with less time left, or with less than a tenth of the time."),
          new SettingKey("METRICS", "emf", "off, emf", "Whether the log line holds metrics."),
          new SettingKey(
              "METRICS_NAMESPACE", "Sluice", "name", "Namespace of the metrics in CloudWatch."));

  /** The table of the function's keys. */
  public static List<SettingKey> keys() {
    return KEYS;
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSettingsException with all problems together
   */
  static WindowSettings from(Settings settings) {
    boolean metrics = settings.choice("METRICS", Metrics.class, Metrics.EMF) == Metrics.EMF;
    String namespace = settings.text("METRICS_NAMESPACE", "Sluice");
    var read =
        new WindowSettings(
            settings.required("RESULT_TABLE"),
            settings.text("KEY_ATTRIBUTE", "Id"),
            settings.intBetween(
                "MAX_STATE_BYTES", DEFAULT_STATE_BYTES, SMALLEST_STATE_BYTES, LARGEST_STATE_BYTES),
            settings.intBetween("RESULT_RETENTION_DAYS", 0, 0, MAX_RETENTION_DAYS),
            settings.duration("TIME_RESERVE", TimeLeft.DEFAULT_RESERVE),
            metrics ? Optional.of(namespace) : Optional.empty());
    settings.throwIfInvalid();
    return read;
  }
}
