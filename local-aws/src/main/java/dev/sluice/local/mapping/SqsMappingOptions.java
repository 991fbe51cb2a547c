package dev.sluice.local.mapping;

import java.time.Duration;
import java.util.Objects;

/**
 * Mapping of a queue, in the words of CreateEventSourceMapping. Start from {@link #of}. How long a
 * message of a failed batch stays away, how often it comes and where it goes then, are attributes
 * of the queue: VisibilityTimeout and RedrivePolicy.
 *
 * @param batchSize messages of an invocation, at most; 1 to 10,000
 * @param batchingWindow how long messages are gathered, at most 5 minutes; at least 1 s for batches
 *     above 10
 * @param reportBatchItemFailures whether the answer names the messages that come again
 */
public record SqsMappingOptions(
    String queueUrl, int batchSize, Duration batchingWindow, boolean reportBatchItemFailures) {

  static final int BATCH_SIZE_MAX = 10_000;
  static final Duration BATCHING_WINDOW_MAX = Duration.ofMinutes(5);

  /** The service's default, and the most that ReceiveMessage gives at a time. */
  static final int DEFAULT_BATCH_SIZE = 10;

  private static final Duration LARGE_BATCH_WINDOW_MIN = Duration.ofSeconds(1);

  public SqsMappingOptions {
    Objects.requireNonNull(queueUrl, "queueUrl");
    requireBatch(batchSize, batchingWindow);
    if (batchSize > DEFAULT_BATCH_SIZE && batchingWindow.compareTo(LARGE_BATCH_WINDOW_MIN) < 0) {
      throw new IllegalArgumentException("a batchSize above 10 wants a batchingWindow of 1 s");
    }
  }

  static void requireBatch(int batchSize, Duration batchingWindow) {
    if (batchSize < 1 || batchSize > BATCH_SIZE_MAX) {
      throw new IllegalArgumentException("batchSize out of range: " + batchSize);
    }
    if (batchingWindow.isNegative() || batchingWindow.compareTo(BATCHING_WINDOW_MAX) > 0) {
      throw new IllegalArgumentException("batchingWindow out of range: " + batchingWindow);
    }
  }

  /** Ten messages, no waiting, no reports. */
  public static SqsMappingOptions of(String queueUrl) {
    return new SqsMappingOptions(queueUrl, DEFAULT_BATCH_SIZE, Duration.ZERO, false);
  }

  /** Both together, as one bounds the other. */
  public SqsMappingOptions withBatch(int size, Duration window) {
    return new SqsMappingOptions(queueUrl, size, window, reportBatchItemFailures);
  }

  public SqsMappingOptions withReportBatchItemFailures(boolean changed) {
    return new SqsMappingOptions(queueUrl, batchSize, batchingWindow, changed);
  }
}
