package dev.sluice.consumer.model;

import dev.sluice.consumer.tiles.InitialPosition;
import dev.sluice.consumer.tiles.Layout;
import dev.sluice.consumer.tiles.ShardAddress;
import dev.sluice.consumer.tiles.TileHeader;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws what happens next: first a time in which everything may fail, then a quiet one at whose end
 * all shards must have ended, then what zombies and late writes still do.
 */
final class Schedule {
  /** More steps than any quiet time needs that comes to an end. */
  private static final int MAX_QUIET_STEPS = 4_000;

  /** Draws for one step, most of which may have nothing to do. */
  private static final int MAX_DRAWS = 6;

  /** Steps left to zombies after the end. */
  private static final int AFTERMATH_STEPS = 40;

  private final World world;
  private final SplittableRandom random;
  private final int faultSteps;
  private final Set<String> foreignObjects = new HashSet<>(); // keys
  private int steps;
  private boolean quiet;
  private int aftermath = -1; // steps left of it; below zero before it begins

  /**
   * @param maxSteps bound of the time in which things fail
   */
  Schedule(World world, int maxSteps) {
    this.world = world;
    random = world.random();
    faultSteps = Math.min(maxSteps, world.plan().steps());
    for (Shard shard : world.shards()) {
      shard.produced = (shard.entries.size() + random.nextInt(shard.entries.size() + 1)) / 2;
    }
    world.newWorker();
    world.newWorker();
  }

  /** Takes the next step; false when all is over, or a rule is broken. */
  boolean step() {
    if (world.violation().isPresent()) {
      return false;
    }
    try {
      return next();
    } catch (World.Violation broken) {
      return false;
    }
  }

  private boolean next() {
    if (aftermath >= 0) {
      return stepAftermath();
    }
    steps++;
    if (!quiet && steps <= faultSteps) {
      stepWithFaults();
      return true;
    }
    if (!quiet) {
      calmDown();
    }
    if (world.shards().stream().allMatch(Shard::isEnded)) {
      aftermath = AFTERMATH_STEPS;
      return true;
    }
    world.require(
        steps < faultSteps + MAX_QUIET_STEPS, () -> "the consumer does not come to an end");
    stepQuietly();
    return true;
  }

  private void calmDown() {
    quiet = true;
    world.calmDown();
    removeForeignObjects();
    for (Shard shard : world.shards()) {
      shard.produced = shard.entries.size();
      shard.closed = true;
    }
  }

  private void stepWithFaults() {
    for (int draws = 0; draws < MAX_DRAWS && !drawWithFaults(); draws++) {}
  }

  private boolean drawWithFaults() {
    if (world.plan().foreignObjects() && world.s3().hasLate() && random.nextInt(3) == 0) {
      return interfere();
    }
    int choice = random.nextInt(100);
    if (choice < 25) {
      return call(anyRun());
    } else if (choice < 43) {
      return goOn();
    } else if (choice < 60) {
      return commit();
    } else if (choice < 68) {
      return tick();
    } else if (choice < 73) {
      world.clock().advance(Duration.ofSeconds(1 + random.nextInt(40)));
      return true;
    } else if (choice < 76) {
      return lateWrite();
    } else if (choice < 84) {
      return takeFreeLease();
    } else if (choice < 87) {
      return stealLease();
    } else if (choice < 90) {
      return tellZombie();
    } else if (choice < 92) {
      return kill();
    } else if (choice < 94) {
      return stopWorker();
    } else if (choice < 96) {
      return interfere();
    }
    return produce();
  }

  private void stepQuietly() {
    for (int draws = 0; draws < MAX_DRAWS && !drawQuietly(); draws++) {}
  }

  private boolean drawQuietly() {
    int choice = random.nextInt(100);
    if (choice < 30) {
      return goOn();
    } else if (choice < 50) {
      return commit();
    } else if (choice < 80) {
      return call(anyRun());
    } else if (choice < 83) {
      return tick();
    } else if (choice < 84) {
      world.clock().advance(Duration.ofSeconds(10));
      return true;
    } else if (choice < 86) {
      return lateWrite();
    } else if (choice < 94) {
      return takeFreeLease();
    }
    return tellZombie() || stopWorker();
  }

  private boolean lateWrite() {
    if (!world.s3().hasLate()) {
      return false;
    }
    world.s3().deliverLate();
    return true;
  }

  /** Zombies go on, late writes arrive, then all threads end. */
  private boolean stepAftermath() {
    if (aftermath > 0) {
      aftermath--;
      if (random.nextBoolean()) {
        goOn();
      } else {
        commit();
      }
      return true;
    }
    if (!world.workers.isEmpty()) {
      List.copyOf(world.workers).forEach(this::kill);
    } else if (!world.actors().heldUp().isEmpty()) {
      world.actors().resume(world.actors().heldUp().get(0));
    } else if (world.s3().hasLate()) {
      world.s3().deliverLate();
    } else {
      world.oracle().end(world.shards());
      return false;
    }
    return true;
  }

  private Worker anyWorker() {
    return world.workers.isEmpty() ? null : world.workers.get(random.nextInt(world.workers.size()));
  }

  private Run anyRun() {
    Worker worker = anyWorker();
    return worker == null || worker.runs.isEmpty()
        ? null
        : worker.runs.get(random.nextInt(worker.runs.size()));
  }

  /** KCL calls a processor. */
  private boolean call(Run run) {
    if (run == null || !run.isIdle()) {
      return false;
    }
    if (run.worker.isStopping() && random.nextInt(3) == 0) {
      run.requestShutdown();
    } else if (run.isAtEnd()) {
      if (run.hasAskedForEnd() && random.nextInt(3) == 0) {
        world.clock().advance(Duration.ofMinutes(1)); // KCL waits before it comes again
        return run.tick();
      }
      run.endShard();
    } else if (run.hasMore() || random.nextInt(8) == 0) {
      boolean damaged = !quiet && world.plan().damage() && random.nextInt(20) == 0;
      int repeated = random.nextInt(8) == 0 ? 1 + random.nextInt(3) : 0;
      run.deliver(1 + random.nextInt(6), repeated, damaged);
    } else {
      return false;
    }
    return true;
  }

  private boolean goOn() {
    List<Actors.Actor> heldUp = world.actors().heldUp();
    if (heldUp.isEmpty()) {
      return false;
    }
    Actors.Actor actor = heldUp.get(random.nextInt(heldUp.size()));
    if (!actor.isReady()) {
      return false;
    }
    world.trace(() -> "... " + actor.name.get());
    world.actors().resume(actor);
    return true;
  }

  private boolean commit() {
    if (world.waiting.isEmpty()) {
      return false;
    }
    world.commit(world.waiting.get(random.nextInt(world.waiting.size())));
    return true;
  }

  private boolean tick() {
    Run run = anyRun();
    return run != null && run.tick();
  }

  private boolean takeFreeLease() {
    for (Shard shard : world.shards()) {
      if (shard.canStart() && (shard.owner == null || shard.owner.worker.isDead())) {
        return take(shard);
      }
    }
    return false;
  }

  /** The owner becomes a zombie, and does not know yet. */
  private boolean stealLease() {
    Shard shard = world.shards().get(random.nextInt(world.shards().size()));
    return shard.canStart() && shard.owner != null && take(shard);
  }

  private boolean take(Shard shard) {
    if (world.workers.size() < world.plan().workers() && (quiet || random.nextBoolean())) {
      world.newWorker();
    }
    Worker worker = anyWorker();
    if (worker == null || worker.isStopping()) {
      return false;
    }
    world.take(worker, shard);
    return true;
  }

  private boolean tellZombie() {
    Run run = anyRun();
    if (run == null || run.shard.owner == run || !run.isIdle()) {
      return false;
    }
    run.loseLease();
    return true;
  }

  private boolean kill() {
    Worker worker = anyWorker();
    if (worker == null || !world.plan().kills()) {
      return false;
    }
    kill(worker);
    return true;
  }

  private void kill(Worker worker) {
    world.trace(() -> worker.id + " dies");
    world.workers.remove(worker);
    world.waiting.removeIf(waiting -> waiting.run().worker == worker);
    worker.kill();
  }

  /** SIGTERM to a worker, or the end of one that stops. */
  private boolean stopWorker() {
    Worker worker = anyWorker();
    if (worker == null) {
      return false;
    }
    if (worker.isStopping()) {
      if (worker.runs.isEmpty() || random.nextInt(3) == 0) {
        kill(worker);
        return true;
      }
      return false;
    }
    if (quiet || !world.plan().stops()) {
      return false;
    }
    worker.stop();
    return true;
  }

  private boolean produce() {
    Shard shard = world.shards().get(random.nextInt(world.shards().size()));
    if (shard.closed) {
      return false;
    }
    shard.produced = Math.min(shard.entries.size(), shard.produced + 1 + random.nextInt(6));
    shard.closed = shard.produced == shard.entries.size() && random.nextBoolean();
    return true;
  }

  /** Records expire, or somebody else's object comes or goes. */
  private boolean interfere() {
    Shard shard = world.shards().get(random.nextInt(world.shards().size()));
    if (world.plan().expiry()) {
      shard.expired =
          Math.max(
              shard.expired,
              random.nextInt(Math.max(1, Math.min(shard.committed + 1, shard.entries.size()))));
    }
    if (world.plan().foreignObjects()) {
      if (foreignObjects.isEmpty() && shard.committed < shard.entries.size()) {
        layForeignObject(shard);
      } else if (random.nextInt(3) == 0) {
        removeForeignObjects();
        if (random.nextBoolean()) {
          lateWrite(); // before anybody else is there
        }
      }
    }
    return world.plan().expiry() || world.plan().foreignObjects();
  }

  private void removeForeignObjects() {
    foreignObjects.forEach(world.s3().objects::remove);
    foreignObjects.clear();
  }

  private void layForeignObject(Shard shard) {
    String key = shard.keys.commit(shard.tail, shard.entries.get(shard.committed).arrival());
    if (!world.s3().objects.containsKey(key)) {
      world.trace(() -> "a foreign object lies at " + SimulatedS3.name(key));
      world.s3().objects.put(key, new SimulatedS3.Stored(new byte[0], foreignMetadata(shard)));
      foreignObjects.add(key);
    }
  }

  private Map<String, String> foreignMetadata(Shard shard) {
    var end = shard.entries.get(shard.entries.size() - 1).position();
    int kind = random.nextInt(4);
    var address =
        kind == 1 ? new ShardAddress("other", "logs", 1_700_000_000_000L, "s") : shard.address;
    var layout =
        kind == 2
            ? new Layout("elsewhere", ZoneOffset.UTC, InitialPosition.trimHorizon())
            : World.LAYOUT;
    var metadata =
        new TileHeader(
                address.application(),
                address.streamFolder(),
                address.shardId(),
                kind == 3 ? end : shard.tail,
                end,
                end,
                1,
                1,
                1,
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                "foreign",
                layout.fingerprint())
            .toMetadata();
    return kind == 0 ? Map.of() : metadata;
  }
}
