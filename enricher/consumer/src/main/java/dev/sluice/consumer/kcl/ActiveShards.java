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
import java.util.stream.Stream;

/**
 * The shards that this worker reads now, and the timer that keeps each of them going while no
 * record comes. A shard that was lost and regained may be here twice for a moment. Thread-safe.
 */
public final class ActiveShards {
  /** How often a shard's timer fires: the precision of a tile's age and of its checkpoint. */
  public static final Duration TICK = Duration.ofMillis(200);

  private final ScheduledExecutorService timer;
  private final Map<ShardReader, Active> active = new ConcurrentHashMap<>();
  private volatile Instant stopBy; // null until a stop is requested

  /**
   * @param timer with a bounded number of threads; belongs to the caller
   */
  public ActiveShards(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  void add(ShardReader run) {
    active.put(
        run,
        new Active(
            timer.scheduleWithFixedDelay(
                run::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS)));
    Instant by = stopBy;
    if (by != null) {
      run.requestStop(by);
    }
  }

  void remove(ShardReader run) {
    Active removed = active.remove(run);
    if (removed != null) {
      removed.tick.cancel(false);
    }
  }

  /** Ends all waits; shards that come later are told as well. */
  public void requestStop(Instant by) {
    stopBy = by;
    active.keySet().forEach(run -> run.requestStop(by));
  }

  /** Gives up every run of the shard. */
  void abandon(String shardId, Throwable cause) {
    for (ShardReader run : active.keySet()) {
      if (run.shardId().equals(shardId)) {
        run.abandon(cause);
      }
    }
  }

  /** KCL has brought something to the run, which is at work on it now. */
  void works(ShardReader run) {
    Active entry = active.get(run);
    if (entry != null) {
      entry.works = true;
    }
  }

  /** The run is through with a batch and waits for the next one. */
  void waits(ShardReader run) {
    Active entry = active.get(run);
    if (entry != null) {
      entry.fed = true;
      entry.works = false;
    }
  }

  /**
   * A run to which KCL owes a batch.
   *
   * @param fed whether it ever had one, perhaps an empty one
   */
  public record Waiting(ShardReader run, boolean fed) {}

  /** Every run that waits for KCL, rather than KCL for it. */
  public Stream<Waiting> waiting() {
    return active.entrySet().stream()
        .filter(entry -> !entry.getValue().works && entry.getKey().isOpen())
        .map(entry -> new Waiting(entry.getKey(), entry.getValue().fed));
  }

  /** The runs of this moment. */
  public Collection<ShardReader> runs() {
    return List.copyOf(active.keySet());
  }

  /** True if no shard would take or hold a record. */
  public boolean allClosed() {
    return active.keySet().stream().noneMatch(ShardReader::isOpen);
  }

  /** What is known of a run besides itself. */
  private static final class Active {
    private final ScheduledFuture<?> tick;
    private volatile boolean works;
    private volatile boolean fed;

    private Active(ScheduledFuture<?> tick) {
      this.tick = tick;
    }
  }
}
