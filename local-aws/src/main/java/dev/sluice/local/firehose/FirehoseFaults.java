package dev.sluice.local.firehose;

import dev.sluice.local.ServiceError;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Faults on demand, for tests. Without a fault set the service behaves well. Thread-safe. */
public final class FirehoseFaults {
  private double entryShare;
  private RandomGenerator entryChance;
  private boolean unavailable;

  FirehoseFaults() {}

  /**
   * Lets a share of the entries of PutRecordBatch fail with ServiceUnavailableException. A failed
   * entry is not taken.
   *
   * @param share 0 to 1
   * @param seed which entries: the same seed and the same calls give the same ones
   */
  public synchronized void failBatchEntries(double share, long seed) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share is not between 0 and 1: " + share);
    }
    entryShare = share;
    entryChance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Refuses every put as a whole with ServiceUnavailableException (503). */
  public synchronized void refuseAll(boolean on) {
    unavailable = on;
  }

  /** Ends all faults. */
  public synchronized void clear() {
    entryShare = 0;
    unavailable = false;
  }

  synchronized Optional<ServiceError> refusal() {
    return unavailable ? Optional.of(ServiceError.slowDown()) : Optional.empty();
  }

  synchronized Optional<ServiceError> entryFailure() {
    return entryShare > 0 && entryChance.nextDouble() < entryShare
        ? Optional.of(ServiceError.slowDown())
        : Optional.empty();
  }
}
