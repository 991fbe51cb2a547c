package dev.sluice.fanout;

import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How alerts and metrics decide.
 *
 * @param lateness how far a line may be behind the newest one of its shard and still be counted
 * @param coolDown least event time between two messages of a rule about the same subject, the
 *     all-clear excepted
 * @param clearWindows windows in a row in which a rule does not hold before its all-clear
 * @param alertHosts hosts that a rule counts and remembers at a time
 * @param top values of a dimension that metrics name; the others are counted together
 */
public record FanOutSettings(
    Duration lateness,
    List<AlertRule> rules,
    Duration coolDown,
    int clearWindows,
    int alertHosts,
    int top) {
  public static final String DEFAULT_RULES =
      "errors measure=error-rate above=5% scope=stream window=1m min=50";

  static final Duration DEFAULT_LATENESS = Duration.ofMinutes(1);
  static final Duration MAX_LATENESS = Duration.ofMinutes(10);
  static final Duration DEFAULT_COOL_DOWN = Duration.ofMinutes(15);
  static final Duration MAX_COOL_DOWN = Duration.ofDays(1);
  static final int DEFAULT_CLEAR_WINDOWS = 3;
  static final int MAX_CLEAR_WINDOWS = 100;
  static final int DEFAULT_ALERT_HOSTS = 10_000;
  static final int MAX_ALERT_HOSTS = 1_000_000;
  static final int DEFAULT_TOP = 20;
  static final int MAX_TOP = 100;

  private static final String RULES = "ALERT_RULES";
  private static final List<SettingKey> KEYS =
      List.of(
          new SettingKey(
              "EVENT_LATENESS",
              "1m",
              "duration",
              "How far a line may be behind the newest of its shard, up to 10m."),
          new SettingKey(
              RULES, DEFAULT_RULES, "rules", "When to tell whom it concerns: docs/fan-out.md."),
          new SettingKey(
              "ALERT_COOL_DOWN",
              "15m",
              "duration",
              "Least time between two messages of a rule about the same subject, up to 1d."),
          new SettingKey(
              "ALERT_CLEAR_WINDOWS",
              "3",
              "windows",
              "Calm windows in a row before the all-clear, up to 100."),
          new SettingKey(
              "ALERT_HOSTS",
              "10000",
              "hosts",
              "Hosts that a rule counts and remembers at a time, up to 1000000."),
          new SettingKey(
              "METRICS_TOP",
              "20",
              "values",
              "Countries, pages and devices that a minute names, each up to 100; the rest is other."));

  public FanOutSettings {
    rules = List.copyOf(rules);
  }

  /** Reads {@link #keys()}; problems stay in {@code settings}. */
  public static FanOutSettings from(Settings settings) {
    return new FanOutSettings(
        upTo(settings, "EVENT_LATENESS", DEFAULT_LATENESS, MAX_LATENESS),
        new AlertRuleReader(RULES, settings).read(settings.text(RULES, DEFAULT_RULES)),
        upTo(settings, "ALERT_COOL_DOWN", DEFAULT_COOL_DOWN, MAX_COOL_DOWN),
        settings.intBetween("ALERT_CLEAR_WINDOWS", DEFAULT_CLEAR_WINDOWS, 1, MAX_CLEAR_WINDOWS),
        settings.intBetween("ALERT_HOSTS", DEFAULT_ALERT_HOSTS, 1, MAX_ALERT_HOSTS),
        settings.intBetween("METRICS_TOP", DEFAULT_TOP, 1, MAX_TOP));
  }

  private static Duration upTo(
      Settings settings, String key, Duration defaultValue, Duration most) {
    Duration duration = settings.duration(key, defaultValue);
    if (duration.compareTo(most) > 0) {
      settings.problem(key, "is above " + most.toMinutes() + "m");
      return defaultValue;
    }
    return duration;
  }

  /** Every key that {@link #from} reads. */
  public static List<SettingKey> keys() {
    return KEYS;
  }

  /** Whether a rule waits for lines that the enricher or an earlier stage has flagged. */
  public boolean needsAnomalyFlags() {
    return rules.stream().anyMatch(rule -> rule.measure() == AlertRule.Measure.ANOMALY);
  }
}
