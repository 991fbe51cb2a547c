package dev.sluice.producers.command;

import dev.sluice.producers.Pace;
import dev.sluice.producers.PutRecordsLimits;
import dev.sluice.producers.ReplayOptions;
import dev.sluice.producers.RetryPolicy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say where and how to replay, whatever is replayed. */
final class ReplayArguments {
  @Option(names = "--stream", required = true, paramLabel = "S", description = "Kinesis stream.")
  private String stream;

  @ArgGroup private PaceChoice pace;

  @Option(
      names = "--partition-key",
      paramLabel = "KEY",
      description =
          "Of logs client-address (default; the line's first token), of tweets tweet-id (default);"
              + " random, line-number, constant:TEXT.")
  private String partitionKey;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Makes random partition keys repeatable.")
  private Long seed;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description =
          "PutRecords requests under way at once, 1 to 32 (default "
              + ReplayOptions.DEFAULT_IN_FLIGHT
              + ", with --resume 1).")
  private Integer inFlight;

  @Option(
      names = "--max-gap",
      paramLabel = "SECONDS",
      description = "With --speed: longest wait between two lines (default 3600).")
  private Integer maxGapSeconds;

  @ArgGroup private Repeat repeat;

  @Option(
      names = "--resume",
      paramLabel = "OFFSET-FILE",
      description =
          "Keeps the offset in this file, and goes on from there where it stands: after a crash"
              + " nothing is lost, and at most one request is sent again.")
  private Path offsetFile;

  @Option(
      names = "--max-record-bytes",
      paramLabel = "N",
      defaultValue = "" + PutRecordsLimits.DEFAULT_RECORD_BYTES,
      description = "Longest record with its partition key (default ${DEFAULT-VALUE}).")
  private int maxRecordBytes;

  @Option(
      names = "--max-request-bytes",
      paramLabel = "N",
      defaultValue = "" + PutRecordsLimits.DEFAULT_REQUEST_BYTES,
      description = "Largest PutRecords request (default ${DEFAULT-VALUE}).")
  private int maxRequestBytes;

  /** At most one of them. */
  static final class Repeat {
    @Option(names = "--loop", description = "Again and again from the first line, until stopped.")
    boolean endless;

    @Option(names = "--passes", paramLabel = "N", description = "So many times (default 1).")
    Integer passes;
  }

  /** At most one of them. */
  static final class PaceChoice {
    @Option(
        names = "--rate",
        paramLabel = "N/s",
        converter = RateConverter.class,
        description = "Lines per second.")
    Double linesPerSecond;

    @Option(
        names = "--speed",
        paramLabel = "X",
        description =
            "By the lines' own times, X times as quick: 1 as it was, 60 an hour in a minute.")
    Double speed;

    @Option(names = "--max", description = "As quick as the service accepts (default).")
    boolean max;
  }

  /**
   * The options of the engine.
   *
   * @throws IllegalArgumentException a value is out of its bounds; the message is for the user
   */
  ReplayOptions toOptions(ReplayKind kind) {
    RandomGenerator random = seed == null ? new SecureRandom() : new SplittableRandom(seed);
    int ownInFlight = offsetFile == null ? ReplayOptions.DEFAULT_IN_FLIGHT : 1;
    return new ReplayOptions(
        stream,
        PartitionKeyChoice.of(partitionKey, kind, random),
        pace(kind),
        passes(),
        Optional.ofNullable(offsetFile),
        inFlight == null ? ownInFlight : inFlight,
        new PutRecordsLimits(PutRecordsLimits.MAX_RECORDS, maxRequestBytes, maxRecordBytes),
        RetryPolicy.defaults());
  }

  private Pace pace(ReplayKind kind) {
    if (pace != null && pace.speed != null) {
      return new Pace.AsLogged(
          pace.speed,
          kind.times(),
          maxGapSeconds == null
              ? Pace.AsLogged.DEFAULT_MAX_GAP
              : Duration.ofSeconds(maxGapSeconds));
    }
    if (maxGapSeconds != null) {
      throw new IllegalArgumentException("--max-gap means nothing without --speed");
    }
    return pace == null || pace.linesPerSecond == null
        ? new Pace.Unlimited()
        : new Pace.LinesPerSecond(pace.linesPerSecond);
  }

  private int passes() {
    if (repeat == null) {
      return 1;
    }
    return repeat.endless ? ReplayOptions.ENDLESS_PASSES : repeat.passes;
  }
}
