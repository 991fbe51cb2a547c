package dev.sluice.consumer;

import dev.sluice.consumer.sinks.SinkSettings;
import dev.sluice.enricher.SettingKey;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of the consumer's keys; a test holds it equal to what {@link ConsumerSettings} reads.
 */
final class ConsumerKeys {
  private static final List<SettingKey> OWN =
      List.of(
          key(
              "MODE",
              "enrich",
              "enrich, alerts, metrics",
              "What is done with the stream: docs/fan-out.md. Each mode needs its own APPLICATION_NAME."),
          key("STREAM_NAME", "", "", "Kinesis stream to read; required."),
          key(
              "APPLICATION_NAME",
              "",
              "",
              "Name of the lease table, of the fan-out consumer and of the output; required."),
          key(
              "OUTPUT_BUCKET",
              "",
              "",
              "S3 bucket for the enriched lines; required in mode enrich by the sink s3. Fixed for the application."),
          key("OUTPUT_PREFIX", "enriched", "", "Folder in the bucket. Fixed for the application."),
          key(
              "PARTITION_ZONE",
              "UTC",
              "time zone",
              "Zone of the dt= and hr= folders. Fixed for the application."),
          key(
              "RECORD_DELIVERY",
              "fan-out",
              "fan-out, polling",
              "Enhanced fan-out, or GetRecords shared with other readers."),
          key(
              "INITIAL_POSITION",
              "trim-horizon",
              "trim-horizon, latest, at-timestamp",
              "Where a shard without a checkpoint starts; latest means the first start ever."),
          key("INITIAL_TIMESTAMP", "", "ISO 8601", "The moment of at-timestamp."),
          key("MAX_TILE_BYTES", "8388608", "bytes", "Raw bytes of one object before it is sealed."),
          key(
              "MAX_TILE_RECORDS",
              "100000",
              "records",
              "Records of one object before it is sealed."),
          key("MAX_TILE_AGE", "60s", "duration", "Age at which an object is sealed."),
          key(
              "GZIP_LEVEL",
              "1",
              "1 to 9",
              "How hard objects are compressed: 1 is fast, 9 small; docs/scaling.md."),
          key(
              "CHECKPOINT_INTERVAL",
              "10s",
              "duration",
              "Least time between two checkpoints, 1s or more."),
          key("MAX_LEASES", "1000", "shards", "Most shards that one worker takes."),
          key(
              "KCL_TIMINGS",
              "production",
              "production, quick",
              "KCL's defaults, or short waits for demonstrations and tests."),
          key(
              "PREPARE_LEASES",
              "false",
              "true, false",
              "Create lease table and first leases at once instead of after KCL's random wait."),
          key(
              "KCL_METRICS",
              "none",
              "none, summary, detailed",
              "What KCL itself sends to CloudWatch; detailed costs money."),
          key("S3_PATH_STYLE", "false", "true, false", "Bucket in the path, for local endpoints."),
          key(
              "ALERT_TOPIC_ARN",
              "",
              "",
              "SNS topic of the alerts, standard or FIFO; required in mode alerts."),
          key("METRICS_NAMESPACE", "Sluice", "", "CloudWatch namespace of the counts by minute."),
          key("HTTP_HOST", "127.0.0.1", "address", "Address of /metrics, /health and /ready."),
          key(
              "HTTP_PORT",
              "0",
              "port",
              "Port of /metrics, /health and /ready; 0 takes a free one."),
          key(
              "HEALTH_MAX_UNCOMMITTED_AGE",
              "5m",
              "duration",
              "/health turns bad when a record waits longer for its commit."),
          key("SHUTDOWN_GRACE", "15s", "duration", "Bound of a graceful stop, 19s or less."),
          key(
              "GEOIP_RELOAD_INTERVAL",
              "1m",
              "duration",
              "Time between two looks whether a GeoIP2 file has changed, 1s or more."));

  static final List<SettingKey> ALL =
      Stream.of(OWN, OperationSettings.KEYS, SinkSettings.KEYS).flatMap(List::stream).toList();

  private ConsumerKeys() {}

  private static SettingKey key(String name, String defaultValue, String unit, String meaning) {
    return new SettingKey(name, defaultValue, unit, meaning);
  }
}
