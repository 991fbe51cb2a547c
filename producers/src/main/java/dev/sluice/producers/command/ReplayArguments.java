package dev.sluice.producers.command;

import dev.sluice.producers.PutRecordsLimits;
import dev.sluice.producers.ReplayOptions;
import dev.sluice.producers.RetryPolicy;
import java.security.SecureRandom;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say where and how to replay, whatever is replayed. */
final class ReplayArguments {
  @Option(names = "--stream", required = true, paramLabel = "S", description = "Kinesis stream.")
  private String stream;

  @ArgGroup private Pace pace;

  @Option(
      names = "--partition-key",
      paramLabel = "KEY",
      defaultValue = PartitionKeyChoice.CLIENT_ADDRESS,
      description =
          "client-address (default; the line's first token), random, line-number, constant:TEXT.")
  private String partitionKey;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Makes random partition keys repeatable.")
  private Long seed;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "" + ReplayOptions.DEFAULT_IN_FLIGHT,
      description = "PutRecords requests under way at once, 1 to 32 (default ${DEFAULT-VALUE}).")
  private int inFlight;

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

  /** At most one of the two. */
  static final class Pace {
    @Option(
        names = "--rate",
        paramLabel = "N/s",
        converter = RateConverter.class,
        description = "Lines per second.")
    Double linesPerSecond;

    @Option(names = "--max", description = "As quick as the service accepts (default).")
    boolean max;
  }

  /**
   * The options of the engine.
   *
   * @throws IllegalArgumentException a value is out of its bounds; the message is for the user
   */
  ReplayOptions toOptions() {
    RandomGenerator random = seed == null ? new SecureRandom() : new SplittableRandom(seed);
    return new ReplayOptions(
        stream,
        PartitionKeyChoice.of(partitionKey, random),
        pace == null || pace.linesPerSecond == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(pace.linesPerSecond),
        inFlight,
        new PutRecordsLimits(PutRecordsLimits.MAX_RECORDS, maxRequestBytes, maxRecordBytes),
        RetryPolicy.defaults());
  }
}
