package dev.sluice.files;

import dev.sluice.enricher.SettingKey;
import java.util.List;

/** The table of the function's keys; a test holds it equal to what the settings read. */
final class FilesKeys {
  static final List<SettingKey> ALL =
      List.of(
          key("FILE_TABLE", "FileMetadata", "table", "DynamoDB table of what is known of uploads."),
          key(
              "IDEMPOTENCY_TABLE",
              "FileIdempotency",
              "table",
              "DynamoDB table of uploads that are being worked on, or done."),
          key(
              "IDEMPOTENCY_RETENTION",
              "7d",
              "duration",
              "How long an upload that is done is remembered, 15m or more."),
          key(
              "OUTPUT_BUCKET",
              "",
              "",
              "S3 bucket of enriched lines; another than files are put into. Required."),
          key("OUTPUT_PREFIX", "files", "", "Folder in that bucket."),
          key(
              "GZIP_LEVEL",
              "1",
              "1 to 9",
              "How hard objects are compressed: 1 is fast, 9 small; docs/scaling.md."),
          key("S3_PATH_STYLE", "false", "true, false", "Bucket in the path, for local endpoints."),
          key(
              "MAX_UNPACKED_BYTES",
              "10737418240",
              "bytes",
              "What is read of a log at most, counted unpacked; then it has failed."),
          key(
              "TEXT_TO_LOG",
              "true",
              "true, false",
              "Whether the content of .txt files is written into the function's log."),
          key("TEXT_LOG_BYTES", "4096", "bytes", "How much of it, 1 to 32768."),
          key(
              "NOTIFY_TOPIC_ARN",
              "",
              "ARN",
              "SNS topic that is told of each file; none when not set."),
          key(
              "ERROR_QUEUE_URL",
              "",
              "URL",
              "SQS queue for files that failed, from which they can be moved back; none when not set."),
          key(
              "GEOIP_RELOAD_INTERVAL",
              "5m",
              "duration",
              "Time between two looks whether a GeoIP2 file has changed, 1s or more."),
          key(
              "SEND_MAX_ATTEMPTS",
              "4",
              "attempts",
              "Attempts of a call to a service, the first one included."),
          key(
              "TRACING",
              "off",
              "off, opentelemetry",
              "Spans through OpenTelemetry, which the agent of a layer sends on."));

  private FilesKeys() {}

  private static SettingKey key(String name, String defaultValue, String unit, String meaning) {
    return new SettingKey(name, defaultValue, unit, meaning);
  }
}
