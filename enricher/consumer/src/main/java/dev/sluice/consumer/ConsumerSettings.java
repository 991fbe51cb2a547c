package dev.sluice.consumer;

import dev.sluice.consumer.sinks.SinkSettings;
import dev.sluice.consumer.tiles.InitialPosition;
import dev.sluice.consumer.tiles.Layout;
import dev.sluice.consumer.tiles.TileKeys;
import dev.sluice.consumer.tiles.TileLimits;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.enricher.gzip.GzipStream;
import dev.sluice.fanout.FanOutConfig;
import dev.sluice.fanout.FanOutMode;
import dev.sluice.lookups.LookupSettings;
import dev.sluice.lookups.database.DatabaseLocations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a consumer needs to know, read once. Endpoints, region and credentials are not among it: the
 * AWS SDK finds them by its own rules ({@code AWS_REGION}, {@code AWS_ENDPOINT_URL_KINESIS}, ...).
 *
 * @param applicationName KCL's application name: lease table, fan-out consumer and place of the
 *     layout
 * @param outputBucket empty without the sink s3, and in the modes that write no lines
 * @param initialTimestamp where AT_TIMESTAMP starts; empty for the other initial positions
 * @param shutdownGrace longest time from the request of a stop to its end
 * @param healthMaxUncommittedAge {@code /health} turns bad when a record waits longer for its
 *     commit
 * @param databases those GeoIP2 databases of the enricher that lie in S3
 * @param geoIpReloadInterval time between two looks whether a database file has changed
 * @param operation how the running consumer is watched
 * @param fanOut the mode, and what the modes besides enrich need
 */
public record ConsumerSettings(
    String streamName,
    String applicationName,
    String outputBucket,
    String outputPrefix,
    ZoneId partitionZone,
    RecordDelivery recordDelivery,
    InitialPosition.Kind initialPosition,
    Optional<Instant> initialTimestamp,
    TileLimits tileLimits,
    Duration checkpointInterval,
    int maxLeases,
    KclTimings kclTimings,
    boolean prepareLeases,
    KclMetrics kclMetrics,
    boolean s3PathStyle,
    String httpHost,
    int httpPort,
    Duration healthMaxUncommittedAge,
    Duration shutdownGrace,
    EnricherSettings enricher,
    DatabaseLocations databases,
    Duration geoIpReloadInterval,
    LookupSettings lookups,
    SinkSettings sinks,
    FanOutConfig fanOut,
    OperationSettings operation) {

  /** How records come from the stream. */
  public enum RecordDelivery {
    /** Enhanced fan-out: pushed, with a throughput of our own. */
    FAN_OUT,
    /** GetRecords, shared with the other pollers of the stream. */
    POLLING
  }

  /** Pace of KCL's own loops. */
  public enum KclTimings {
    /** KCL's defaults. */
    PRODUCTION,
    /** Short waits for demonstrations and tests; costs more requests, and leases move sooner. */
    QUICK
  }

  /** What KCL itself sends to CloudWatch; our own metrics do not depend on it. */
  public enum KclMetrics {
    NONE,
    SUMMARY,
    DETAILED
  }

  public static final String DEFAULT_OUTPUT_PREFIX = "enriched";
  public static final int DEFAULT_MAX_TILE_BYTES = 8 * 1024 * 1024;
  public static final int DEFAULT_MAX_TILE_RECORDS = 100_000;
  public static final Duration DEFAULT_MAX_TILE_AGE = Duration.ofSeconds(60);
  public static final Duration DEFAULT_CHECKPOINT_INTERVAL = Duration.ofSeconds(10);
  public static final Duration DEFAULT_SHUTDOWN_GRACE = Duration.ofSeconds(15);
  public static final Duration DEFAULT_HEALTH_MAX_UNCOMMITTED_AGE = Duration.ofMinutes(5);
  public static final String DEFAULT_HTTP_HOST = "127.0.0.1";
  public static final Duration DEFAULT_GEOIP_RELOAD_INTERVAL = Duration.ofMinutes(1);
  public static final int DEFAULT_MAX_LEASES = 1_000;

  /**
   * Least time between two checkpoints of a shard, each one a write to the lease table, and between
   * two looks at the files of databases.
   */
  public static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

  /** A container is killed after its grace; ours stays below 20 s. */
  public static final Duration MAX_SHUTDOWN_GRACE = Duration.ofSeconds(19);

  /** Upper bound of the raw bytes of a tile: 256 MiB. */
  public static final int MAX_TILE_BYTES_LIMIT = 256 * 1024 * 1024;

  private static final int MAX_TILE_RECORDS_LIMIT = 10_000_000;
  private static final int MAX_LEASES_LIMIT = 10_000;
  private static final int MAX_PORT = 65_535;

  // A DynamoDB table name that is a fan-out consumer name too, and no folder name of ours.
  private static final Pattern APPLICATION_NAME =
      Pattern.compile("(?!rejects$)[A-Za-z0-9_.-]{3,128}");
  private static final Pattern STREAM_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

  // The safe characters of S3's guide to object keys, without an empty folder.
  private static final Pattern PREFIX =
      Pattern.compile("[A-Za-z0-9!_.*'()=-]+(/[A-Za-z0-9!_.*'()=-]+)*");
  private static final int MAX_PREFIX_CHARS = 300;

  /**
   * Reads the settings.
   *
   * @throws InvalidSettingsException with all problems together
   */
  public static ConsumerSettings from(Settings settings) {
    ConsumerSettings read = read(settings);
    settings.throwIfInvalid();
    return read;
  }

  private static ConsumerSettings read(Settings s) {
    String streamName = matching(s, "STREAM_NAME", STREAM_NAME, "up to 128 letters, digits, _ . -");
    SinkSettings sinks = SinkSettings.from(s, streamName);
    EnricherSettings enricher = enricher(s, sinks);
    FanOutConfig fanOut = FanOutConfig.from(s, enricher);
    InitialPosition.Kind initial =
        s.choice("INITIAL_POSITION", InitialPosition.Kind.class, InitialPosition.Kind.TRIM_HORIZON);
    return new ConsumerSettings(
        streamName,
        matching(
            s,
            "APPLICATION_NAME",
            APPLICATION_NAME,
            "3 to 128 letters, digits, _ . -, and not rejects"),
        bucket(s, sinks, fanOut.mode()),
        prefix(s),
        s.zone("PARTITION_ZONE", ZoneOffset.UTC),
        s.choice("RECORD_DELIVERY", RecordDelivery.class, RecordDelivery.FAN_OUT),
        initial,
        timestamp(s, initial, sinks),
        new TileLimits(
            s.intBetween("MAX_TILE_BYTES", DEFAULT_MAX_TILE_BYTES, 1, MAX_TILE_BYTES_LIMIT),
            s.intBetween("MAX_TILE_RECORDS", DEFAULT_MAX_TILE_RECORDS, 1, MAX_TILE_RECORDS_LIMIT),
            s.duration("MAX_TILE_AGE", DEFAULT_MAX_TILE_AGE),
            s.intBetween(
                "GZIP_LEVEL",
                TileLimits.DEFAULT_GZIP_LEVEL,
                GzipStream.FASTEST,
                GzipStream.SMALLEST)),
        atLeastASecond(s, "CHECKPOINT_INTERVAL", DEFAULT_CHECKPOINT_INTERVAL),
        s.intBetween("MAX_LEASES", DEFAULT_MAX_LEASES, 1, MAX_LEASES_LIMIT),
        s.choice("KCL_TIMINGS", KclTimings.class, KclTimings.PRODUCTION),
        s.flag("PREPARE_LEASES", false),
        s.choice("KCL_METRICS", KclMetrics.class, KclMetrics.NONE),
        s.flag("S3_PATH_STYLE", false),
        s.text("HTTP_HOST", DEFAULT_HTTP_HOST),
        s.intBetween("HTTP_PORT", 0, 0, MAX_PORT),
        s.duration("HEALTH_MAX_UNCOMMITTED_AGE", DEFAULT_HEALTH_MAX_UNCOMMITTED_AGE),
        shutdownGrace(s),
        enricher,
        DatabaseLocations.from(s),
        atLeastASecond(s, "GEOIP_RELOAD_INTERVAL", DEFAULT_GEOIP_RELOAD_INTERVAL),
        LookupSettings.from(s, enricher),
        sinks,
        fanOut,
        OperationSettings.from(s));
  }

  /** Lines that may come twice need an id: it is on by itself where a sink is at least once. */
  private static EnricherSettings enricher(Settings s, SinkSettings sinks) {
    EnricherSettings enricher = EnricherSettings.from(s);
    if (!sinks.hasOthers()) {
      return enricher;
    }
    if (List.of(s.text("OMIT_FIELDS", "").split("\\s*,\\s*")).contains("event_id")) {
      s.problem("OMIT_FIELDS", "names event_id, which every sink but s3 needs");
    }
    return enricher.toBuilder().output(enricher.output().withEventId()).build();
  }

  private static String bucket(Settings s, SinkSettings sinks, FanOutMode mode) {
    if (mode != FanOutMode.ENRICH) {
      if (s.text("SINKS").isPresent()) {
        s.problem("SINKS", "is set, and only MODE=enrich writes lines");
      }
      return s.text("OUTPUT_BUCKET", "");
    }
    if (sinks.hasS3()) {
      return s.required("OUTPUT_BUCKET");
    }
    if (s.text("OUTPUT_BUCKET").isPresent()) {
      s.problem("OUTPUT_BUCKET", "is set, and SINKS has no s3");
    }
    return "";
  }

  private static String matching(Settings s, String key, Pattern pattern, String expected) {
    String value = s.required(key);
    if (!value.isEmpty() && !pattern.matcher(value).matches()) {
      s.problem(key, "is \"" + value + "\", expected " + expected);
    }
    return value;
  }

  private static String prefix(Settings s) {
    String prefix = s.text("OUTPUT_PREFIX", DEFAULT_OUTPUT_PREFIX);
    if (!PREFIX.matcher(prefix).matches()
        || prefix.length() > MAX_PREFIX_CHARS
        || prefix.equals(TileKeys.OWN_FOLDER)
        || prefix.startsWith(TileKeys.OWN_FOLDER + '/')) {
      s.problem(
          "OUTPUT_PREFIX",
          "is \""
              + prefix
              + "\", expected folders such as logs/enriched, without a slash at either end, up to "
              + MAX_PREFIX_CHARS
              + " characters, not in "
              + TileKeys.OWN_FOLDER);
    }
    return prefix;
  }

  private static Optional<Instant> timestamp(
      Settings s, InitialPosition.Kind initial, SinkSettings sinks) {
    if (initial == InitialPosition.Kind.LATEST && !sinks.hasS3()) {
      s.problem(
          "INITIAL_POSITION",
          "is latest, whose moment is kept in S3, but SINKS has no s3: set at-timestamp");
    }
    Optional<String> text = s.text("INITIAL_TIMESTAMP");
    boolean needed = initial == InitialPosition.Kind.AT_TIMESTAMP;
    if (text.isPresent() != needed) {
      s.problem(
          "INITIAL_TIMESTAMP",
          needed
              ? "is not set, and INITIAL_POSITION is at-timestamp"
              : "is set, and INITIAL_POSITION is not at-timestamp");
      return Optional.empty();
    }
    try {
      return text.map(Instant::parse);
    } catch (DateTimeException e) {
      s.problem(
          "INITIAL_TIMESTAMP", "is \"" + text.orElseThrow() + "\", expected 2026-01-31T12:00:00Z");
      return Optional.empty();
    }
  }

  private static Duration atLeastASecond(Settings s, String key, Duration defaultValue) {
    Duration interval = s.duration(key, defaultValue);
    if (interval.compareTo(MIN_INTERVAL) < 0) {
      s.problem(key, "is below " + MIN_INTERVAL.toSeconds() + "s");
    }
    return interval;
  }

  private static Duration shutdownGrace(Settings s) {
    Duration grace = s.duration("SHUTDOWN_GRACE", DEFAULT_SHUTDOWN_GRACE);
    if (grace.compareTo(MAX_SHUTDOWN_GRACE) > 0) {
      s.problem("SHUTDOWN_GRACE", "is above " + MAX_SHUTDOWN_GRACE.toSeconds() + "s");
    }
    return grace;
  }

  /** The wanted layout; LATEST means {@code now} if this is the application's first start. */
  Layout layout(Instant now) {
    return new Layout(
        outputPrefix,
        partitionZone,
        switch (initialPosition) {
          case TRIM_HORIZON -> InitialPosition.trimHorizon();
          case LATEST -> InitialPosition.latestAsOf(now.truncatedTo(ChronoUnit.MILLIS));
          case AT_TIMESTAMP -> InitialPosition.atTimestamp(initialTimestamp.orElseThrow());
        });
  }

  /** Every key of the consumer itself; those of the enricher and of the look-ups come on top. */
  public static List<SettingKey> keys() {
    return ConsumerKeys.ALL;
  }
}
