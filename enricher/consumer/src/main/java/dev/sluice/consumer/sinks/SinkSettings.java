package dev.sluice.consumer.sinks;

import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which sinks a consumer writes to. Immutable.
 *
 * @param stream Kinesis stream of the sink kinesis, empty without it
 * @param partitionKey key of the lines whose value is the partition key, or {@code random}
 * @param maxRecordBytes data and partition key of one record of the stream
 * @param deliveryStream Firehose stream of the sink firehose, empty without it
 * @param file of the sink file, present exactly with it
 * @param maxCalls calls of each sink that are filled or on their way at the same time
 * @param rejectsQueueUrl where rejected lines go, if not into S3
 */
public record SinkSettings(
    Set<SinkKind> kinds,
    String stream,
    String partitionKey,
    int maxRecordBytes,
    String deliveryStream,
    Optional<Path> file,
    int maxCalls,
    Optional<String> rejectsQueueUrl) {

  /** Where rejected lines go. */
  enum Rejects {
    S3,
    SQS
  }

  public static final int DEFAULT_MAX_CALLS = 8;
  private static final int MAX_CALLS_LIMIT = 256;

  /** Smallest useful bound of a record: the longest partition key and a kibibyte beside it. */
  private static final int SMALLEST_RECORD_BYTES = 2048;

  private static final Pattern STREAM_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
  private static final Pattern DELIVERY_STREAM_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern PARTITION_KEY = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");
  private static final Pattern QUEUE_URL = Pattern.compile("https?://[^\\s/]+/\\S+(?<!\\.fifo)");

  private static final String SINKS = "SINKS";

  /** The keys that {@link #from} reads. */
  public static final List<SettingKey> KEYS =
      List.of(
          new SettingKey(
              SINKS,
              "s3",
              "s3, kinesis, firehose, file, stdout",
              "Where enriched lines go, separated by commas: docs/consumer.md."),
          new SettingKey(
              "SINK_STREAM_NAME", "", "", "Kinesis stream to write to; required by kinesis."),
          new SettingKey(
              "SINK_PARTITION_KEY",
              "random",
              "random, or a key of the lines",
              "Partition key of a line in that stream: random, or its value of a key such as host."),
          new SettingKey(
              "SINK_MAX_RECORD_BYTES",
              "1048576",
              "bytes",
              "Largest record that the stream takes; up to 10485760 where its MaxRecordSize says so."),
          new SettingKey(
              "SINK_DELIVERY_STREAM", "", "", "Firehose stream to write to; required by firehose."),
          new SettingKey("SINK_FILE", "", "file", "File to append to; required by file."),
          new SettingKey(
              "SINK_MAX_CALLS",
              "8",
              "calls",
              "Calls of each sink that are filled or on their way at the same time, of 5 MiB at most."),
          new SettingKey("REJECTS", "s3", "s3, sqs", "Where rejected lines go: docs/consumer.md."),
          new SettingKey(
              "DEAD_LETTER_QUEUE_URL",
              "",
              "URL",
              "SQS queue for rejected lines; required by sqs."));

  public SinkSettings {
    Set<SinkKind> copy = EnumSet.noneOf(SinkKind.class);
    copy.addAll(kinds);
    kinds = Collections.unmodifiableSet(copy);
  }

  /**
   * Reads {@link #KEYS}; problems stay in {@code settings}.
   *
   * @param source the stream that is read; a sink into it would never end
   */
  public static SinkSettings from(Settings s, String source) {
    Set<SinkKind> kinds = kinds(s);
    String stream =
        target(s, "SINK_STREAM_NAME", kinds, SinkKind.KINESIS, STREAM_NAME, "a stream name");
    if (!stream.isEmpty() && stream.equals(source)) {
      s.problem("SINK_STREAM_NAME", "is \"" + stream + "\", the stream that is read");
    }
    String partitionKey = s.text("SINK_PARTITION_KEY", PartitionKeys.RANDOM);
    if (!PARTITION_KEY.matcher(partitionKey).matches()) {
      s.problem("SINK_PARTITION_KEY", "is \"" + partitionKey + "\", expected random or a key");
    }
    Rejects rejects = s.choice("REJECTS", Rejects.class, Rejects.S3);
    if (rejects == Rejects.S3 && !kinds.contains(SinkKind.S3)) {
      s.problem("REJECTS", "is s3, but SINKS has no s3: set sqs, or add s3");
    }
    return new SinkSettings(
        kinds,
        stream,
        partitionKey,
        s.intBetween(
            "SINK_MAX_RECORD_BYTES",
            StreamPut.DEFAULT_RECORD_BYTES,
            SMALLEST_RECORD_BYTES,
            StreamPut.LARGEST_BYTES),
        target(
            s,
            "SINK_DELIVERY_STREAM",
            kinds,
            SinkKind.FIREHOSE,
            DELIVERY_STREAM_NAME,
            "the name of a Firehose stream"),
        file(s, kinds),
        s.intBetween("SINK_MAX_CALLS", DEFAULT_MAX_CALLS, 1, MAX_CALLS_LIMIT),
        queueUrl(s, rejects));
  }

  private static Set<SinkKind> kinds(Settings s) {
    Set<SinkKind> found = EnumSet.noneOf(SinkKind.class);
    for (String name : s.text(SINKS, SinkKind.S3.label()).split(",")) {
      Optional<SinkKind> kind =
          Arrays.stream(SinkKind.values()).filter(k -> k.label().equals(name.strip())).findFirst();
      kind.ifPresentOrElse(
          found::add,
          () ->
              s.problem(
                  SINKS,
                  "names \""
                      + name.strip()
                      + "\", none of "
                      + Arrays.stream(SinkKind.values())
                          .map(SinkKind::label)
                          .collect(Collectors.joining(", "))));
    }
    return found;
  }

  /** True if the key is set exactly when it has to be; a problem otherwise. */
  private static boolean fits(
      Settings s, String key, boolean needed, String because, String becauseNot) {
    boolean set = s.text(key).isPresent();
    if (set != needed) {
      s.problem(key, needed ? "is not set, and " + because : "is set, and " + becauseNot);
    }
    return set && needed;
  }

  private static boolean fits(Settings s, String key, Set<SinkKind> kinds, SinkKind kind) {
    return fits(
        s, key, kinds.contains(kind), "SINKS has " + kind.label(), "SINKS has no " + kind.label());
  }

  private static String target(
      Settings s,
      String key,
      Set<SinkKind> kinds,
      SinkKind kind,
      Pattern pattern,
      String expected) {
    if (!fits(s, key, kinds, kind)) {
      return "";
    }
    String name = s.text(key).orElseThrow();
    if (!pattern.matcher(name).matches()) {
      s.problem(key, "is \"" + name + "\", expected " + expected);
    }
    return name;
  }

  private static Optional<Path> file(Settings s, Set<SinkKind> kinds) {
    return fits(s, "SINK_FILE", kinds, SinkKind.FILE) ? s.path("SINK_FILE") : Optional.empty();
  }

  private static Optional<String> queueUrl(Settings s, Rejects rejects) {
    String key = "DEAD_LETTER_QUEUE_URL";
    boolean needed = rejects == Rejects.SQS;
    if (!fits(s, key, needed, "REJECTS is sqs", "REJECTS is not sqs")) {
      return Optional.empty();
    }
    Optional<String> url = s.text(key);
    if (!QUEUE_URL.matcher(url.orElseThrow()).matches()) {
      s.problem(key, "is \"" + url.get() + "\", expected the URL of a standard SQS queue");
    }
    return url;
  }

  /** True if lines go into S3, exactly once. */
  public boolean hasS3() {
    return kinds.contains(SinkKind.S3);
  }

  /** True if a sink may get a line twice, so that each needs an id. */
  public boolean hasOthers() {
    return kinds.stream().anyMatch(kind -> kind != SinkKind.S3);
  }
}
