package dev.sluice.cli.demo;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Settings of the four applications: three read the log's stream for themselves, the fourth is the
 * second stage of the first.
 *
 * @param geoip City database
 * @param topicArn where alerts go
 */
record PipelineSettings(Path geoip, String topicArn) {

  /** Raw lines, read by the first three. */
  static final String STREAM = "pipeline-log";

  /** Lines of the first stage, read by the second. */
  static final String BASIC_STREAM = "pipeline-basic";

  static final String BASIC = "demo-basic";
  static final String ALERTS = "demo-alerts";
  static final String METRICS = "demo-metrics";
  static final String ADVANCED = "demo-advanced";

  static final String OUTPUT_PREFIX = "pipeline";
  static final String NAMESPACE = "Sluice/Demo";

  /** Name of the alert rule; it holds in a minute of which {@link #ERROR_SHARE} failed. */
  static final String RULE = "errors";

  static final int MIN_REQUESTS = 50;
  static final double ERROR_SHARE = 0.05;
  static final int CLEAR_WINDOWS = 3;

  /** Table of reference data, keyed by the name of a page. */
  static final String TABLE = "pipeline-pages";

  static final String TABLE_KEY = "page";
  static final String TABLE_ATTRIBUTE = "team";

  /** Not flushed away by the first lines of a shard that comes a moment late. */
  private static final String LATENESS = "10m";

  /** Stage 1: parse, filter, page, user agent; into S3 and the second stream. */
  Map<String, String> basic() {
    Map<String, String> settings = enriching(BASIC, STREAM);
    settings.putAll(lines());
    settings.put("OUTPUT_GROUPS", "derived,quality,event_id,schema_version");
    settings.put("SINKS", "s3,kinesis");
    settings.put("SINK_STREAM_NAME", BASIC_STREAM);
    return settings;
  }

  /** Stage 2: geo, look-ups, anomaly flags, then masking; into S3. */
  Map<String, String> advanced() {
    Map<String, String> settings = advancedAlone();
    settings.put("ANOMALY_FLAGS", "true");
    settings.put("ANOMALY_WINDOW", "2m");
    settings.put("ANOMALY_DEVIATIONS", "3");
    settings.put("ANOMALY_MIN_REQUESTS", "4");
    settings.put("REFERENCE_TABLE", TABLE);
    settings.put("REFERENCE_KEY", TABLE_KEY);
    settings.put("REFERENCE_FIELD", "page");
    settings.put("REFERENCE_ATTRIBUTES", TABLE_ATTRIBUTE);
    settings.put("LOOKUP_DEADLINE", "10s"); // on a cold machine, too
    return settings;
  }

  /** What stage 2 does to a line without what depends on lines before it or on a table. */
  Map<String, String> advancedAlone() {
    Map<String, String> settings = enriching(ADVANCED, BASIC_STREAM);
    settings.put("LOG_FORMAT", "flat");
    settings.put("MAX_LINE_BYTES", Integer.toString(1 << 20));
    settings.put("OUTPUT_GROUPS", "quality,event_id,schema_version");
    settings.put("GEOIP_CITY_DATABASE", geoip.toString());
    settings.put("MASK", "emails,tokens,cards");
    settings.put("ANONYMISATION", "truncate");
    return settings;
  }

  Map<String, String> alerts() {
    Map<String, String> settings = application(ALERTS, STREAM);
    settings.putAll(lines());
    settings.put("MODE", "alerts");
    settings.put("ALERT_TOPIC_ARN", topicArn);
    settings.put(
        "ALERT_RULES",
        RULE + " measure=error-rate above=" + ERROR_SHARE + " window=1m min=" + MIN_REQUESTS);
    settings.put("ALERT_CLEAR_WINDOWS", Integer.toString(CLEAR_WINDOWS));
    settings.put("EVENT_LATENESS", LATENESS);
    return settings;
  }

  Map<String, String> metrics() {
    Map<String, String> settings = application(METRICS, STREAM);
    settings.putAll(lines());
    settings.put("MODE", "metrics");
    settings.put("METRICS_NAMESPACE", NAMESPACE);
    settings.put("GEOIP_CITY_DATABASE", geoip.toString());
    settings.put("EVENT_LATENESS", LATENESS);
    return settings;
  }

  /** What the three readers of the log agree about: which lines count. */
  private static Map<String, String> lines() {
    return Map.of("LOG_FORMAT", "auto", "FILTER_RULES", "drop static lines=static-files");
  }

  private static Map<String, String> enriching(String application, String stream) {
    Map<String, String> settings = application(application, stream);
    settings.put("OUTPUT_BUCKET", DemoStack.BUCKET);
    settings.put("OUTPUT_PREFIX", OUTPUT_PREFIX);
    return settings;
  }

  private static Map<String, String> application(String name, String stream) {
    var settings = new HashMap<String, String>();
    settings.put("APPLICATION_NAME", name);
    settings.put("STREAM_NAME", stream);
    return settings;
  }
}
