package dev.sluice.consumer.model;

import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer that fires when it is told. Starts no thread. */
final class ManualTimer extends ScheduledThreadPoolExecutor {
  private Tick newest;

  /** One periodic task. */
  static final class Tick extends FutureTask<Object> implements ScheduledFuture<Object> {
    private final Runnable task;

    Tick(Runnable task) {
      super(task, null);
      this.task = task;
    }

    void fire() {
      task.run();
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    public int compareTo(Delayed other) {
      return 0;
    }
  }

  ManualTimer() {
    super(0);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long initialDelay, long delay, TimeUnit unit) {
    newest = new Tick(task);
    return newest;
  }

  /** What was scheduled last. */
  Tick newest() {
    return newest;
  }
}
