package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * One SubscribeToShard answer: pushes what its shard gets until the shard or the subscription ends.
 * At most one event is in flight; while the client does not read, nothing is encoded and nothing is
 * held. No thread waits: the shard, the timers and finished writes wake it.
 */
final class Subscription extends IteratingCallback {
  /** Why a subscription ends other than by the end of its shard. */
  enum Ending {
    NOT_YET,
    EXPIRED,
    TAKEN_OVER,
    CONSUMER_GONE
  }

  static final int EVENT_RECORDS_MAX = 1_000;

  /** Data and keys of one event. In base64 and JSON that stays far below a frame's 24 MiB. */
  static final long EVENT_BYTES_MAX = 2 * 1024 * 1024;

  private final Shard shard;
  private final LongSupplier horizon;
  private final long startMillis;
  private final Response response;
  private final Callback exchange;
  private final Executor executor;
  private final AtomicBoolean awake = new AtomicBoolean();
  private final AtomicReference<Ending> ending = new AtomicReference<>(Ending.NOT_YET);
  private final Runnable watcher = this::wake;
  private volatile boolean eventDue =
      true; // the first event comes at once, with records or without
  private volatile boolean stalled;
  private volatile boolean completed;
  private volatile Scheduler.Task expiry;
  private boolean opened;
  private boolean finished;
  private long after;

  /**
   * @param after the position after which the records are wanted
   * @param horizon of the stream's retention
   * @param response its status and headers are set
   * @param exchange completed when the answer is
   */
  Subscription(
      Shard shard,
      long after,
      LongSupplier horizon,
      long startMillis,
      Response response,
      Callback exchange,
      Executor executor) {
    this.shard = shard;
    this.after = after;
    this.horizon = horizon;
    this.startMillis = startMillis;
    this.response = response;
    this.exchange = exchange;
    this.executor = executor;
  }

  Shard shard() {
    return shard;
  }

  long startMillis() {
    return startMillis;
  }

  /**
   * @param clock a subscription ends when it has gone on by the duration, seen at a heartbeat at
   *     the latest; also when real time has
   */
  void start(Scheduler timers, Duration duration, Duration heartbeat, InstantSource clock) {
    expiry = timers.schedule(() -> end(Ending.EXPIRED), duration.toMillis(), TimeUnit.MILLISECONDS);
    long endMillis = startMillis + duration.toMillis();
    scheduleHeartbeat(timers, heartbeat, () -> clock.millis() >= endMillis);
    shard.watch(watcher);
    response.getRequest().addFailureListener(this::abort);
    wake();
  }

  void end(Ending reason) {
    if (ending.compareAndSet(Ending.NOT_YET, reason)) {
      wake();
    }
  }

  /** Breaks the connection without a last event. */
  void drop() {
    abort(new IllegalStateException("subscription dropped"));
  }

  /** Says nothing more until it ends, as if it had been forgotten. */
  void stall() {
    stalled = true;
  }

  private void scheduleHeartbeat(Scheduler timers, Duration interval, BooleanSupplier isOver) {
    Runnable beat =
        () -> {
          if (!completed && isOver.getAsBoolean()) {
            end(Ending.EXPIRED);
          } else if (!completed) {
            eventDue = true;
            wake();
            scheduleHeartbeat(timers, interval, isOver);
          }
        };
    timers.schedule(beat, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks for something to send, in another thread; many wakes before it runs are one. */
  private void wake() {
    if (awake.compareAndSet(false, true)) {
      try {
        executor.execute(this::iterate);
      } catch (RejectedExecutionException e) {
        abort(e); // the server is closing
      }
    }
  }

  @Override
  protected Action process() {
    if (finished) {
      return Action.SUCCEEDED;
    }
    if (!opened) {
      opened = true;
      return send(EventFrames.initialResponse(), false);
    }
    awake.set(false); // before looking: what comes later wakes again
    return switch (ending.get()) {
      case NOT_YET -> stalled ? Action.IDLE : sendRecords();
      case EXPIRED -> send(ByteBuffer.allocate(0), true);
      case TAKEN_OVER ->
          send(
              EventFrames.exception(
                  ServiceError.inUse(
                      "Another subscription of this consumer has taken over shard "
                          + shard.id()
                          + ".")),
              true);
      case CONSUMER_GONE ->
          send(
              EventFrames.exception(
                  ServiceError.notFound("The stream or the consumer has been deleted.")),
              true);
    };
  }

  private Action sendRecords() {
    Shard.Batch batch = shard.read(after, EVENT_RECORDS_MAX, EVENT_BYTES_MAX, horizon.getAsLong());
    if (batch.records().isEmpty() && !batch.endOfShard() && !eventDue) {
      return Action.IDLE;
    }
    eventDue = false;
    after = batch.last();
    return send(EventFrames.event(shard, batch), batch.endOfShard());
  }

  private Action send(ByteBuffer frame, boolean isLast) {
    finished = isLast;
    response.write(isLast, frame, this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleted(Throwable causeOrNull) {
    completed = true;
    shard.unwatch(watcher);
    Scheduler.Task task = expiry;
    if (task != null) { // null when it was ended before it was started
      task.cancel();
    }
    if (causeOrNull == null) {
      exchange.succeeded();
    } else {
      exchange.failed(causeOrNull);
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
