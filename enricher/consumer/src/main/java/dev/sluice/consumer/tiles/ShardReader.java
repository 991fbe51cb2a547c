package dev.sluice.consumer.tiles;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whoever reads one shard, from the moment that this worker takes it to the moment that it ends, is
 * lost or is given up. No method throws.
 */
public interface ShardReader {
  /**
   * Takes a batch in the order of the shard; may wait, so that memory stays bounded.
   *
   * @param behindLatest lag of the batch in milliseconds, if KCL knows it
   */
  void accept(List<RawRecord> records, OptionalLong behindLatest, ShardCheckpointer leaseTable);

  /** Called again and again, also when no record comes. */
  void tick();

  /** The shard is closed and all of it was delivered. May be called again. */
  void endOfShard(ShardCheckpointer leaseTable);

  /** Ends every wait and refuses further batches. Returns at once. */
  void requestStop(Instant by);

  /** A graceful stop, while the lease is still ours. */
  void release(ShardCheckpointer leaseTable);

  /** The lease is gone: no checkpoint. */
  void leaseLost();

  /** Gives the shard up without a checkpoint and stops the worker. */
  void abandon(Throwable cause);

  String shardId();

  /** True while records may come. */
  boolean isOpen();

  boolean isAbandoned();

  /** When the last batch was taken, empty ones included. */
  Instant lastProgress();

  /** Since when something waits to be written; empty when nothing does. */
  Optional<Instant> oldestUncommitted();

  /** Lag of the last batch, if KCL has said so. */
  OptionalLong millisBehindLatest();
}
