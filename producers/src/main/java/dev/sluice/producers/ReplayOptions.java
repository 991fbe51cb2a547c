package dev.sluice.producers;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What to replay where and how.
 *
 * @param streamName Kinesis stream that takes the records
 * @param partitionKeys chooses the partition key of each line
 * @param pace how quickly lines leave
 * @param passes how often the input is replayed from its first line on, 1 to {@link
 *     #ENDLESS_PASSES}; more than once takes a file
 * @param offsetFile where the offset is kept, so that a replay that ended early can go on; empty:
 *     nowhere
 * @param inFlight PutRecords requests under way at the same time, 1 to {@value #MAX_IN_FLIGHT}; it
 *     also bounds the memory, each holds up to {@link PutRecordsLimits#maxRequestBytes}. With an
 *     offset file it is 1: what is sent again after a crash is then one request at most
 * @param limits bounds of one request
 * @param retries how failures are sent again
 */
public record ReplayOptions(
    String streamName,
    PartitionKeys partitionKeys,
    Pace pace,
    int passes,
    Optional<Path> offsetFile,
    int inFlight,
    PutRecordsLimits limits,
    RetryPolicy retries) {
  /** Requests in flight unless told otherwise. */
  public static final int DEFAULT_IN_FLIGHT = 4;

  /** Most requests in flight. */
  public static final int MAX_IN_FLIGHT = 32;

  /** Fastest pace that can be asked for. */
  public static final int MAX_LINES_PER_SECOND = 1_000_000;

  /** Again and again, until the listener wants no more. */
  public static final int ENDLESS_PASSES = Integer.MAX_VALUE;

  /** Stream names as Kinesis takes them (CreateStream). */
  private static final Pattern STREAM_NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

  public ReplayOptions {
    Objects.requireNonNull(partitionKeys, "partitionKeys");
    Objects.requireNonNull(pace, "pace");
    Objects.requireNonNull(offsetFile, "offsetFile");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(retries, "retries");
    if (!STREAM_NAME.matcher(streamName).matches()) {
      throw new IllegalArgumentException(
          "stream name has to be 1 to 128 letters, digits, '_', '.' or '-'");
    }
    if (passes < 1) {
      throw new IllegalArgumentException("passes: " + passes + " is not above 0");
    }
    if (inFlight < 1 || inFlight > MAX_IN_FLIGHT) {
      throw new IllegalArgumentException(
          "requests in flight: " + inFlight + " is not in 1.." + MAX_IN_FLIGHT);
    }
    if (offsetFile.isPresent() && inFlight != 1) {
      throw new IllegalArgumentException(
          "requests in flight: " + inFlight + " is not 1, which an offset file asks for");
    }
  }

  /** Once, as quick as the service accepts, keyed by client address, with all defaults. */
  public static ReplayOptions to(String streamName) {
    return new ReplayOptions(
        streamName,
        PartitionKeys.clientAddress(),
        new Pace.Unlimited(),
        1,
        Optional.empty(),
        DEFAULT_IN_FLIGHT,
        PutRecordsLimits.defaults(),
        RetryPolicy.defaults());
  }

  public ReplayOptions withPartitionKeys(PartitionKeys keys) {
    return new ReplayOptions(streamName, keys, pace, passes, offsetFile, inFlight, limits, retries);
  }

  public ReplayOptions withPace(Pace other) {
    return new ReplayOptions(
        streamName, partitionKeys, other, passes, offsetFile, inFlight, limits, retries);
  }

  public ReplayOptions withLinesPerSecond(double linesPerSecond) {
    return withPace(new Pace.LinesPerSecond(linesPerSecond));
  }

  public ReplayOptions withPasses(int times) {
    return new ReplayOptions(
        streamName, partitionKeys, pace, times, offsetFile, inFlight, limits, retries);
  }

  /** Keeps the offset there, one request in flight. */
  public ReplayOptions withOffsetFile(Path file) {
    return new ReplayOptions(
        streamName, partitionKeys, pace, passes, Optional.of(file), 1, limits, retries);
  }

  public ReplayOptions withInFlight(int requests) {
    return new ReplayOptions(
        streamName, partitionKeys, pace, passes, offsetFile, requests, limits, retries);
  }

  public ReplayOptions withLimits(PutRecordsLimits bounds) {
    return new ReplayOptions(
        streamName, partitionKeys, pace, passes, offsetFile, inFlight, bounds, retries);
  }

  public ReplayOptions withRetries(RetryPolicy policy) {
    return new ReplayOptions(
        streamName, partitionKeys, pace, passes, offsetFile, inFlight, limits, policy);
  }
}
