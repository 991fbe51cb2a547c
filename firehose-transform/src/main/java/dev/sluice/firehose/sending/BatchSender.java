package dev.sluice.firehose.sending;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * Sends entries in calls as large as a service takes; only what was refused goes again, and what
 * was accepted never does. A call without an answer goes again as a whole: its entries may then be
 * there twice.
 */
public final class BatchSender {
  /** Longest call of a service. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

  /** No call is begun with less time than that: its own, and a second for the response. */
  static final int MARGIN_MILLIS = (int) CALL_TIMEOUT.toMillis() + 1_000;

  /** Errors that pass by themselves, besides throttling and all 5xx. */
  private static final Set<String> PASSING =
      Set.of(
          "ProvisionedThroughputExceededException",
          "ServiceUnavailableException",
          "LimitExceededException",
          "KMSThrottlingException");

  private final RetryPolicy policy;
  private final Pause pause;
  private final RandomGenerator random;

  public BatchSender(RetryPolicy policy, Pause pause, RandomGenerator random) {
    this.policy = policy;
    this.pause = pause;
    this.random = random;
  }

  /**
   * Sends the entries in their order. Throws nothing; gives up on all further entries once the
   * service is away, refuses for good or takes nothing of a call.
   *
   * @param remainingMillis time until the invocation is ended
   * @return the entries that were taken for certain, by their index
   */
  public <T> BitSet send(List<T> entries, BatchService<T> service, IntSupplier remainingMillis) {
    var taken = new BitSet();
    int next = 0;
    while (next < entries.size()) {
      var batch = new ArrayList<Integer>();
      next = fill(batch, entries, next, service);
      if (!batch.isEmpty() && !sendBatch(batch, entries, service, remainingMillis, taken)) {
        return taken;
      }
    }
    return taken;
  }

  /** Takes entries from {@code next} on into a call; the first one that is left. */
  private static <T> int fill(
      List<Integer> batch, List<T> entries, int next, BatchService<T> service) {
    BatchLimits limits = service.limits();
    long bytes = 0;
    int i = next;
    for (; i < entries.size() && batch.size() < limits.maxEntries(); i++) {
      int entryBytes = service.bytes(entries.get(i));
      if (entryBytes > limits.maxEntryBytes()) {
        continue; // no call takes it
      }
      if (bytes + entryBytes > limits.maxBytes()) {
        break;
      }
      bytes += entryBytes;
      batch.add(i);
    }
    return i;
  }

  /** Sends one call until all is taken; false when there is no use in sending more. */
  private <T> boolean sendBatch(
      List<Integer> batch,
      List<T> entries,
      BatchService<T> service,
      IntSupplier remainingMillis,
      BitSet taken) {
    List<Integer> pending = batch;
    for (int attempt = 1; ; attempt++) {
      if (remainingMillis.getAsInt() < MARGIN_MILLIS) {
        return false;
      }
      try {
        BitSet refused = service.refused(pending.stream().map(entries::get).toList());
        pending = take(pending, refused, taken);
      } catch (SdkException | UncheckedIOException failure) {
        if (!isWorthRetrying(failure)) {
          return false;
        }
      }
      if (pending.isEmpty()) {
        return true;
      }
      if (attempt == policy.maxAttempts()) {
        return pending.size() < batch.size();
      }
      if (!pause(attempt, remainingMillis)) {
        return false;
      }
    }
  }

  /** Marks what was taken; what is left. */
  private static List<Integer> take(List<Integer> pending, BitSet refused, BitSet taken) {
    var left = new ArrayList<Integer>();
    for (int i = 0; i < pending.size(); i++) {
      if (refused.get(i)) {
        left.add(pending.get(i));
      } else {
        taken.set(pending.get(i));
      }
    }
    return left;
  }

  private boolean pause(int attempt, IntSupplier remainingMillis) {
    Duration wait = policy.backoff(attempt, random);
    if (remainingMillis.getAsInt() - wait.toMillis() < MARGIN_MILLIS) {
      return false;
    }
    try {
      pause.pause(wait);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The HTTP client of the SDK throws an UncheckedIOException, which the SDK passes on, when an
   * answer breaks off within its head.
   */
  private static boolean isWorthRetrying(RuntimeException failure) {
    if (failure instanceof SdkServiceException answer) {
      return answer.statusCode() >= 500
          || answer.isThrottlingException()
          || PASSING.contains(errorCode(answer));
    }
    if (failure instanceof AbortedException) {
      return false;
    }
    return failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException
        || hasIoCause(failure);
  }

  /** Empty when the answer does not tell. */
  private static String errorCode(SdkServiceException answer) {
    boolean told =
        answer instanceof AwsServiceException aws
            && aws.awsErrorDetails() != null
            && aws.awsErrorDetails().errorCode() != null;
    return told ? ((AwsServiceException) answer).awsErrorDetails().errorCode() : "";
  }

  private static boolean hasIoCause(Throwable failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }
}
