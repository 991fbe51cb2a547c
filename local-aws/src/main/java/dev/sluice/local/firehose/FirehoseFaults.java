package dev.sluice.local.firehose;

import dev.sluice.local.Chance;
import dev.sluice.local.ServiceError;
import java.util.Optional;

/** Faults on demand, for tests. Without a fault set the service behaves well. Thread-safe. */
public final class FirehoseFaults {
  private final Chance entryFailures = new Chance();
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
    entryFailures.set(share, seed);
  }

  /** Refuses every put as a whole with ServiceUnavailableException (503). */
  public synchronized void refuseAll(boolean on) {
    unavailable = on;
  }

  /** Ends all faults. */
  public synchronized void clear() {
    entryFailures.end();
    unavailable = false;
  }

  synchronized Optional<ServiceError> refusal() {
    return unavailable ? Optional.of(ServiceError.slowDown()) : Optional.empty();
  }

  synchronized Optional<ServiceError> entryFailure() {
    return entryFailures.hits() ? Optional.of(ServiceError.slowDown()) : Optional.empty();
  }
}
