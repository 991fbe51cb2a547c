package dev.sluice.functions.fanout;

import dev.sluice.enricher.SettingKey;
import java.util.List;

/** The table of the function's keys; a test holds it equal to what the settings read. */
final class FanOutFunctionKeys {
  static final List<SettingKey> ALL =
      List.of(
          key(
              "MODE",
              "enrich",
              "enrich, alerts, metrics",
              "What is done with the stream; each mode is a function of its own."),
          key(
              "APPLICATION_NAME",
              "",
              "name",
              "Folder of the output and part of the key of the state; the function's name when not set."),
          key(
              "SINKS",
              "s3",
              "s3, kinesis",
              "Where enriched lines go, separated by commas. Rejected ones go to S3."),
          key("OUTPUT_BUCKET", "", "", "S3 bucket; required in mode enrich."),
          key("OUTPUT_PREFIX", "enriched", "", "Folder in the bucket."),
          key("PARTITION_ZONE", "UTC", "time zone", "Zone of the dt= and hr= folders."),
          key(
              "GZIP_LEVEL",
              "1",
              "1 to 9",
              "How hard objects are compressed: 1 is fast, 9 small; docs/scaling.md."),
          key("S3_PATH_STYLE", "false", "true, false", "Bucket in the path, for local endpoints."),
          key("SINK_STREAM_NAME", "", "", "Kinesis stream to write to; required by kinesis."),
          key(
              "SINK_PARTITION_KEY",
              "random",
              "random, or a key of the lines",
              "Partition key of a line in that stream: random, or its value of a key such as host."),
          key(
              "SINK_MAX_RECORD_BYTES",
              "1048576",
              "bytes",
              "Largest record that the stream takes; up to 10485760 where its MaxRecordSize says so."),
          key("ALERT_TOPIC_ARN", "", "ARN", "SNS topic for alerts; required in mode alerts."),
          key(
              "ALERT_STATE_TABLE",
              "",
              "table",
              "DynamoDB table of what each shard has counted and told; required in mode alerts."),
          key(
              "GEOIP_RELOAD_INTERVAL",
              "5m",
              "duration",
              "Time between two looks whether a GeoIP2 file has changed, 1s or more."),
          key(
              "SEND_MAX_ATTEMPTS",
              "5",
              "attempts",
              "Attempts of a call to a service, the first one included; none without 6 s for it."),
          key(
              "TIME_RESERVE",
              "10s",
              "duration",
              "No record is begun with less time left, or with less than a tenth of the time."),
          key("METRICS", "emf", "off, emf", "Whether the numbers of the log line are metrics."),
          key(
              "METRICS_NAMESPACE",
              "Sluice",
              "name",
              "Namespace of the metrics, those of mode metrics among them."));

  private FanOutFunctionKeys() {}

  private static SettingKey key(String name, String defaultValue, String unit, String meaning) {
    return new SettingKey(name, defaultValue, unit, meaning);
  }
}
