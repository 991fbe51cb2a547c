package dev.sluice.consumer.model;

import dev.sluice.consumer.kcl.ActiveShards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One process of the consumer. */
final class Worker {
  /** Time of a stop for commits and checkpoints. */
  private static final Duration DRAIN = Duration.ofSeconds(8);

  final String id;
  final ManualTimer timer = new ManualTimer();
  final ActiveShards shards = new ActiveShards(timer);
  final List<Run> runs = new ArrayList<>();
  private final World world;
  private int runsEver;
  private boolean dead;
  private boolean stopping;

  Worker(World world, String id) {
    this.world = world;
    this.id = id;
  }

  String nextRunId() {
    return id + "-run" + runsEver++;
  }

  /** SIGTERM, or a shard was given up. */
  void stop() {
    if (!stopping && !dead) {
      stopping = true;
      world.trace(() -> id + " is told to stop");
      shards.requestStop(world.clock().instant().plus(DRAIN));
    }
  }

  boolean isStopping() {
    return stopping;
  }

  boolean isDead() {
    return dead;
  }

  /** The process is gone at once; nothing of it has an effect from now on. */
  void kill() {
    dead = true;
    timer.shutdownNow();
    for (Run run : runs) {
      run.bury();
    }
    runs.clear();
  }
}
