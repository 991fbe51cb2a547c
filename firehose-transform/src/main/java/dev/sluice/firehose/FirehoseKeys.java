package dev.sluice.firehose;

import dev.sluice.enricher.SettingKey;
import java.util.List;

/**
 * The table of the function's keys; a test holds it equal to what {@link FirehoseSettings} reads.
 */
final class FirehoseKeys {
  static final List<SettingKey> ALL =
      List.of(
          key(
              "REJECTS",
              "fail",
              "fail, document, dead-letter",
              "What becomes of rejected lines: docs/firehose.md."),
          key(
              "DEAD_LETTER_QUEUE_URL",
              "",
              "URL",
              "SQS queue for rejected lines; required by dead-letter."),
          key(
              "END_WITH_NEWLINE",
              "true",
              "true, false",
              "End each record with a line feed; false where Firehose appends a delimiter."),
          key(
              "MAX_EXPANDED_BYTES",
              "4194304",
              "bytes",
              "Most bytes that a gzip or Zstandard record may unpack to."),
          key(
              "MAX_RESPONSE_BYTES",
              "6291456",
              "bytes",
              "Largest response; above the default Lambda refuses it."),
          key(
              "REINGEST",
              "direct-put",
              "off, direct-put, all",
              "Which records that find no room are sent back to where they came from."),
          key(
              "REINGEST_MAX_ATTEMPTS",
              "5",
              "calls",
              "Most calls for the same records, the first included; dead letters too."),
          key(
              "TIME_RESERVE",
              "10s",
              "duration",
              "No record is begun with less time left, 2m or less; or half of the time."),
          key(
              "PARTITION_KEYS",
              "",
              "country, date, hour, status_class, page",
              "Keys for dynamic partitioning, parted by commas; none, no partitioning."),
          key("PARTITION_ZONE", "UTC", "time zone", "Zone of the keys date and hour."),
          key(
              "MAX_PARTITIONS",
              "100",
              "partitions",
              "Most combinations of the keys in a window; values beyond become other."),
          key(
              "PARTITION_WINDOW",
              "5m",
              "duration",
              "Time after which combinations are forgotten: the buffer interval."),
          key(
              "GEOIP_UNUSABLE",
              "refuse",
              "refuse, enrich-without",
              "What happens when a GeoIP2 database is missing or broken at the start."),
          key(
              "GEOIP_RELOAD_INTERVAL",
              "5m",
              "duration",
              "Time between two looks whether a GeoIP2 file has changed, 1s or more."),
          key("METRICS", "emf", "emf, none", "Embedded metric format in the log line, or none."),
          key("METRICS_NAMESPACE", "Sluice/Firehose", "", "Namespace of the metrics."),
          key(
              "TRACING",
              "off",
              "off, opentelemetry",
              "Spans through OpenTelemetry, which the agent of a layer sends on."));

  private FirehoseKeys() {}

  private static SettingKey key(String name, String defaultValue, String unit, String meaning) {
    return new SettingKey(name, defaultValue, unit, meaning);
  }
}
