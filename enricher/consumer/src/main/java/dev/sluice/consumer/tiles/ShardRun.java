package dev.sluice.consumer.tiles;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One run of one shard, from the moment that this worker takes it to the moment that it ends, is
 * lost or is given up. Orders the effects: tiles first, then the checkpoint at a tile's end. All
 * methods but those that say otherwise take turns by one lock; they never throw.
 */
public final class ShardRun implements ShardReader {
  /**
   * Attempts to checkpoint the end of a shard or of a stopping run, before it is left to others.
   */
  static final int MAX_FINAL_CHECKPOINTS = 10;

  /** Wait between those attempts. */
  static final Duration FINAL_CHECKPOINT_PAUSE = Duration.ofMillis(500);

  private final ShardContext shard;
  private final ShardTiles tiles;
  private final Checkpoints checkpoints;
  private final Pause pause;
  private final RunTurns turns;
  private final StopSignal stop;

  private boolean ending; // SHARD_END was asked for: no checkpoint before it may follow
  private boolean refused; // a batch came after the stop: what follows it must never be sealed
  private ShardCheckpointer checkpointer; // null until the first batch
  private volatile Instant lastProgress;
  private volatile Instant oldestUncommitted; // null if there is nothing without a commit
  private volatile long millisBehindLatest = -1; // unknown until KCL says

  /**
   * @param stopWorker called once if the shard is abandoned; must not block
   */
  public ShardRun(
      ShardContext shard,
      ContinuesFrom start,
      Duration checkpointInterval,
      Pause pause,
      Runnable stopWorker) {
    this.shard = shard;
    this.pause = pause;
    turns =
        new RunTurns(
            this::forgetRecords,
            cause -> {
              shard.events().shardAbandoned(shardId(), cause);
              stopWorker.run();
            });
    stop = new StopSignal(shard.clock(), pause);
    tiles = new ShardTiles(shard, start);
    checkpoints =
        new Checkpoints(shardId(), shard.clock(), shard.events(), checkpointInterval, start);
    lastProgress = shard.clock().instant();
    shard.events().shardOpened(shardId(), start);
  }

  /**
   * Takes a batch in the order of the shard. Waits for the store when one tile is in flight and the
   * next is full, so that memory stays bounded.
   */
  @Override
  public void accept(
      List<RawRecord> records, OptionalLong behindLatest, ShardCheckpointer leaseTable) {
    exclusively(
        () -> {
          if (stop.isRequested()) {
            refused |= !records.isEmpty();
            return;
          }
          Instant start = shard.clock().instant();
          checkpointer = leaseTable;
          if (!records.isEmpty() && oldestUncommitted == null) {
            oldestUncommitted =
                start; // the tiles know of no record while the store does not answer
          }
          records.forEach(tiles::accept);
          while (!tiles.advance()) {
            rememberOldest();
            if (!stop.awaitCommitOrStop(tiles.inFlight().orElseThrow())) {
              return; // what waits is left to the drain, or to the next owner
            }
          }
          checkpointIfDue();
          Instant now = shard.clock().instant();
          lastProgress = now;
          behindLatest.ifPresent(millis -> millisBehindLatest = millis);
          shard
              .events()
              .batchAccepted(shardId(), records.size(), Duration.between(start, now), behindLatest);
        });
  }

  /** Seals an old tile and moves the checkpoint, also when no record comes. Skipped while busy. */
  @Override
  public void tick() {
    turns.takeIfFree(
        () -> {
          tiles.advance();
          checkpointIfDue();
          rememberOldest();
        });
  }

  private void checkpointIfDue() {
    if (checkpointer != null && !ending) {
      tiles.checkpointable().ifPresent(end -> checkpoints.makeIfDue(end, checkpointer));
    }
  }

  /**
   * The shard is closed and all of it was delivered: commits what is left, marks the end, lets the
   * children start. May be called again if the lease table refused.
   */
  @Override
  public void endOfShard(ShardCheckpointer leaseTable) {
    exclusively(
        () -> {
          if (refused || !drain()) {
            return; // KCL asks again, or the next owner of the shard does
          }
          new ShardEnd(shardId(), tiles.chainEnd()).writeTo(shard.store(), shard.keys().shardEnd());
          ending = true; // also if no answer comes: the lease table may have it
          if (checkpointFinally(leaseTable::checkpointShardEnd)) {
            shard.events().shardCompleted(shardId());
            turns.close();
          }
        });
  }

  /** Ends every wait and refuses further batches. Returns at once; takes no turn. */
  @Override
  public void requestStop(Instant by) {
    stop.request(by);
  }

  /**
   * A graceful stop, while the lease is still ours: commits what it can in time and checkpoints.
   */
  @Override
  public void release(ShardCheckpointer leaseTable) {
    exclusively(
        () -> {
          boolean drained = drain() && !refused;
          shard.failpoints().duringShutdown();
          Optional<Position> end = tiles.checkpointable().filter(checkpoints::isAhead);
          if (end.isPresent() && !ending) {
            checkpointFinally(() -> checkpoints.make(end.get(), leaseTable));
          }
          tiles.drop();
          turns.close();
          shard.events().shardReleased(shardId(), drained);
        });
  }

  /** The lease is gone: no checkpoint, everything without a commit is the next owner's. */
  @Override
  public void leaseLost() {
    exclusively(
        () -> {
          tiles.drop();
          turns.close();
          shard.events().leaseLost(shardId());
        });
  }

  /** Gives the shard up without a checkpoint and stops the worker. Takes no turn. */
  @Override
  public void abandon(Throwable cause) {
    turns.abandon(cause);
  }

  /** Commits everything accepted; false if the time of a requested stop ended before. */
  private boolean drain() throws InterruptedException {
    tiles.sealEverything();
    tiles.advance();
    while (!tiles.isIdle()) {
      rememberOldest();
      if (!stop.awaitCommit(tiles.inFlight().orElseThrow())) {
        return false;
      }
      tiles.advance();
    }
    return true;
  }

  /** One of several attempts; false if the checkpoint could not be made. */
  private boolean checkpointFinally(FinalCheckpoint checkpoint) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      switch (checkpoint.attempt()) {
        case DONE:
          return true;
        case LEASE_GONE:
          return false;
        default:
          if (attempt == MAX_FINAL_CHECKPOINTS || stop.isOver()) {
            return false;
          }
          pause.pause(FINAL_CHECKPOINT_PAUSE);
      }
    }
  }

  private void exclusively(RunTurns.Turn turn) {
    turns.take(
        () -> {
          turn.run();
          rememberOldest();
        });
  }

  private void forgetRecords() {
    tiles.drop();
    rememberOldest();
  }

  private void rememberOldest() {
    oldestUncommitted = tiles.oldestUncommitted().orElse(null);
  }

  @Override
  public String shardId() {
    return shard.address().shardId();
  }

  /** True while records may come. */
  @Override
  public boolean isOpen() {
    return turns.isOpen();
  }

  @Override
  public boolean isAbandoned() {
    return turns.isAbandoned();
  }

  /** When the last batch was taken, empty ones included. */
  @Override
  public Instant lastProgress() {
    return lastProgress;
  }

  /** When the oldest record without a commit came. */
  @Override
  public Optional<Instant> oldestUncommitted() {
    return Optional.ofNullable(oldestUncommitted);
  }

  /** Lag of the last batch, if KCL has said so. */
  @Override
  public OptionalLong millisBehindLatest() {
    return millisBehindLatest < 0 ? OptionalLong.empty() : OptionalLong.of(millisBehindLatest);
  }

  /** One attempt at the last checkpoint of a run. */
  private interface FinalCheckpoint {
    ShardCheckpointer.Answer attempt();
  }
}
