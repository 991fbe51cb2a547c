package dev.sluice.local.kinesis;

import dev.sluice.local.Chance;
import dev.sluice.local.ServiceError;
import java.time.Duration;
import java.util.Optional;

/**
 * Faults on demand, for tests. The server asks before each answer; without a fault set it behaves
 * well. Thread-safe.
 */
public final class Faults {
  /** Longest delay of an answer; beyond it every client has given up. */
  public static final Duration DELAY_MAX = Duration.ofMinutes(2);

  /** What becomes of the connection of a call. */
  enum Cut {
    NONE,
    /** The call is not run. */
    BEFORE,
    /** The call is run, and nobody learns its answer. */
    AFTER
  }

  private final Chance entryFailures = new Chance();
  private final Chance callFailures = new Chance();
  private final Chance resets = new Chance();
  private boolean throttled;
  private Duration delay = Duration.ZERO;

  Faults() {}

  /**
   * Lets a share of the entries of PutRecords fail, as InternalFailure or as
   * ProvisionedThroughputExceededException. A failed entry is not stored.
   *
   * @param share 0 to 1
   * @param seed which entries: the same seed and the same calls give the same ones
   */
  public synchronized void failPutRecordsEntries(double share, long seed) {
    entryFailures.set(share, seed);
  }

  /**
   * Lets a share of all calls fail as a whole with InternalFailure (500); they are not run.
   *
   * @param share 0 to 1
   * @param seed which calls: the same seed and the same calls give the same ones
   */
  public synchronized void failCalls(double share, long seed) {
    callFailures.set(share, seed);
  }

  /**
   * Resets the connection of a share of all calls, with everything else that is on it: half of them
   * before they are run, half when they were run, so that their records are stored and nobody
   * knows.
   *
   * @param share 0 to 1
   * @param seed which calls: the same seed and the same calls give the same ones
   */
  public synchronized void resetCalls(double share, long seed) {
    resets.set(share, seed);
  }

  /**
   * Runs every call that much later.
   *
   * @param later at most {@link #DELAY_MAX}; zero ends it
   */
  public synchronized void delayCalls(Duration later) {
    if (later.isNegative() || later.compareTo(DELAY_MAX) > 0) {
      throw new IllegalArgumentException("delay is not from zero to " + DELAY_MAX + ": " + later);
    }
    delay = later;
  }

  /**
   * Refuses all reads and writes of records with ProvisionedThroughputExceededException: PutRecords
   * per entry, the others as a whole.
   */
  public synchronized void throttleAll(boolean on) {
    throttled = on;
  }

  /** Ends all faults. */
  public synchronized void clear() {
    entryFailures.end();
    callFailures.end();
    resets.end();
    throttled = false;
    delay = Duration.ZERO;
  }

  synchronized Duration delay() {
    return delay;
  }

  /** What becomes of the connection of the next call. */
  synchronized Cut cut() {
    if (!resets.hits()) {
      return Cut.NONE;
    }
    return resets.half() ? Cut.BEFORE : Cut.AFTER;
  }

  /** The error to answer instead of running the operation. */
  synchronized Optional<ServiceError> refusal(String operation) {
    if (callFailures.hits()) {
      return Optional.of(
          ServiceError.internalFailure("Internal service failure (fault on demand)."));
    }
    return throttled && isThrottledAsAWhole(operation)
        ? Optional.of(ServiceError.throughputExceeded("Rate exceeded (fault on demand)."))
        : Optional.empty();
  }

  /** The error of one entry of PutRecords instead of storing it. */
  synchronized Optional<ServiceError> entryFailure() {
    if (throttled) {
      return Optional.of(ServiceError.throughputExceeded("Rate exceeded (fault on demand)."));
    }
    if (!entryFailures.hits()) {
      return Optional.empty();
    }
    return Optional.of(
        entryFailures.half()
            ? ServiceError.internalFailure("Internal service failure (fault on demand).")
            : ServiceError.throughputExceeded("Rate exceeded (fault on demand)."));
  }

  private static boolean isThrottledAsAWhole(String operation) {
    return switch (operation) {
      case "PutRecord", "GetRecords", "GetShardIterator", "SubscribeToShard" -> true;
      default -> false;
    };
  }
}
