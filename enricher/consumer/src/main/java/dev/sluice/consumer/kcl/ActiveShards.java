package dev.sluice.consumer.kcl;

import dev.sluice.consumer.tiles.ShardReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The shards that this worker reads now, and the timer that keeps each of them going while no
 * record comes. A shard that was lost and regained may be here twice for a moment. Thread-safe.
 */
public final class ActiveShards {
  /** How often a shard's timer fires: the precision of a tile's age and of its checkpoint. */
  public static final Duration TICK = Duration.ofMillis(200);

  private final ScheduledExecutorService timer;
  private final Map<ShardReader, ScheduledFuture<?>> ticks = new ConcurrentHashMap<>();
  private volatile Instant stopBy; // null until a stop is requested

  /**
   * @param timer with a bounded number of threads; belongs to the caller
   */
  public ActiveShards(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  void add(ShardReader run) {
    ticks.put(
        run,
        timer.scheduleWithFixedDelay(
            run::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS));
    Instant by = stopBy;
    if (by != null) {
      run.requestStop(by);
    }
  }

  void remove(ShardReader run) {
    ScheduledFuture<?> tick = ticks.remove(run);
    if (tick != null) {
      tick.cancel(false);
    }
  }

  /** Ends all waits; shards that come later are told as well. */
  public void requestStop(Instant by) {
    stopBy = by;
    ticks.keySet().forEach(run -> run.requestStop(by));
  }

  /** Gives up every run of the shard. */
  void abandon(String shardId, Throwable cause) {
    for (ShardReader run : ticks.keySet()) {
      if (run.shardId().equals(shardId)) {
        run.abandon(cause);
      }
    }
  }

  /** The runs of this moment. */
  public Collection<ShardReader> runs() {
    return List.copyOf(ticks.keySet());
  }

  /** True if no shard would take or hold a record. */
  public boolean allClosed() {
    return ticks.keySet().stream().noneMatch(ShardReader::isOpen);
  }
}
