package dev.sluice.consumer.kcl;

import dev.sluice.consumer.tiles.RawRecord;
import dev.sluice.consumer.tiles.ShardCheckpointer;
import dev.sluice.consumer.tiles.ShardReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A run of a shard that remembers what was asked of it, and does what a test says. */
public final class FakeShard implements ShardReader {
  public final List<String> calls = new ArrayList<>();
  public final List<RawRecord> records = new ArrayList<>();
  public boolean open = true;
  public boolean completesAtItsEnd = true;
  public RuntimeException failure; // thrown by accept, if not null
  public OptionalLong behindLatest = OptionalLong.empty();
  public Instant oldestUncommitted; // null if there is nothing without a commit

  private final String shardId;
  private final InstantSource clock;
  private Instant lastProgress;
  private boolean abandoned;

  public FakeShard(String shardId, InstantSource clock) {
    this.shardId = shardId;
    this.clock = clock;
    lastProgress = clock.instant();
  }

  /** The worker takes the shard. */
  public FakeShard openIn(ActiveShards shards) {
    shards.add(this);
    return this;
  }

  /** A batch begins, and is not through yet. */
  public void works(ActiveShards shards) {
    shards.works(this);
  }

  /** A whole batch. */
  public void batch(ActiveShards shards) {
    shards.works(this);
    lastProgress = clock.instant();
    shards.waits(this);
  }

  /** The worker has the shard no more. */
  public void leave(ActiveShards shards) {
    open = false;
    shards.remove(this);
  }

  @Override
  public void accept(
      List<RawRecord> batch, OptionalLong behindLatest, ShardCheckpointer leaseTable) {
    calls.add("accept");
    if (failure != null) {
      throw failure;
    }
    records.addAll(batch);
    lastProgress = clock.instant();
  }

  @Override
  public void tick() {}

  @Override
  public void endOfShard(ShardCheckpointer leaseTable) {
    calls.add("endOfShard");
    open &= !completesAtItsEnd;
  }

  @Override
  public void requestStop(Instant by) {
    calls.add("requestStop");
  }

  @Override
  public void release(ShardCheckpointer leaseTable) {
    calls.add("release");
    open = false;
  }

  @Override
  public void leaseLost() {
    calls.add("leaseLost");
    open = false;
  }

  @Override
  public void abandon(Throwable cause) {
    calls.add("abandon");
    abandoned = true;
    open = false;
  }

  @Override
  public String shardId() {
    return shardId;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isAbandoned() {
    return abandoned;
  }

  @Override
  public Instant lastProgress() {
    return lastProgress;
  }

  @Override
  public Optional<Instant> oldestUncommitted() {
    return Optional.ofNullable(oldestUncommitted);
  }

  @Override
  public OptionalLong millisBehindLatest() {
    return behindLatest;
  }
}
