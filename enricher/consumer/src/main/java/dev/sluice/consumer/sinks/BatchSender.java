package dev.sluice.consumer.sinks;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.Pause;
import dev.sluice.consumer.tiles.RetryPolicy;
import dev.sluice.consumer.tiles.StoreException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Sends a batch until all of it is taken. Only what was refused goes again, and what was accepted
 * never does; a call without an answer goes again as a whole, so its entries may be there twice.
 * Thread-safe.
 */
public final class BatchSender {
  /** Errors that pass by themselves, besides throttling and all 5xx. */
  private static final Set<String> PASSING =
      Set.of(
          "ProvisionedThroughputExceededException",
          "LimitExceededException",
          "KMSThrottlingException",
          "RequestTimeout",
          "ExpiredToken",
          "ExpiredTokenException");

  private final RetryPolicy retries;
  private final Pause pause;
  private final RandomGenerator random;
  private final ConsumerEvents events;

  /**
   * @param retries its attempts are those in a row of which nothing was taken
   * @param random source of jitter; used by many threads
   */
  public BatchSender(
      RetryPolicy retries, Pause pause, RandomGenerator random, ConsumerEvents events) {
    this.retries = retries;
    this.pause = pause;
    this.random = random;
    this.events = events;
  }

  /**
   * Returns when all entries are taken.
   *
   * @param batch within the limits of the service
   * @param taken learns of each entry as soon as it is taken for certain
   * @throws StoreException if the service refuses for good, or took nothing too often in a row
   */
  public <T> void send(BatchService<T> service, List<T> batch, Consumer<T> taken) {
    List<T> pending = batch;
    int fruitless = 0; // attempts in a row of which nothing was taken
    int poor = 0; // attempts in a row of which less than half was taken
    while (!pending.isEmpty()) {
      int tried = pending.size();
      String why;
      RuntimeException failure = null;
      try {
        Map<Integer, String> refused = service.refused(pending);
        pending = settle(pending, refused, taken);
        why = refused.values().stream().findFirst().orElse("");
      } catch (AbortedException e) {
        throw interrupted(service, e);
      } catch (SdkException | UncheckedIOException e) {
        // The SDK's HTTP client passes on an UncheckedIOException when an answer breaks off.
        failure = e;
        why = why(e);
        if (!canHeal(e)) {
          throw new StoreException(
              service.operation() + " to " + service.target() + " failed: " + why, e);
        }
      }
      if (pending.isEmpty()) {
        return;
      }
      fruitless = pending.size() < tried ? 0 : fruitless + 1;
      poor = pending.size() * 2 <= tried ? 0 : poor + 1;
      if (fruitless == retries.maxAttempts()) {
        throw new StoreException(
            service.operation()
                + " to "
                + service.target()
                + " failed "
                + fruitless
                + " times: "
                + why,
            failure);
      }
      events.storeRetried(service.operation(), why);
      pauseAfter(Math.max(1, poor), service);
    }
  }

  private static <T> List<T> settle(
      List<T> pending, Map<Integer, String> refused, Consumer<T> taken) {
    var left = new ArrayList<T>(refused.size());
    for (int i = 0; i < pending.size(); i++) {
      if (refused.containsKey(i)) {
        left.add(pending.get(i));
      } else {
        taken.accept(pending.get(i));
      }
    }
    return left;
  }

  private void pauseAfter(int attempt, BatchService<?> service) {
    try {
      pause.pause(retries.backoff(attempt, random));
    } catch (InterruptedException e) {
      throw interrupted(service, e);
    }
  }

  private static StoreException interrupted(BatchService<?> service, Exception cause) {
    Thread.currentThread().interrupt();
    return new StoreException(
        service.operation() + " to " + service.target() + " was interrupted", cause);
  }

  /** Time-outs, broken connections, server errors and throttling heal; a refusal does not. */
  private static boolean canHeal(RuntimeException failure) {
    return !(failure instanceof AwsServiceException answer)
        || answer.statusCode() >= 500
        || answer.statusCode() == 408
        || answer.isThrottlingException()
        || PASSING.contains(errorCode(answer));
  }

  private static String errorCode(AwsServiceException e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
        ? ""
        : e.awsErrorDetails().errorCode();
  }

  /** Names the action and the resource where access was denied: AWS says both. */
  private static String why(RuntimeException failure) {
    if (failure instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
      return answer.statusCode()
          + " "
          + errorCode(answer)
          + ": "
          + answer.awsErrorDetails().errorMessage();
    }
    return String.valueOf(failure.getMessage());
  }
}
