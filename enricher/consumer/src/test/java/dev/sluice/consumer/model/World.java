package dev.sluice.consumer.model;

import dev.sluice.consumer.tiles.Failpoints;
import dev.sluice.consumer.tiles.InitialPosition;
import dev.sluice.consumer.tiles.Layout;
import dev.sluice.consumer.tiles.Pause;
import dev.sluice.consumer.tiles.StoreException;
import dev.sluice.consumer.tiles.TileHeader;
import dev.sluice.consumer.tiles.TileLines;
import dev.sluice.consumer.tiles.TileSink;
import dev.sluice.consumer.tiles.TileSinks;
import dev.sluice.enricher.LineEnricher;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Everything around the consumer's own code: a stream, a bucket, a lease table, a clock, and
 * workers. What runs in it is held up, fails and goes on as the seed says.
 */
final class World implements Pause, Failpoints {
  static final Layout LAYOUT =
      new Layout("enriched", ZoneOffset.UTC, InitialPosition.trimHorizon());
  static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);

  /** How often, in percent, others get in while somebody waits before it tries again. */
  private static final int BACKOFF_HOLD_UP = 25;

  /** How often, in percent, the commit that a run waits for is next. */
  private static final int SWIFT = 85;

  /** A rule does not hold. */
  static final class Violation extends Error {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
      super(message);
    }
  }

  /** A commit that waits for a thread of its worker. */
  record Waiting(Run run, Runnable commit) {}

  final List<Worker> workers = new ArrayList<>();
  final List<Waiting> waiting = new ArrayList<>();
  private final SplittableRandom random;
  private final Plan plan;
  private final Actors actors;
  private final LineEnricher lines;
  private final List<String> trace; // null unless somebody wants to read it
  private final Oracle oracle;
  private final SimulatedS3 s3;
  private final LeaseTable leases;
  private final List<Shard> shards;
  private final Map<String, Shard> shardsById = new HashMap<>();
  private final Map<String, Run> runs = new HashMap<>(); // all that ever were, by id
  private final Clock clock = new Clock();
  private boolean quiet;
  private boolean swift; // an actor runs on behalf of one that waits for it
  private int workersEver;
  private Violation violation; // the first one

  /** Moves when it is told. Read by one thread at a time. */
  static final class Clock implements InstantSource {
    private Instant now = Instant.parse("2026-03-01T11:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    void advance(Duration by) {
      now = now.plus(by);
    }
  }

  /**
   * @param trace takes what happens; null for nobody
   */
  World(long seed, Actors actors, LineEnricher lines, Unzip unzip, List<String> trace) {
    random = new SplittableRandom(seed);
    this.actors = actors;
    this.lines = lines;
    this.trace = trace;
    oracle = new Oracle(this, unzip);
    s3 = new SimulatedS3(this, oracle);
    leases = new LeaseTable(this, oracle);
    plan = Plan.draw(random);
    shards = Shards.draw(random, plan);
    shards.forEach(shard -> shardsById.put(shard.id(), shard));
    trace(plan::toString);
  }

  SplittableRandom random() {
    return random;
  }

  Plan plan() {
    return plan;
  }

  SimulatedS3 s3() {
    return s3;
  }

  Oracle oracle() {
    return oracle;
  }

  LeaseTable leases() {
    return leases;
  }

  Actors actors() {
    return actors;
  }

  Clock clock() {
    return clock;
  }

  LineEnricher lines() {
    return lines;
  }

  List<Shard> shards() {
    return shards;
  }

  Shard shard(String id) {
    require(shardsById.containsKey(id), () -> "there is no shard " + id);
    return shardsById.get(id);
  }

  Run run(String id) {
    return runs.get(id);
  }

  /** From now on nothing fails. */
  void calmDown() {
    quiet = true;
    trace(() -> "-- from here nothing fails");
  }

  boolean storeFails() {
    return !quiet && random.nextInt(100) < plan.storeFaults();
  }

  boolean leaseTableFails() {
    return !quiet && random.nextInt(100) < plan.leaseFaults();
  }

  Worker newWorker() {
    var worker = new Worker(this, "worker" + workersEver++);
    workers.add(worker);
    trace(() -> worker.id + " starts");
    return worker;
  }

  /** A worker takes a lease, whoever had it before. */
  void take(Worker worker, Shard shard) {
    var run = new Run(this, worker, shard);
    trace(
        () ->
            run.id
                + " takes "
                + shard.id()
                + " at "
                + LeaseTable.text(shard.checkpoint)
                + (shard.owner == null ? "" : " from " + shard.owner.id));
    runs.put(run.id, run);
    worker.runs.add(run);
    shard.owner = run;
  }

  void act(Supplier<String> name, Run run, Runnable work) {
    trace(name);
    actors.run(new Actors.Actor(name, run), work);
  }

  void commit(Waiting commit) {
    waiting.remove(commit);
    act(() -> commit.run().id + " commits", commit.run(), commit.commit());
  }

  void enqueue(Run run, Runnable commit) {
    waiting.add(new Waiting(run, commit));
  }

  /** A place where others may get in between, or the process may die. */
  void maybeHoldUp() {
    maybeHoldUp(plan.holdUp());
  }

  private void maybeHoldUp(int percent) {
    Actors.Actor actor = actors.current();
    if (actor.run.worker.isDead()) {
      throw new Actors.Killed();
    }
    if (!swift && random.nextInt(100) < percent) {
      actors.holdUp(() -> true);
      if (actor.run.worker.isDead()) {
        throw new Actors.Killed();
      }
    }
  }

  @Override
  public void pause(Duration duration) {
    clock.advance(duration);
    maybeHoldUp(BACKOFF_HOLD_UP);
  }

  @Override
  public boolean awaitEnd(CompletableFuture<?> work, Duration atMost) {
    Actors.Actor actor = actors.current();
    Instant by = clock.instant().plus(atMost);
    if (!work.isDone() && random.nextInt(100) < SWIFT) {
      swift = true; // nobody gets in between
      waiting.stream()
          .filter(commit -> commit.run() == actor.run)
          .findFirst()
          .ifPresent(this::commit);
      swift = false;
    }
    if (!work.isDone()) {
      actors.holdUp(() -> work.isDone() || !clock.instant().isBefore(by));
    }
    if (actor.run.worker.isDead()) {
      throw new Actors.Killed();
    }
    return work.isDone();
  }

  @Override
  public void beforeCommit() {
    maybeHoldUp();
  }

  @Override
  public void betweenCommitAndCheckpoint() {
    maybeHoldUp();
  }

  @Override
  public void duringShutdown() {
    maybeHoldUp();
  }

  TileSinks sinks() {
    return plan.otherSink()
        ? new TileSinks(List.of(new OtherSink()), Optional.empty())
        : TileSinks.NONE;
  }

  /** Takes lines at least once; fails as the store does. */
  private final class OtherSink implements TileSink {
    @Override
    public String name() {
      return "other";
    }

    @Override
    public void write(TileLines tile) {
      maybeHoldUp();
      if (storeFails()) {
        throw new StoreException("the other sink is away", null);
      }
      tile.forEach(
          line ->
              oracle.written(List.of(LogLines.idOfGood(new String(line, StandardCharsets.UTF_8)))));
      maybeHoldUp();
    }
  }

  /** A commit of the run is stored. */
  void storedBy(String runId, TileHeader tile) {
    runs.get(runId).uncounted.add(tile);
  }

  void trace(Supplier<String> what) {
    if (trace != null) {
      trace.add(what.get());
    }
  }

  void require(boolean rule, Supplier<String> broken) {
    if (!rule) {
      throw violation(broken.get());
    }
  }

  Violation violation(String what) {
    if (violation == null) {
      violation = new Violation(what);
      trace(() -> "!! " + what);
    }
    return violation;
  }

  /** What broke a rule first, if anything did. */
  Optional<Violation> violation() {
    return Optional.ofNullable(violation);
  }
}
