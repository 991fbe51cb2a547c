package dev.sluice.producers;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * What to replay where and how.
 *
 * @param streamName Kinesis stream that takes the records
 * @param partitionKeys chooses the partition key of each line
 * @param linesPerSecond the pace, up to {@value #MAX_LINES_PER_SECOND}; empty: as quick as the
 *     service accepts
 * @param inFlight PutRecords requests under way at the same time, 1 to {@value #MAX_IN_FLIGHT}; it
 *     also bounds the memory, each holds up to {@link PutRecordsLimits#maxRequestBytes}
 * @param limits bounds of one request
 * @param retries how failures are sent again
 */
public record ReplayOptions(
    String streamName,
    PartitionKeys partitionKeys,
    OptionalDouble linesPerSecond,
    int inFlight,
    PutRecordsLimits limits,
    RetryPolicy retries) {
  /** Requests in flight unless told otherwise. */
  public static final int DEFAULT_IN_FLIGHT = 4;

  /** Most requests in flight. */
  public static final int MAX_IN_FLIGHT = 32;

  /** Fastest pace that can be asked for. */
  public static final int MAX_LINES_PER_SECOND = 1_000_000;

  /** Stream names as Kinesis takes them (CreateStream). */
  private static final Pattern STREAM_NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

  public ReplayOptions {
    Objects.requireNonNull(partitionKeys, "partitionKeys");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(retries, "retries");
    if (!STREAM_NAME.matcher(streamName).matches()) {
      throw new IllegalArgumentException(
          "stream name has to be 1 to 128 letters, digits, '_', '.' or '-'");
    }
    if (linesPerSecond.isPresent()
        && !(linesPerSecond.getAsDouble() > 0
            && linesPerSecond.getAsDouble() <= MAX_LINES_PER_SECOND)) {
      throw new IllegalArgumentException(
          "lines per second have to be above 0 and at most " + MAX_LINES_PER_SECOND);
    }
    if (inFlight < 1 || inFlight > MAX_IN_FLIGHT) {
      throw new IllegalArgumentException(
          "requests in flight: " + inFlight + " is not in 1.." + MAX_IN_FLIGHT);
    }
  }

  /** As quick as the service accepts, keyed by client address, with all defaults. */
  public static ReplayOptions to(String streamName) {
    return new ReplayOptions(
        streamName,
        PartitionKeys.clientAddress(),
        OptionalDouble.empty(),
        DEFAULT_IN_FLIGHT,
        PutRecordsLimits.defaults(),
        RetryPolicy.defaults());
  }

  public ReplayOptions withPartitionKeys(PartitionKeys keys) {
    return new ReplayOptions(streamName, keys, linesPerSecond, inFlight, limits, retries);
  }

  public ReplayOptions withLinesPerSecond(double pace) {
    return new ReplayOptions(
        streamName, partitionKeys, OptionalDouble.of(pace), inFlight, limits, retries);
  }

  public ReplayOptions withInFlight(int requests) {
    return new ReplayOptions(streamName, partitionKeys, linesPerSecond, requests, limits, retries);
  }

  public ReplayOptions withLimits(PutRecordsLimits bounds) {
    return new ReplayOptions(streamName, partitionKeys, linesPerSecond, inFlight, bounds, retries);
  }

  public ReplayOptions withRetries(RetryPolicy policy) {
    return new ReplayOptions(streamName, partitionKeys, linesPerSecond, inFlight, limits, policy);
  }
}
