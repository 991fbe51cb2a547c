package dev.sluice.local.mapping;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Mapping of a stream, in the words of CreateEventSourceMapping. Start from {@link #from}.
 *
 * @param batchSize records of an invocation, at most; 1 to 10,000
 * @param batchingWindow how long records are gathered, at most 5 minutes
 * @param reportBatchItemFailures whether the answer names the record to go on from
 * @param bisectBatchOnFunctionError whether a failed batch is tried again in halves, which costs no
 *     retry
 * @param maximumRetryAttempts invocations after the first, 0 to 10,000, or {@link #NO_BOUND}
 * @param maximumRecordAge older records are given up before they are tried (again); at most 7 days,
 *     empty for no bound
 * @param onFailure is told of what is given up
 * @param tumblingWindow length of windows, whole seconds up to 15 minutes; empty for none
 * @param windowIdle how long after the end of a window, and without a new record, it counts as
 *     over; the service waits for up to 2 minutes
 */
public record StreamMappingOptions(
    StartingPosition startingPosition,
    int batchSize,
    Duration batchingWindow,
    boolean reportBatchItemFailures,
    boolean bisectBatchOnFunctionError,
    int maximumRetryAttempts,
    Optional<Duration> maximumRecordAge,
    Optional<OnFailureDestination> onFailure,
    Optional<Duration> tumblingWindow,
    Duration windowIdle) {

  /** Retried until the record is too old, or for ever: the service's default. */
  public static final int NO_BOUND = -1;

  private static final int DEFAULT_BATCH_SIZE = 100;
  private static final int RETRY_ATTEMPTS_MAX = 10_000;
  private static final Duration RECORD_AGE_MAX = Duration.ofDays(7);
  private static final Duration WINDOW_MAX = Duration.ofMinutes(15);
  private static final Duration DEFAULT_WINDOW_IDLE = Duration.ofMinutes(2);

  public StreamMappingOptions {
    Objects.requireNonNull(startingPosition, "startingPosition");
    SqsMappingOptions.requireBatch(batchSize, batchingWindow);
    if (maximumRetryAttempts < NO_BOUND || maximumRetryAttempts > RETRY_ATTEMPTS_MAX) {
      throw new IllegalArgumentException(
          "maximumRetryAttempts out of range: " + maximumRetryAttempts);
    }
    maximumRecordAge.ifPresent(age -> require("maximumRecordAge", age, RECORD_AGE_MAX));
    tumblingWindow.ifPresent(
        window -> {
          require("tumblingWindow", window, WINDOW_MAX);
          if (window.toMillis() % 1_000 != 0) {
            throw new IllegalArgumentException("tumblingWindow is no whole seconds: " + window);
          }
        });
    if (windowIdle.isNegative() || windowIdle.compareTo(DEFAULT_WINDOW_IDLE) > 0) {
      throw new IllegalArgumentException("windowIdle out of range: " + windowIdle);
    }
  }

  private static void require(String name, Duration value, Duration max) {
    if (value.isNegative() || value.isZero() || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(name + " out of range: " + value);
    }
  }

  /** The service's defaults: 100 records, no waiting, retries without a bound, nothing else. */
  public static StreamMappingOptions from(StartingPosition startingPosition) {
    return new StreamMappingOptions(
        startingPosition,
        DEFAULT_BATCH_SIZE,
        Duration.ZERO,
        false,
        false,
        NO_BOUND,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_WINDOW_IDLE);
  }

  public StreamMappingOptions withBatch(int size, Duration window) {
    return new StreamMappingOptions(
        startingPosition,
        size,
        window,
        reportBatchItemFailures,
        bisectBatchOnFunctionError,
        maximumRetryAttempts,
        maximumRecordAge,
        onFailure,
        tumblingWindow,
        windowIdle);
  }

  public StreamMappingOptions withReportBatchItemFailures(boolean changed) {
    return new StreamMappingOptions(
        startingPosition,
        batchSize,
        batchingWindow,
        changed,
        bisectBatchOnFunctionError,
        maximumRetryAttempts,
        maximumRecordAge,
        onFailure,
        tumblingWindow,
        windowIdle);
  }

  public StreamMappingOptions withBisectBatchOnFunctionError(boolean changed) {
    return new StreamMappingOptions(
        startingPosition,
        batchSize,
        batchingWindow,
        reportBatchItemFailures,
        changed,
        maximumRetryAttempts,
        maximumRecordAge,
        onFailure,
        tumblingWindow,
        windowIdle);
  }

  public StreamMappingOptions withMaximumRetryAttempts(int changed) {
    return new StreamMappingOptions(
        startingPosition,
        batchSize,
        batchingWindow,
        reportBatchItemFailures,
        bisectBatchOnFunctionError,
        changed,
        maximumRecordAge,
        onFailure,
        tumblingWindow,
        windowIdle);
  }

  public StreamMappingOptions withMaximumRecordAge(Duration changed) {
    return new StreamMappingOptions(
        startingPosition,
        batchSize,
        batchingWindow,
        reportBatchItemFailures,
        bisectBatchOnFunctionError,
        maximumRetryAttempts,
        Optional.of(changed),
        onFailure,
        tumblingWindow,
        windowIdle);
  }

  public StreamMappingOptions withOnFailure(OnFailureDestination changed) {
    return new StreamMappingOptions(
        startingPosition,
        batchSize,
        batchingWindow,
        reportBatchItemFailures,
        bisectBatchOnFunctionError,
        maximumRetryAttempts,
        maximumRecordAge,
        Optional.of(changed),
        tumblingWindow,
        windowIdle);
  }

  /**
   * @param idle how long a window stays open behind its end while nothing comes, at most 2 minutes
   */
  public StreamMappingOptions withTumblingWindow(Duration length, Duration idle) {
    return new StreamMappingOptions(
        startingPosition,
        batchSize,
        batchingWindow,
        reportBatchItemFailures,
        bisectBatchOnFunctionError,
        maximumRetryAttempts,
        maximumRecordAge,
        onFailure,
        Optional.of(length),
        idle);
  }
}
