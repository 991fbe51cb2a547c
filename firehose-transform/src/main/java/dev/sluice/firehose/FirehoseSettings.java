package dev.sluice.firehose;

import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.firehose.partition.PartitionSettings;
import dev.sluice.firehose.record.RecordRules;
import dev.sluice.firehose.record.Rejects;
import dev.sluice.lookups.LookupSettings;
import dev.sluice.lookups.database.DatabaseLocations;
import dev.sluice.lookups.database.RemoteDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the function needs to know, read once for each execution environment. Endpoints, region and
 * credentials are not among it: the AWS SDK finds them by its own rules.
 *
 * @param enricher its GeoIP2 databases are files, also where they have to be fetched first
 * @param remoteDatabases what has to be fetched from S3
 * @param maxResponseBytes most bytes of the JSON of a response
 * @param timeReserve no record is begun with less time than that; it is for re-ingest
 * @param deadLetterQueueUrl present when {@link RecordRules#rejects} wants a queue
 * @param geoIpReloadInterval time between two looks whether a database file has changed
 */
public record FirehoseSettings(
    EnricherSettings enricher,
    List<RemoteDatabase> remoteDatabases,
    RecordRules rules,
    Optional<String> deadLetterQueueUrl,
    int maxResponseBytes,
    Reingest reingest,
    int reingestMaxAttempts,
    Duration timeReserve,
    PartitionSettings partitions,
    UnusableGeoIp unusableGeoIp,
    Duration geoIpReloadInterval,
    Metrics metrics,
    String metricsNamespace,
    LookupSettings lookups,
    Traces traces) {

  /** Which overflowing records are sent back to where they came from. */
  public enum Reingest {
    /** None. */
    OFF,
    /** Those of a delivery stream that takes direct puts. */
    DIRECT_PUT,
    /**
     * Also those that come from a Kinesis stream, whose other consumers then see their lines twice.
     */
    ALL
  }

  /** What happens when a GeoIP2 database cannot be used at the start. */
  public enum UnusableGeoIp {
    /** The function does not start. */
    REFUSE,
    /** Lines are enriched without it, and a metric says so. */
    ENRICH_WITHOUT
  }

  /** How metrics leave the function. */
  public enum Metrics {
    /** CloudWatch's embedded metric format, in the log line of the invocation. */
    EMF,
    /** Not at all; the numbers are in the log line. */
    NONE
  }

  /** Whether invocations are traced. */
  public enum Traces {
    /** No, and nothing of OpenTelemetry is loaded. */
    OFF,
    /** Through OpenTelemetry, as the agent of a layer has set it up. */
    OPENTELEMETRY
  }

  /**
   * 6 MB, the limit of Lambda for the serialised response.
   *
   * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html">Data
   *     transformation, 6 MB for request and response</a>
   */
  public static final int DEFAULT_MAX_RESPONSE_BYTES = 6 * 1024 * 1024;

  /** What unpacks to more could hardly be answered: its output would not fit into a response. */
  public static final int DEFAULT_MAX_EXPANDED_BYTES = 4 * 1024 * 1024;

  public static final int DEFAULT_REINGEST_MAX_ATTEMPTS = 5;
  public static final Duration DEFAULT_TIME_RESERVE = Duration.ofSeconds(10);
  public static final Duration DEFAULT_GEOIP_RELOAD_INTERVAL = Duration.ofMinutes(5);
  public static final String DEFAULT_METRICS_NAMESPACE = "Sluice/Firehose";

  private static final int MIN_RESPONSE_BYTES = 1024;
  private static final int MIN_EXPANDED_BYTES = 1024;
  private static final int MAX_EXPANDED_BYTES_LIMIT = 64 * 1024 * 1024;
  private static final int MAX_ATTEMPTS_LIMIT = 20;

  /** A function that Firehose calls ends after five minutes. */
  private static final Duration MAX_TIME_RESERVE = Duration.ofMinutes(2);

  private static final Duration MIN_RELOAD_INTERVAL = Duration.ofSeconds(1);

  /** A class of its own, so that only who sets such a text compiles them. */
  private static final class Texts {
    static final Pattern QUEUE_URL = Pattern.compile("https?://[^\\s/]+/\\S+");

    // CloudWatch: up to 255 characters of these, and AWS/ is not for us.
    static final Pattern NAMESPACE = Pattern.compile("(?!AWS/)[A-Za-z0-9._/#:-]{1,255}");
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSettingsException with all problems together
   */
  public static FirehoseSettings from(Settings settings) {
    FirehoseSettings read = read(settings);
    settings.throwIfInvalid();
    return read;
  }

  private static FirehoseSettings read(Settings s) {
    Rejects rejects = s.choice("REJECTS", Rejects.class, Rejects.FAIL);
    DatabaseLocations databases = DatabaseLocations.from(s);
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    EnricherSettings enricher = databases.in(folder, EnricherSettings.from(s));
    return new FirehoseSettings(
        enricher,
        databases.in(folder),
        new RecordRules(
            rejects,
            s.flag("END_WITH_NEWLINE", true),
            s.intBetween(
                "MAX_EXPANDED_BYTES",
                DEFAULT_MAX_EXPANDED_BYTES,
                MIN_EXPANDED_BYTES,
                MAX_EXPANDED_BYTES_LIMIT)),
        queueUrl(s, rejects),
        s.intBetween(
            "MAX_RESPONSE_BYTES",
            DEFAULT_MAX_RESPONSE_BYTES,
            MIN_RESPONSE_BYTES,
            DEFAULT_MAX_RESPONSE_BYTES),
        s.choice("REINGEST", Reingest.class, Reingest.DIRECT_PUT),
        s.intBetween("REINGEST_MAX_ATTEMPTS", DEFAULT_REINGEST_MAX_ATTEMPTS, 1, MAX_ATTEMPTS_LIMIT),
        timeReserve(s),
        PartitionSettings.from(s),
        s.choice("GEOIP_UNUSABLE", UnusableGeoIp.class, UnusableGeoIp.REFUSE),
        reloadInterval(s),
        s.choice("METRICS", Metrics.class, Metrics.EMF),
        namespace(s),
        LookupSettings.from(s, enricher),
        s.choice("TRACING", Traces.class, Traces.OFF));
  }

  private static Optional<String> queueUrl(Settings s, Rejects rejects) {
    String key = "DEAD_LETTER_QUEUE_URL";
    Optional<String> url = s.text(key);
    boolean needed = rejects == Rejects.DEAD_LETTER;
    if (url.isPresent() != needed) {
      s.problem(
          key,
          needed
              ? "is not set, and REJECTS is dead-letter"
              : "is set, and REJECTS is not dead-letter");
    } else if (needed && !Texts.QUEUE_URL.matcher(url.get()).matches()) {
      s.problem(key, "is \"" + url.get() + "\", expected the URL of an SQS queue");
    }
    return url;
  }

  private static Duration timeReserve(Settings s) {
    Duration reserve = s.duration("TIME_RESERVE", DEFAULT_TIME_RESERVE);
    if (reserve.compareTo(MAX_TIME_RESERVE) > 0) {
      s.problem("TIME_RESERVE", "is above " + MAX_TIME_RESERVE.toMinutes() + "m");
      return DEFAULT_TIME_RESERVE;
    }
    return reserve;
  }

  private static Duration reloadInterval(Settings s) {
    Duration interval = s.duration("GEOIP_RELOAD_INTERVAL", DEFAULT_GEOIP_RELOAD_INTERVAL);
    if (interval.compareTo(MIN_RELOAD_INTERVAL) < 0) {
      s.problem("GEOIP_RELOAD_INTERVAL", "is below " + MIN_RELOAD_INTERVAL.toSeconds() + "s");
    }
    return interval;
  }

  private static String namespace(Settings s) {
    String namespace = s.text("METRICS_NAMESPACE", DEFAULT_METRICS_NAMESPACE);
    if (!namespace.equals(DEFAULT_METRICS_NAMESPACE)
        && !Texts.NAMESPACE.matcher(namespace).matches()) {
      s.problem(
          "METRICS_NAMESPACE",
          "is \"" + namespace + "\", expected up to 255 letters, digits, . _ / # : - and not AWS/");
    }
    return namespace;
  }

  /** Every key of the function itself; those of the enricher and of the look-ups come on top. */
  public static List<SettingKey> keys() {
    return FirehoseKeys.ALL;
  }
}
