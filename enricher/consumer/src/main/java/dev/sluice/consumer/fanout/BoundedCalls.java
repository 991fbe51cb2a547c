package dev.sluice.consumer.fanout;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.Pause;
import dev.sluice.consumer.tiles.RetryPolicy;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Calls that are made again, with jitter and a bound, when that can help. Thread-safe. */
public final class BoundedCalls {
  /** Some three minutes of waits when nothing answers; a stop ends them earlier. */
  public static final RetryPolicy RETRIES =
      new RetryPolicy(60, Duration.ofMillis(200), Duration.ofSeconds(2));

  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  private final RetryPolicy retries;
  private final Pause pause;
  private final RandomGenerator random;
  private final ConsumerEvents events;

  public BoundedCalls(
      RetryPolicy retries, Pause pause, RandomGenerator random, ConsumerEvents events) {
    this.retries = retries;
    this.pause = pause;
    this.random = random;
    this.events = events;
  }

  /**
   * Makes the call until it succeeds.
   *
   * @param operation its name, for events
   * @param giveUp asked before every further attempt
   * @throws NotSentException if it cannot succeed, or was given up
   */
  void call(String operation, Runnable call, BooleanSupplier giveUp)
      throws NotSentException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        call.run();
        return;
      } catch (SdkException | UncheckedIOException failure) {
        // The SDK's HTTP client passes on an UncheckedIOException when an answer breaks off.
        if (!canHeal(failure) || attempt >= retries.maxAttempts() || giveUp.getAsBoolean()) {
          throw new NotSentException(operation, failure);
        }
        events.storeRetried(operation, String.valueOf(failure.getMessage()));
      }
      pause.pause(retries.backoff(attempt, random));
    }
  }

  private static boolean canHeal(RuntimeException failure) {
    return !(failure instanceof AwsServiceException answer)
        || answer.statusCode() >= SERVER_ERROR
        || answer.statusCode() == TOO_MANY_REQUESTS
        || answer.isThrottlingException();
  }
}
