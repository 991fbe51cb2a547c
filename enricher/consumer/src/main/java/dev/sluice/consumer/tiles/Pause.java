package dev.sluice.consumer.tiles;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * All waits of a run: between two attempts, and for a commit. Tests record the duration instead, or
 * let others go on meanwhile.
 */
@FunctionalInterface
public interface Pause {
  Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

  void pause(Duration duration) throws InterruptedException;

  /** Waits for the end of the work, not for its success; false if the time ended before. */
  default boolean awaitEnd(CompletableFuture<?> work, Duration atMost) throws InterruptedException {
    try {
      work.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return true; // whoever looks at the work finds the failure
    } catch (TimeoutException e) {
      return false;
    }
    return true;
  }
}
