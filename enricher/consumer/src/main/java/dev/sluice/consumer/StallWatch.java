package dev.sluice.consumer;

import dev.sluice.consumer.kcl.ActiveShards;
import dev.sluice.consumer.kcl.SchedulerBeats;
import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.ShardReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Ends silence. A subscription can stall without an error (KCL #463, #644, #1315), and KCL's loop
 * can stand still (KCL #328, #1430). A healthy shard is never silent: KCL brings empty batches too.
 * A silent one is subscribed anew, {@link #MAX_RESTARTS} times at most; then the worker ends, and
 * so it does at once when the loop is silent. Waiting for a sink is no silence: that is bounded by
 * its retries. Thread-safe.
 */
final class StallWatch {
  /** New subscriptions of one shard in a row, without a batch in between. */
  static final int MAX_RESTARTS = 3;

  /** Longest time that KCL may take to prepare table, leases and fan-out consumer. */
  static final Duration START_LIMIT = Duration.ofMinutes(10);

  private final ActiveShards shards;
  private final SchedulerBeats beats;
  private final Duration limit;
  private final Actions actions;
  private final ConsumerEvents events;
  private final InstantSource clock;
  private volatile Instant lastLook;
  private volatile Instant awakeSince;
  private final Map<String, Silence> silent = new HashMap<>(); // by shard

  /** What can be done about silence; none of them may block. */
  interface Actions {
    /** Subscribes to a shard anew, from its checkpoint. */
    void restart(String shardId);

    /** Ends the worker with a failure. */
    void fail(Throwable cause);

    /** True when the worker stops anyway. */
    boolean isStopping();
  }

  /** Of a shard that was subscribed anew and had no batch since. */
  private record Silence(int restarts, Instant lastRestart) {}

  /**
   * @param limit silence of a shard, or of the loop, above which something is done
   */
  StallWatch(
      ActiveShards shards,
      SchedulerBeats beats,
      Duration limit,
      Actions actions,
      ConsumerEvents events,
      InstantSource clock) {
    this.shards = shards;
    this.beats = beats;
    this.limit = limit;
    this.actions = actions;
    this.events = events;
    this.clock = clock;
    lastLook = clock.instant();
    awakeSince = lastLook;
  }

  /**
   * Looks at everything once. Whoever was not looked at for long because the whole process stood
   * still (SIGSTOP, a sleeping machine) gets its time anew.
   */
  synchronized void look() {
    if (actions.isStopping()) {
      return;
    }
    Instant now = clock.instant();
    if (isOver(lastLook, limit.dividedBy(2), now)) {
      awakeSince = now;
    }
    lastLook = now;
    if (!isLoopAlive(now)) {
      actions.fail(
          new IllegalStateException(
              beats.first().isPresent()
                  ? "KCL's loop stands still, for more than " + limit.toSeconds() + " s"
                  : "KCL has not prepared its leases within " + START_LIMIT.toMinutes() + " min"));
      return;
    }
    var waiting = new HashSet<String>();
    shards
        .waiting()
        .forEach(
            each -> {
              waiting.add(each.run().shardId());
              look(each, now);
            });
    lookForMissing(waiting, now);
  }

  /** True unless KCL's loop is silent for too long. */
  boolean isLoopAlive() {
    return isLoopAlive(clock.instant());
  }

  private boolean isLoopAlive(Instant now) {
    return beats
        .last()
        .map(beat -> !isSilent(beat.at(), limit, now))
        .orElseGet(() -> !isSilent(awakeSince, START_LIMIT, now));
  }

  /** Whether the shard was subscribed anew, and nothing has come of it yet. */
  synchronized boolean isStalled(String shardId) {
    return silent.containsKey(shardId);
  }

  private void look(ActiveShards.Waiting waiting, Instant now) {
    ShardReader run = waiting.run();
    Silence before = silent.get(run.shardId());
    if (before != null && waiting.fed() && run.lastProgress().isAfter(before.lastRestart())) {
      silent.remove(run.shardId());
      before = null;
    }
    Instant since = run.lastProgress();
    if (before != null && before.lastRestart().isAfter(since)) {
      since = before.lastRestart();
    }
    if (isSilent(since, limit, now)) {
      actUpon(run.shardId(), Duration.between(since, now), now);
    }
  }

  /** A shard that was subscribed anew and never came back, though its lease is ours. */
  private void lookForMissing(Set<String> waiting, Instant now) {
    Set<String> present = new HashSet<>(waiting);
    shards.runs().stream().filter(ShardReader::isOpen).forEach(run -> present.add(run.shardId()));
    Set<String> ours = beats.last().map(SchedulerBeats.Beat::shards).orElse(Set.of());
    silent.keySet().removeIf(shardId -> !ours.contains(shardId) && !present.contains(shardId));
    for (Map.Entry<String, Silence> each : Map.copyOf(silent).entrySet()) {
      Instant since = each.getValue().lastRestart();
      if (!present.contains(each.getKey()) && isSilent(since, limit, now)) {
        actUpon(each.getKey(), Duration.between(since, now), now);
      }
    }
  }

  private void actUpon(String shardId, Duration silence, Instant now) {
    Silence before = silent.get(shardId);
    int restarts = before == null ? 0 : before.restarts();
    if (restarts == MAX_RESTARTS) {
      actions.fail(
          new IllegalStateException(
              shardId
                  + " gives no batch, not even an empty one, after "
                  + MAX_RESTARTS
                  + " new subscriptions"));
      return;
    }
    silent.put(shardId, new Silence(restarts + 1, now));
    events.shardStalled(shardId, silence, restarts + 1);
    actions.restart(shardId);
  }

  private boolean isSilent(Instant since, Duration allowed, Instant now) {
    return isOver(since.isAfter(awakeSince) ? since : awakeSince, allowed, now);
  }

  private static boolean isOver(Instant since, Duration limit, Instant now) {
    return Duration.between(since, now).compareTo(limit) > 0;
  }
}
