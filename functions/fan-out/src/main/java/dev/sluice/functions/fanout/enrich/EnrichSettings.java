package dev.sluice.functions.fanout.enrich;

import dev.sluice.enricher.Settings;
import dev.sluice.enricher.gzip.GzipStream;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where lines go.
 *
 * @param application name of the output's folder
 * @param bucket of objects; empty in the modes that write no lines
 * @param stream of the sink kinesis; empty without it
 */
public record EnrichSettings(
    String application,
    String bucket,
    String outputPrefix,
    ZoneId partitionZone,
    int gzipLevel,
    boolean s3PathStyle,
    Set<Sink> sinks,
    String stream,
    String partitionKey,
    int maxRecordBytes) {

  /** Where enriched lines can go. */
  public enum Sink {
    S3,
    KINESIS
  }

  static final String DEFAULT_PREFIX = "enriched";
  static final int DEFAULT_GZIP_LEVEL = GzipStream.FASTEST;

  /** Smallest useful bound of a record: the longest partition key and a kibibyte beside it. */
  private static final int SMALLEST_RECORD_BYTES = 2048;

  private static final int MAX_PREFIX_CHARS = 300;
  private static final Pattern APPLICATION_NAME =
      Pattern.compile("(?!rejects$)[A-Za-z0-9_.-]{3,128}");
  private static final Pattern PREFIX =
      Pattern.compile("[A-Za-z0-9!_.*'()=-]+(/[A-Za-z0-9!_.*'()=-]+)*");
  private static final Pattern STREAM_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
  private static final Pattern PARTITION_KEY = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");
  private static final String STREAM = "SINK_STREAM_NAME";
  private static final String BUCKET = "OUTPUT_BUCKET";

  public EnrichSettings {
    partitionZone = partitionZone.normalized(); // UTC and Z are one zone
    sinks = Set.copyOf(sinks);
  }

  /** Whether enriched lines go into objects. */
  public boolean linesToS3() {
    return sinks.contains(Sink.S3);
  }

  /**
   * Reads the keys; problems stay in {@code s}.
   *
   * @param function its name, which is the application's unless that is set
   * @param writesLines whether the mode is enrich
   */
  public static EnrichSettings from(Settings s, String function, boolean writesLines) {
    Set<Sink> sinks = sinks(s);
    for (String key : new String[] {"SINKS", BUCKET, STREAM}) {
      if (!writesLines && s.text(key).isPresent()) {
        s.problem(key, "is set, and only MODE=enrich writes lines");
      }
    }
    String application =
        matching(
            s,
            "APPLICATION_NAME",
            function,
            APPLICATION_NAME,
            "3 to 128 letters, digits, _ . -, and not rejects");
    String prefix =
        matching(s, "OUTPUT_PREFIX", DEFAULT_PREFIX, PREFIX, "folders such as logs/web");
    if (prefix.length() > MAX_PREFIX_CHARS) {
      s.problem("OUTPUT_PREFIX", "is longer than " + MAX_PREFIX_CHARS + " characters");
    }
    return new EnrichSettings(
        application,
        writesLines ? s.required(BUCKET) : "",
        prefix,
        s.zone("PARTITION_ZONE", ZoneOffset.UTC),
        s.intBetween("GZIP_LEVEL", DEFAULT_GZIP_LEVEL, GzipStream.FASTEST, GzipStream.SMALLEST),
        s.flag("S3_PATH_STYLE", false),
        sinks,
        stream(s, sinks, writesLines),
        matching(s, "SINK_PARTITION_KEY", PartitionKeys.RANDOM, PARTITION_KEY, "random or a key"),
        s.intBetween(
            "SINK_MAX_RECORD_BYTES",
            StreamLines.DEFAULT_RECORD_BYTES,
            SMALLEST_RECORD_BYTES,
            StreamLines.LARGEST_BYTES));
  }

  private static Set<Sink> sinks(Settings s) {
    Set<Sink> found = EnumSet.noneOf(Sink.class);
    for (String name : s.text("SINKS", label(Sink.S3)).split(",")) {
      Optional<Sink> sink =
          Arrays.stream(Sink.values()).filter(k -> label(k).equals(name.strip())).findFirst();
      sink.ifPresentOrElse(
          found::add,
          () ->
              s.problem(
                  "SINKS",
                  "names \""
                      + name.strip()
                      + "\", none of "
                      + Arrays.stream(Sink.values())
                          .map(EnrichSettings::label)
                          .collect(Collectors.joining(", "))));
    }
    return found;
  }

  private static String label(Sink sink) {
    return sink.name().toLowerCase(Locale.ROOT);
  }

  private static String stream(Settings s, Set<Sink> sinks, boolean writesLines) {
    Optional<String> name = s.text(STREAM);
    if (writesLines && name.isPresent() != sinks.contains(Sink.KINESIS)) {
      s.problem(
          STREAM,
          name.isPresent()
              ? "is set, and SINKS has no kinesis"
              : "is not set, and SINKS has kinesis");
    }
    if (name.isPresent() && !STREAM_NAME.matcher(name.get()).matches()) {
      s.problem(STREAM, "is \"" + name.get() + "\", expected a stream name");
    }
    return name.orElse("");
  }

  private static String matching(
      Settings s, String key, String defaultValue, Pattern pattern, String expected) {
    String value = s.text(key, defaultValue);
    if (!pattern.matcher(value).matches()) {
      s.problem(key, "is \"" + value + "\", expected " + expected);
    }
    return value;
  }
}
