package dev.sluice.files;

import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.enricher.gzip.GzipStream;
import dev.sluice.invocation.InvocationSettings;
import dev.sluice.lookups.LookupSettings;
import dev.sluice.lookups.database.DatabaseLocations;
import dev.sluice.lookups.database.RemoteDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the function needs to know, read once for each execution environment. Endpoints, region and
 * credentials are not among it: the AWS SDK finds them by its own rules.
 *
 * @param enricher its GeoIP2 databases are files, also where they have to be fetched first
 * @param remoteDatabases what has to be fetched from S3
 * @param reloadInterval time between two looks whether a database file has changed
 * @param lookups empty when nothing is looked up
 * @param fileTable what is known of uploads
 * @param claimTable uploads that are being worked on, or done
 * @param claimRetention how long those that are done are remembered
 * @param maxUnpackedBytes of a log
 * @param textLogBytes how much of a text is logged; 0 for nothing
 * @param topicArn empty when nobody is told
 * @param errorQueueUrl empty when there is none
 * @param sendMaxAttempts of every call to a service, the first one included
 */
public record FilesSettings(
    EnricherSettings enricher,
    List<RemoteDatabase> remoteDatabases,
    Duration reloadInterval,
    Optional<LookupSettings> lookups,
    String fileTable,
    String claimTable,
    Duration claimRetention,
    String outputBucket,
    String outputPrefix,
    int gzipLevel,
    boolean s3PathStyle,
    long maxUnpackedBytes,
    int textLogBytes,
    Optional<String> topicArn,
    Optional<String> errorQueueUrl,
    int sendMaxAttempts,
    boolean tracing,
    InvocationSettings invocation) {

  static final long DEFAULT_MAX_UNPACKED_BYTES = 10L << 30;
  static final int DEFAULT_TEXT_LOG_BYTES = 4 * 1024;
  static final int DEFAULT_GZIP_LEVEL = GzipStream.FASTEST;
  static final int DEFAULT_SEND_MAX_ATTEMPTS = 4;
  static final Duration DEFAULT_RELOAD_INTERVAL = Duration.ofMinutes(5);
  static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

  /** Each byte may be six in the log, and an entry of CloudWatch Logs holds 256 KiB. */
  private static final int MAX_TEXT_LOG_BYTES = 32 * 1024;

  private static final int MAX_SEND_ATTEMPTS = 20;
  private static final int MAX_PREFIX_CHARS = 300;
  private static final Duration MIN_RELOAD_INTERVAL = Duration.ofSeconds(1);

  /** The longest invocation: nothing may be forgotten while it is being done. */
  private static final Duration MIN_RETENTION = Duration.ofMinutes(15);

  private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
  private static final Pattern PREFIX =
      Pattern.compile("(?!(.*/)?\\.\\.?(/.*)?$)[A-Za-z0-9!_.*'()=-]+(/[A-Za-z0-9!_.*'()=-]+)*");
  private static final Pattern TOPIC_ARN =
      Pattern.compile(
          "arn:[a-z0-9-]{1,20}:sns:[a-z0-9-]{1,40}:\\d{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?");
  private static final Pattern QUEUE_URL = Pattern.compile("https?://\\S{1,500}");

  /** Whether spans are made. */
  private enum Traces {
    OFF,
    OPENTELEMETRY
  }

  /** The keys of the function itself; those of the enricher and of the look-ups come on top. */
  public static List<SettingKey> keys() {
    return Stream.concat(FilesKeys.ALL.stream(), InvocationSettings.keys().stream()).toList();
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSettingsException with all problems together
   */
  public static FilesSettings from(Settings s) {
    EnricherSettings asked = EnricherSettings.from(s);
    DatabaseLocations databases = DatabaseLocations.from(s);
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    LookupSettings lookups = LookupSettings.from(s, asked);
    var read =
        new FilesSettings(
            databases.in(folder, asked),
            databases.in(folder),
            atLeast(s, "GEOIP_RELOAD_INTERVAL", DEFAULT_RELOAD_INTERVAL, MIN_RELOAD_INTERVAL),
            lookups.isOff() ? Optional.empty() : Optional.of(lookups),
            matching(s, "FILE_TABLE", "FileMetadata", TABLE, "a table"),
            matching(s, "IDEMPOTENCY_TABLE", "FileIdempotency", TABLE, "a table"),
            atLeast(s, "IDEMPOTENCY_RETENTION", DEFAULT_RETENTION, MIN_RETENTION),
            s.required("OUTPUT_BUCKET"),
            prefix(s),
            s.intBetween("GZIP_LEVEL", DEFAULT_GZIP_LEVEL, GzipStream.FASTEST, GzipStream.SMALLEST),
            s.flag("S3_PATH_STYLE", false),
            s.longBetween("MAX_UNPACKED_BYTES", DEFAULT_MAX_UNPACKED_BYTES, 1, Long.MAX_VALUE - 1),
            textLogBytes(s),
            optional(s, "NOTIFY_TOPIC_ARN", TOPIC_ARN, "the ARN of an SNS topic"),
            optional(s, "ERROR_QUEUE_URL", QUEUE_URL, "the URL of an SQS queue"),
            s.intBetween("SEND_MAX_ATTEMPTS", DEFAULT_SEND_MAX_ATTEMPTS, 1, MAX_SEND_ATTEMPTS),
            s.choice("TRACING", Traces.class, Traces.OFF) == Traces.OPENTELEMETRY,
            InvocationSettings.from(s));
    if (read.fileTable().equals(read.claimTable())) {
      s.problem("IDEMPOTENCY_TABLE", "is FILE_TABLE, and their keys differ");
    }
    s.throwIfInvalid();
    return read;
  }

  private static int textLogBytes(Settings s) {
    boolean wanted = s.flag("TEXT_TO_LOG", true);
    int bytes = s.intBetween("TEXT_LOG_BYTES", DEFAULT_TEXT_LOG_BYTES, 1, MAX_TEXT_LOG_BYTES);
    return wanted ? bytes : 0;
  }

  private static String prefix(Settings s) {
    String prefix = matching(s, "OUTPUT_PREFIX", "files", PREFIX, "folders such as logs/web");
    if (prefix.length() > MAX_PREFIX_CHARS) {
      s.problem("OUTPUT_PREFIX", "is longer than " + MAX_PREFIX_CHARS + " characters");
    }
    return prefix;
  }

  private static Duration atLeast(Settings s, String key, Duration defaultValue, Duration min) {
    Duration duration = s.duration(key, defaultValue);
    if (duration.compareTo(min) < 0) {
      s.problem(key, "is below " + min.toSeconds() + "s");
    }
    return duration;
  }

  private static Optional<String> optional(
      Settings s, String key, Pattern pattern, String expected) {
    Optional<String> value = s.text(key);
    value.ifPresent(text -> require(s, key, text, pattern, expected));
    return value;
  }

  private static String matching(
      Settings s, String key, String defaultValue, Pattern pattern, String expected) {
    String value = s.text(key, defaultValue);
    require(s, key, value, pattern, expected);
    return value;
  }

  private static void require(
      Settings s, String key, String value, Pattern pattern, String expected) {
    if (!pattern.matcher(value).matches()) {
      s.problem(key, "is \"" + value + "\", expected " + expected);
    }
  }
}
