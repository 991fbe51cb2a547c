package dev.sluice.local.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.local.lambda.LambdaAnswer;
import dev.sluice.local.mapping.MappedFunction;
import dev.sluice.local.mapping.OnFailureDestination;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The notifications of one bucket, to a function or to a queue, in a thread of their own. A
 * function that fails is invoked again with the same event, and after its retries the event goes to
 * its destination for failures, as Lambda's asynchronous invocations do it.
 */
public final class BucketNotifications implements AutoCloseable {
  /** Changes that wait for their delivery; who makes more of them waits. */
  private static final int PENDING_MAX = 10_000;

  /** An event is held back behind others for so long at most. */
  private static final Duration HELD_MAX = Duration.ofMillis(50);

  private static final Duration STOP_TIME = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(BucketNotifications.class);

  /** Takes an event; false when it has to come again. */
  private interface Target {
    boolean take(String event);
  }

  private final ObjectChanges changes;
  private final String bucket;
  private final NotificationOptions options;
  private final Target target;
  private final OnFailureDestination onFailure;
  private final Random random;
  private final Consumer<ObjectChange> listener = this::noticed;
  private final BlockingQueue<String> pending = new ArrayBlockingQueue<>(PENDING_MAX);
  private final List<String> held = new ArrayList<>();
  private final Thread thread;
  private volatile NotificationCounts counts = NotificationCounts.NONE;
  private volatile boolean closed;

  private BucketNotifications(
      ObjectChanges changes,
      String bucket,
      NotificationOptions options,
      Target target,
      OnFailureDestination onFailure) {
    this.changes = changes;
    this.bucket = bucket;
    this.options = options;
    this.target = target;
    this.onFailure = onFailure;
    random = new Random(options.seed());
    thread = new Thread(this::run, "notifications-" + bucket);
    thread.setDaemon(true);
  }

  private BucketNotifications start() {
    changes.listen(listener);
    thread.start();
    return this;
  }

  /**
   * Notifies a function of all that changes from now on.
   *
   * @param onFailure takes events that are given up
   */
  public static BucketNotifications toFunction(
      ObjectChanges changes,
      String bucket,
      MappedFunction function,
      NotificationOptions options,
      OnFailureDestination onFailure) {
    Target target =
        event -> {
          LambdaAnswer answer = function.invoke(event.getBytes(UTF_8));
          return answer.succeeded();
        };
    return new BucketNotifications(changes, bucket, options, target, onFailure).start();
  }

  /**
   * Notifies a queue of all that changes from now on.
   *
   * @param sqs stays its owner's to close, after this
   */
  public static BucketNotifications toQueue(
      ObjectChanges changes,
      String bucket,
      SqsClient sqs,
      String queueUrl,
      NotificationOptions options) {
    Target target =
        event -> {
          sqs.sendMessage(send -> send.queueUrl(queueUrl).messageBody(event));
          return true;
        };
    return new BucketNotifications(changes, bucket, options, target, event -> {}).start();
  }

  public NotificationCounts counts() {
    return counts;
  }

  private void noticed(ObjectChange change) {
    if (!change.bucket().equals(bucket)) {
      return;
    }
    String event = change.event();
    add(1, 0, 0, 0);
    try {
      while (!closed && !pending.offer(event, HELD_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        // there is no more room than that
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void add(long moreChanges, long done, long failures, long givenUp) {
    counts = counts.plus(moreChanges, done, failures, givenUp);
  }

  private void run() {
    try {
      while (!closed || !pending.isEmpty()) {
        String event = pending.poll(HELD_MAX.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null) {
          deliverHeld();
        } else if (random.nextDouble() < options.reorders()) {
          held.add(event);
        } else {
          deliver(event);
          deliverHeld();
        }
      }
      deliverHeld();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** The newest first: the other way round than they came. */
  private void deliverHeld() {
    while (!held.isEmpty()) {
      deliver(held.remove(held.size() - 1));
    }
  }

  private void deliver(String event) {
    deliverOnce(event);
    if (random.nextDouble() < options.repeats()) {
      deliverOnce(event);
    }
  }

  private void deliverOnce(String event) {
    for (int attempt = 0; attempt <= options.retries(); attempt++) {
      if (attempt > 0) {
        LockSupport.parkNanos(options.retryPause().toNanos());
      }
      try {
        if (target.take(event)) {
          add(0, 1, 0, 0);
          return;
        }
      } catch (RuntimeException notTaken) {
        LOG.warn("A notification of {} was not taken: {}", bucket, notTaken.toString());
      }
      add(0, 0, 1, 0);
    }
    try {
      onFailure.send(event);
    } catch (RuntimeException lost) {
      LOG.warn("A notification of {} is lost: {}", bucket, lost.toString());
    }
    add(0, 0, 0, 1);
  }

  /** Hears nothing more, and delivers what it has heard, for at most 30 s. */
  @Override
  public void close() {
    changes.forget(listener);
    closed = true;
    try {
      thread.join(STOP_TIME.toMillis());
      thread.interrupt();
    } catch (InterruptedException interrupted) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
