package dev.sluice.consumer.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * One shard, one lease, one store, and any number of runs that believe they own the shard. Steps
 * are drawn from a seed: deliveries, commits, checkpoints, lease moves, zombies, kills, writes that
 * arrive late. A store call may be interrupted by steps of other runs.
 */
final class SimulatedShard {
  private static final int MAX_NESTED_STEPS = 3;

  /** Ends a run at any point of its work, like kill -9. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  /** One run of the shard, alive until it is killed, gives up, or learns that its lease is gone. */
  private final class Run {
    final String id = "run" + runs++;
    final Deque<Runnable> commits = new ArrayDeque<>();
    final ShardTiles tiles;
    int delivered; // records
    boolean alive = true;
    boolean busy; // inside its own tiles: no step may enter them again

    Run() {
      f.executor = commits::add;
      Executor mine = f.executor;
      var shared = f.context(id);
      tiles =
          new ShardTiles(
              new ShardContext(
                  shared.address(),
                  id,
                  shared.layout(),
                  shared.limits(),
                  shared.store(),
                  shared.sinks(),
                  new CommitLane(mine),
                  shared.enricher(),
                  shared.clock(),
                  shared.events(),
                  shared.failpoints()),
              checkpoint);
      while (delivered < records.size()
          && checkpoint instanceof Position done
          && !records.get(delivered).position().isAbove(done)) {
        delivered++;
      }
    }
  }

  final Fixture f = new Fixture();
  final List<RawRecord> records = new ArrayList<>();
  private final Random random;
  private final List<Run> alive = new ArrayList<>();
  private final List<Runnable> onTheWire = new ArrayList<>();
  private Run owner; // null while nobody holds the lease
  private ContinuesFrom checkpoint = StartWord.TRIM_HORIZON;
  private boolean ended;
  private boolean quiet;
  private int runs;
  private int nested;

  SimulatedShard(long seed) {
    random = new Random(seed);
    f.limits =
        new TileLimits(200 + random.nextInt(600), 1 + random.nextInt(6), Duration.ofSeconds(60));
    int sequence = 5;
    for (int count = 5 + random.nextInt(30); count > 0; ) {
      sequence += 1 + random.nextInt(5);
      int parts = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
      for (int sub = 0; sub < parts && count > 0; sub++, count--) {
        var position = new Position(Integer.toString(sequence), sub);
        records.add(
            new RawRecord(
                position, arrival(sequence), payload(position).getBytes(StandardCharsets.UTF_8)));
      }
    }
    f.store.probe = this::beforeStoreCall;
    f.store.wire = this::carry;
  }

  /** Several hours pass over the shard, so that its tiles lie in several folders. */
  private static Instant arrival(int sequence) {
    return Fixture.ARRIVAL.plusSeconds(sequence * 90L);
  }

  private String payload(Position position) {
    int lines = 1 + random.nextInt(2);
    var payload = new StringBuilder();
    for (int line = 0; line < lines; line++) {
      payload
          .append(
              random.nextInt(8) == 0
                  ? "no log line " + position.text() + "-" + line
                  : Fixture.line(position.text() + "-" + line))
          .append('\n');
    }
    return payload.toString();
  }

  int runs() {
    return runs;
  }

  void run(int steps) {
    for (int i = 0; i < steps && !ended; i++) {
      step();
    }
    quiet = true;
    while (!ended) {
      if (owner == null) {
        moveLease();
      }
      deliver(owner, records.size());
      end(owner);
    }
    onTheWire.forEach(Runnable::run);
    for (Run zombie : List.copyOf(alive)) {
      while (zombie.alive && !zombie.commits.isEmpty()) {
        commit(zombie);
      }
    }
    f.store.probe = (operation, key) -> {};
  }

  private void step() {
    Run run = alive.isEmpty() ? null : alive.get(random.nextInt(alive.size()));
    int choice = random.nextInt(100);
    if (owner == null && choice < 60 || choice < 3) {
      moveLease();
    } else if (!onTheWire.isEmpty() && choice < 10) {
      onTheWire.remove(random.nextInt(onTheWire.size())).run();
    } else if (run == null || run.busy) {
      f.clock.advance(Duration.ofSeconds(random.nextInt(40)));
    } else if (choice < 45) {
      deliver(run, 1 + random.nextInt(6));
    } else if (choice < 65) {
      commit(run);
    } else if (choice < 75) {
      checkpoint(run);
    } else if (choice < 82) {
      f.clock.advance(Duration.ofSeconds(random.nextInt(40)));
      inside(run, () -> run.tiles.advance());
    } else if (choice < 88) {
      leaseLost(run);
    } else if (choice < 92) {
      kill(run);
    } else if (run.delivered == records.size()) {
      end(run);
    }
  }

  /** The lease goes to a new run, and the old one does not know yet: a zombie. */
  private void moveLease() {
    owner = new Run();
    alive.add(owner);
  }

  private void deliver(Run run, int batch) {
    inside(
        run,
        () -> {
          // Now and then the stream repeats what it has delivered before.
          int from = random.nextInt(10) == 0 ? Math.max(0, run.delivered - 2) : run.delivered;
          int to = Math.min(records.size(), Math.max(from, run.delivered) + batch);
          for (int i = from; i < to; i++) {
            run.tiles.accept(records.get(i));
          }
          run.delivered = Math.max(run.delivered, to);
          while (!run.tiles.advance()) {
            if (!runCommit(run)) {
              return; // its commit is at work below this step; what waits goes on later
            }
          }
        });
  }

  private void commit(Run run) {
    if (!run.commits.isEmpty()) {
      survive(run, () -> runCommit(run));
    }
  }

  private static boolean runCommit(Run run) {
    Runnable commit = run.commits.poll();
    if (commit == null) {
      return false;
    }
    commit.run();
    return true;
  }

  private void checkpoint(Run run) {
    Position end = run.tiles.checkpointable().orElse(null);
    if (run == owner && end != null && end.isAbove(position(checkpoint))) {
      assertThat(end.isAbove(records.get(run.delivered - 1).position()))
          .as("checkpoint beyond what was delivered")
          .isFalse();
      assertThat(Chain.of(f.store).ends()).as("checkpoint that is no end of a tile").contains(end);
      checkpoint = end;
    }
  }

  private static Position position(ContinuesFrom from) {
    return from instanceof Position position ? position : null;
  }

  private void end(Run run) {
    inside(
        run,
        () -> {
          run.tiles.sealEverything();
          run.tiles.advance();
          while (!run.tiles.isIdle()) {
            if (!runCommit(run)) {
              return;
            }
            run.tiles.advance();
          }
          new ShardEnd(Fixture.ADDRESS.shardId(), run.tiles.chainEnd())
              .writeTo(f.store, f.context(run.id).keys().shardEnd());
          if (run == owner) {
            ended = true;
          }
        });
  }

  private void leaseLost(Run run) {
    if (run != owner) {
      run.tiles.drop();
      bury(run);
    }
  }

  private void kill(Run run) {
    bury(run);
  }

  private void bury(Run run) {
    run.alive = false;
    run.commits.clear();
    alive.remove(run);
    if (owner == run) {
      owner = null;
    }
  }

  private void inside(Run run, Runnable work) {
    if (run.busy || !run.alive) {
      return;
    }
    run.busy = true;
    try {
      survive(run, work);
    } finally {
      run.busy = false;
    }
  }

  /** A failure of the store abandons a run, as the real one does; a kill ends it in mid-work. */
  private void survive(Run run, Runnable work) {
    try {
      work.run();
    } catch (Killed | StoreException e) {
      bury(run);
    }
  }

  private void beforeStoreCall(String operation, String key) {
    if (quiet) {
      return;
    }
    if (nested < MAX_NESTED_STEPS && random.nextInt(3) == 0) {
      nested++;
      step();
      nested--;
    }
    int fate = random.nextInt(100);
    if (fate < 2) {
      throw new Killed();
    } else if (fate < 4) {
      throw new StoreException("gave up", null);
    }
  }

  /** Writes arrive twice, late, or without their answer; the store sends the same bytes again. */
  private TileStore.PutAnswer carry(String key, TileStore.Content content) {
    int fate = quiet ? 99 : random.nextInt(100);
    if (fate < 15) {
      onTheWire.add(() -> f.store.arrive(key, content));
    } else if (fate < 30) {
      f.store.arrive(key, content);
    }
    if (fate < 30 && fate % 15 < 4) {
      throw new Killed(); // before the answer, or before the second attempt
    }
    return f.store.arrive(key, content);
  }
}
