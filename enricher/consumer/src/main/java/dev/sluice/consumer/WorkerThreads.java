package dev.sluice.consumer;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one consumer besides KCL's own. All of them are daemons. */
final class WorkerThreads implements AutoCloseable {
  /** Commits on their way at the same time, over all shards. */
  static final int COMMIT_THREADS = 16;

  /** Commits that wait for a thread: every shard has at most one, so this bounds the shards. */
  static final int MAX_WAITING_COMMITS = 10_000;

  /** Timers fire for all shards; one that waits for the lease table must not hold all others. */
  static final int TIMER_THREADS = 4;

  private static final long IDLE_SECONDS = 60;

  private final ThreadPoolExecutor commits =
      new ThreadPoolExecutor(
          COMMIT_THREADS,
          COMMIT_THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING_COMMITS),
          named("consumer-commit"));

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(TIMER_THREADS, named("consumer-timer"));

  // Of its own: it must go on when everything else waits.
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(1, named("consumer-watch"));

  WorkerThreads() {
    commits.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
  }

  private static ThreadFactory named(String name) {
    var count = new AtomicInteger();
    return task -> {
      var thread = new Thread(task, name + '-' + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  ExecutorService commits() {
    return commits;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  /** For the one task that looks whether all others go on. */
  ScheduledExecutorService watch() {
    return watch;
  }

  /** Interrupts what still runs; a write that is cut off may arrive or not, both are fine. */
  @Override
  public void close() {
    watch.shutdownNow();
    timer.shutdownNow();
    commits.shutdownNow();
  }
}
