package dev.sluice.fanout;

import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.FlatFormat;
import dev.sluice.enricher.Settings;
import dev.sluice.enricher.profile.FlatKey;
import dev.sluice.enricher.profile.OutputGroup;
import dev.sluice.enricher.profile.OutputSettings;
import dev.sluice.enricher.profile.Profile;
import java.util.EnumSet;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The mode, and what the modes besides {@link FanOutMode#ENRICH} need.
 *
 * @param topicArn where alerts go; empty unless the mode is alerts
 * @param namespace of the metrics
 */
public record FanOutConfig(
    FanOutMode mode, String topicArn, String namespace, FanOutSettings decisions) {
  public static final String DEFAULT_NAMESPACE = "Sluice";

  private static final String TOPIC = "ALERT_TOPIC_ARN";
  private static final Pattern TOPIC_ARN =
      Pattern.compile(
          "arn:[a-z0-9-]{1,20}:sns:[a-z0-9-]{1,40}:\\d{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?");

  /** What CloudWatch takes, without {@code AWS/} at the beginning. */
  private static final Pattern NAMESPACE = Pattern.compile("(?!AWS/)[A-Za-z0-9._/#:-]{1,255}");

  /** Reads the keys; problems stay in {@code settings}. */
  public static FanOutConfig from(Settings settings, EnricherSettings enricher) {
    FanOutMode mode = settings.choice("MODE", FanOutMode.class, FanOutMode.ENRICH);
    String topic = settings.text(TOPIC, "");
    if (!topic.isEmpty() && !TOPIC_ARN.matcher(topic).matches()) {
      settings.problem(TOPIC, "is \"" + topic + "\", expected the ARN of an SNS topic");
    } else if (topic.isEmpty() && mode == FanOutMode.ALERTS) {
      settings.problem(TOPIC, "is not set, but MODE is alerts");
    }
    String namespace = settings.text("METRICS_NAMESPACE", DEFAULT_NAMESPACE);
    if (!NAMESPACE.matcher(namespace).matches()) {
      settings.problem(
          "METRICS_NAMESPACE",
          "is \"" + namespace + "\", expected up to 255 letters, digits, . _ / # : -, not AWS/");
    }
    FanOutSettings decisions = FanOutSettings.from(settings);
    if (mode == FanOutMode.ALERTS
        && decisions.needsAnomalyFlags()
        && enricher.steps().anomalies().isEmpty()
        && !(enricher.format() instanceof FlatFormat)) {
      settings.problem(
          "ALERT_RULES", "has a rule with measure=anomaly, but ANOMALY_FLAGS is not true");
    }
    return new FanOutConfig(mode, topic, namespace, decisions);
  }

  /** The same lines in the one shape that decisions are made from: nobody else sees them. */
  public EnricherSettings enricher(EnricherSettings lines) {
    if (mode == FanOutMode.ENRICH) {
      return lines;
    }
    return new EnricherSettings(
        lines.format(),
        lines.parser(),
        Profile.FLAT,
        new OutputSettings(
            EnumSet.of(OutputGroup.DERIVED, OutputGroup.QUALITY),
            EnumSet.allOf(FlatKey.class),
            false,
            Map.of()),
        lines.trustedProxies(),
        lines.geoIpDatabase(),
        lines.uapRegexes(),
        lines.maxLineBytes(),
        lines.geoCacheEntries(),
        lines.userAgentCacheEntries(),
        lines.asnDatabase(),
        lines.steps());
  }
}
