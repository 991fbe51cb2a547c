package dev.sluice.consumer;

import dev.sluice.consumer.kcl.ActiveShards;
import dev.sluice.consumer.kcl.KclWorker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Start, stop and end of the KCL worker. A stop drains the shards, at most half of the grace and at
 * most {@link #MAX_DRAIN}, and then takes the leases away, whatever KCL's graceful shutdown says:
 * after a reshard that one never completes.
 */
final class WorkerLifecycle {
  /** Longest time for the commits and checkpoints of a stop. */
  static final Duration MAX_DRAIN = Duration.ofSeconds(8);

  /** Longest time for handing the leases over; what is left by then expires. */
  static final Duration MAX_RELEASE = Duration.ofSeconds(2);

  /** KCL looks once a second whether its shards were told; it gets this long to notice. */
  private static final Duration KCL_NOTICES = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(50);

  private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.consumer");

  private final KclWorker worker;
  private final ActiveShards shards;
  private final Duration grace;
  private final InstantSource clock;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1); // the worker's thread is through
  private final CountDownLatch graceOver = new CountDownLatch(1);

  /**
   * @param newWorker from what takes the worker's own failures
   * @param grace bound of a stop, from its request to the end of {@link #run()}
   */
  WorkerLifecycle(
      Function<Consumer<Throwable>, KclWorker> newWorker,
      ActiveShards shards,
      Duration grace,
      InstantSource clock) {
    worker = newWorker.apply(this::workerFailed);
    this.shards = shards;
    this.grace = grace;
    this.clock = clock;
  }

  /** True while KCL's loop runs. */
  boolean isAlive() {
    return started.get() && ended.getCount() > 0;
  }

  /** True between the start and the request of a stop. */
  boolean isRunning() {
    return isAlive() && !stopping.get();
  }

  /** True once a stop was requested. */
  boolean isStopping() {
    return stopping.get();
  }

  /**
   * Subscribes to a shard anew, from its checkpoint; does nothing if it is read no more. On a
   * thread of its own: KCL may hold a lock.
   */
  void restart(String shardId) {
    var thread = new Thread(() -> worker.restart(shardId), "consumer-restart");
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs the worker on a thread of its own, so that a stop is bounded even if KCL is not. */
  int run() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("a consumer runs once");
    }
    var thread = new Thread(this::work, "consumer-kcl");
    thread.setDaemon(true);
    thread.start();
    awaitEnd();
    if (!stopping.get()) {
      LOG.error("KCL ended by itself");
      failed.set(true);
    }
    return failed.get() ? ConsumerApplication.EXIT_FAILED : ConsumerApplication.EXIT_OK;
  }

  private void work() {
    try {
      if (!stopping.get()) {
        worker.run();
        Instant by = clock.instant().plus(MAX_RELEASE);
        worker.releaseLeases(() -> clock.instant().isBefore(by));
      }
    } catch (Throwable e) {
      workerFailed(e);
    } finally {
      ended.countDown();
    }
  }

  /** A shard was given up, and has said why. */
  void abandoned() {
    failed.set(true);
    stop();
  }

  /** Nothing can go on; the worker stops with a failure. */
  void workerFailed(Throwable cause) {
    if (!failed.getAndSet(true)) {
      LOG.error("the worker cannot go on", cause);
    }
    stop();
  }

  /** Starts the stop, once, and returns. A worker that has not started will not. */
  void stop() {
    if (stopping.compareAndSet(false, true) && started.get()) {
      var thread = new Thread(this::stopInOrder, "consumer-stop");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void stopInOrder() {
    Instant now = clock.instant();
    Instant end = now.plus(grace);
    Duration half = grace.dividedBy(2);
    Instant drainBy = now.plus(half.compareTo(MAX_DRAIN) < 0 ? half : MAX_DRAIN);
    try {
      shards.requestStop(drainBy);
      CompletableFuture<Boolean> graceful = worker.startGracefulShutdown();
      awaitUntil(drainBy, graceful);
      awaitKcl(drainBy);
      releaseLeases();
      Duration left = Duration.between(clock.instant(), end);
      if (!ended.await(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS)) {
        LOG.warn("KCL did not end within {}", grace);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      graceOver.countDown();
    }
  }

  private void awaitUntil(Instant by, CompletableFuture<Boolean> graceful)
      throws InterruptedException {
    while (!graceful.isDone() && !shards.allClosed() && clock.instant().isBefore(by)) {
      if (ended.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  private void awaitKcl(Instant drainBy) throws InterruptedException {
    Instant by = clock.instant().plus(KCL_NOTICES);
    while (!worker.isShutdownStarted()
        && clock.instant().isBefore(by.isBefore(drainBy) ? by : drainBy)) {
      if (ended.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  /** On a thread of its own: KCL holds a lock while it starts. */
  private void releaseLeases() {
    var thread = new Thread(worker::shutdown, "consumer-release");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for the end of the worker, or for the end of the grace of a stop. */
  void awaitEnd() {
    if (!started.get()) {
      return;
    }
    try {
      while (!ended.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        if (graceOver.getCount() == 0) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }
}
