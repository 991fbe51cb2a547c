package dev.sluice.invocation;

import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings that every function has.
 *
 * @param timeReserve no record is begun with less time left
 * @param metricsNamespace empty without metrics
 */
public record InvocationSettings(Duration timeReserve, Optional<String> metricsNamespace) {
  private static final String DEFAULT_NAMESPACE = "Sluice";

  /** Whether numbers of the log line are metrics. */
  private enum Metrics {
    OFF,
    EMF
  }

  private static final List<SettingKey> KEYS =
      List.of(
          new SettingKey(
              "TIME_RESERVE",
              "10s",
              "duration",
              "No record is begun with less time left, or with less than a tenth of the time."),
          new SettingKey("METRICS", "emf", "off, emf", "Whether the log line holds metrics."),
          new SettingKey(
              "METRICS_NAMESPACE",
              DEFAULT_NAMESPACE,
              "name",
              "Namespace of the metrics in CloudWatch."));

  /** The keys, which stand behind a function's own in its table. */
  public static List<SettingKey> keys() {
    return KEYS;
  }

  /** Reads the settings; problems stay with {@code settings}. */
  public static InvocationSettings from(Settings settings) {
    boolean metrics = settings.choice("METRICS", Metrics.class, Metrics.EMF) == Metrics.EMF;
    String namespace = settings.text("METRICS_NAMESPACE", DEFAULT_NAMESPACE);
    return new InvocationSettings(
        settings.duration("TIME_RESERVE", TimeLeft.DEFAULT_RESERVE),
        metrics ? Optional.of(namespace) : Optional.empty());
  }
}
