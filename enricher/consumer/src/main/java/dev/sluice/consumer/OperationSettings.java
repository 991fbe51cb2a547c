package dev.sluice.consumer;

import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a running consumer is watched. Immutable.
 *
 * @param stallTimeout silence of a shard above which it is subscribed anew
 * @param cloudWatch whether the meters go to CloudWatch, besides Prometheus
 * @param cloudWatchInterval time between two sendings
 */
public record OperationSettings(
    Duration stallTimeout,
    boolean cloudWatch,
    String cloudWatchNamespace,
    Duration cloudWatchInterval) {

  public static final Duration DEFAULT_STALL_TIMEOUT = Duration.ofMinutes(2);

  /** KCL itself looks every 35 s whether an answer is missing; before that nobody else needs to. */
  public static final Duration MIN_STALL_TIMEOUT = Duration.ofSeconds(10);

  public static final String DEFAULT_CLOUDWATCH_NAMESPACE = "Sluice/Consumer";
  public static final Duration DEFAULT_CLOUDWATCH_INTERVAL = Duration.ofMinutes(1);

  // CloudWatch's characters for a namespace, without the prefix of AWS' own ones.
  private static final Pattern NAMESPACE = Pattern.compile("(?!AWS/)[A-Za-z0-9._/#:-]{1,255}");

  /** The keys that {@link #from} reads. */
  public static final List<SettingKey> KEYS =
      List.of(
          new SettingKey(
              "STALL_TIMEOUT",
              "2m",
              "duration",
              "A shard that gives no batch for so long, not even an empty one, is subscribed anew, three times at most; 10s or more."),
          new SettingKey(
              "CLOUDWATCH_METRICS",
              "false",
              "true, false",
              "Send the metrics of /metrics to CloudWatch too, those of single shards excepted; each one costs money."),
          new SettingKey("CLOUDWATCH_METRICS_NAMESPACE", "Sluice/Consumer", "", "Their namespace."),
          new SettingKey(
              "CLOUDWATCH_METRICS_INTERVAL",
              "1m",
              "duration",
              "Time between two sendings, 1s or more."));

  /** Reads {@link #KEYS}; problems stay in {@code s}. */
  static OperationSettings from(Settings s) {
    String namespace = s.text("CLOUDWATCH_METRICS_NAMESPACE", DEFAULT_CLOUDWATCH_NAMESPACE);
    if (!NAMESPACE.matcher(namespace).matches()) {
      s.problem(
          "CLOUDWATCH_METRICS_NAMESPACE",
          "is \"" + namespace + "\", expected up to 255 letters, digits, . _ / # : -, not AWS/...");
    }
    return new OperationSettings(
        atLeast(s, "STALL_TIMEOUT", DEFAULT_STALL_TIMEOUT, MIN_STALL_TIMEOUT),
        s.flag("CLOUDWATCH_METRICS", false),
        namespace,
        atLeast(
            s,
            "CLOUDWATCH_METRICS_INTERVAL",
            DEFAULT_CLOUDWATCH_INTERVAL,
            ConsumerSettings.MIN_INTERVAL));
  }

  private static Duration atLeast(Settings s, String key, Duration defaultValue, Duration min) {
    Duration value = s.duration(key, defaultValue);
    if (value.compareTo(min) < 0) {
      s.problem(key, "is below " + min.toSeconds() + "s");
    }
    return value;
  }
}
