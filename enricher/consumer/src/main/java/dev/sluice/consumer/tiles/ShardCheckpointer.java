package dev.sluice.consumer.tiles;

/** The lease table, as far as one shard needs it. */
public interface ShardCheckpointer {
  /** What became of a checkpoint. */
  enum Answer {
    DONE,
    /** The lease table refuses the pace. */
    THROTTLED,
    /** The lease table cannot be reached, for now. */
    UNAVAILABLE,
    /** This worker does not own the shard any more. */
    LEASE_GONE
  }

  /**
   * Sets the checkpoint to {@code end}, the end of a committed tile that was delivered.
   *
   * @throws IllegalStateException if the lease table is in a state that no retry heals
   */
  Answer checkpoint(Position end);

  /**
   * Marks the shard as done with, which lets its children start. Only after everything of the shard
   * is committed.
   *
   * @throws IllegalStateException if the lease table is in a state that no retry heals
   */
  Answer checkpointShardEnd();
}
