package dev.sluice.consumer;

import dev.sluice.consumer.kcl.ActiveShards;
import dev.sluice.consumer.kcl.FakeShard;
import dev.sluice.consumer.kcl.SchedulerBeats;
import dev.sluice.consumer.tiles.ConsumerEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/** A worker without KCL: a clock by hand, shards that do what a test says, a recording watch. */
final class WatchedWorker implements AutoCloseable, StallWatch.Actions, ConsumerEvents {
  static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOKS = Duration.ofSeconds(10);

  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  boolean stopping;
  final List<String> done = new ArrayList<>();

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  final ActiveShards shards = new ActiveShards(timer);
  final SchedulerBeats beats = new SchedulerBeats(() -> now);
  final StallWatch watch = new StallWatch(shards, beats, LIMIT, this, this, () -> now);

  FakeShard open(String shardId) {
    return new FakeShard(shardId, () -> now).openIn(shards);
  }

  /** One round of KCL's loop. */
  void beat(String... assigned) {
    beats.prioritize(
        Arrays.stream(assigned)
            .map(id -> new ShardInfo(id, "t", List.of(), ExtendedSequenceNumber.TRIM_HORIZON))
            .toList());
  }

  /** Time passes at once, as for a process that stands still. */
  void sleep(Duration time) {
    now = now.plus(time);
  }

  /** Time passes, the watch looks again and again, and KCL's loop stands still. */
  void passWithoutBeats(Duration time) {
    for (Instant end = now.plus(time); now.isBefore(end); ) {
      Instant next = now.plus(LOOKS);
      now = next.isBefore(end) ? next : end;
      watch.look();
    }
  }

  /** Time passes, KCL's loop goes round, and the watch looks, again and again. */
  void pass(Duration time, String... assigned) {
    for (Instant end = now.plus(time); now.isBefore(end); ) {
      Instant next = now.plus(LOOKS);
      now = next.isBefore(end) ? next : end;
      beat(assigned);
      watch.look();
    }
  }

  @Override
  public void restart(String shardId) {
    done.add("restart " + shardId);
  }

  @Override
  public void fail(Throwable cause) {
    done.add("fail: " + cause.getMessage());
  }

  @Override
  public boolean isStopping() {
    return stopping;
  }

  @Override
  public void shardStalled(String shardId, Duration silence, int restart) {
    done.add(shardId + " silent for " + silence.toSeconds() + " s, time " + restart);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
