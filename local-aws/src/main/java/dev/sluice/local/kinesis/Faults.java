package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Faults on demand, for tests. The server asks before each answer; without a fault set it behaves
 * well. Thread-safe.
 */
public final class Faults {
  private double entryShare;
  private RandomGenerator entryChance;
  private boolean throttled;

  Faults() {}

  /**
   * Lets a share of the entries of PutRecords fail, as InternalFailure or as
   * ProvisionedThroughputExceededException. A failed entry is not stored.
   *
   * @param share 0 to 1
   * @param seed which entries: the same seed and the same calls give the same ones
   */
  public synchronized void failPutRecordsEntries(double share, long seed) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share is not between 0 and 1: " + share);
    }
    entryShare = share;
    entryChance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
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
    entryShare = 0;
    throttled = false;
  }

  /** The error to answer instead of running the operation. */
  synchronized Optional<ServiceError> refusal(String operation) {
    return throttled && isThrottledAsAWhole(operation)
        ? Optional.of(ServiceError.throughputExceeded("Rate exceeded (fault on demand)."))
        : Optional.empty();
  }

  /** The error of one entry of PutRecords instead of storing it. */
  synchronized Optional<ServiceError> entryFailure() {
    if (throttled) {
      return Optional.of(ServiceError.throughputExceeded("Rate exceeded (fault on demand)."));
    }
    if (entryShare == 0 || entryChance.nextDouble() >= entryShare) {
      return Optional.empty();
    }
    return Optional.of(
        entryChance.nextBoolean()
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
