package dev.sluice.consumer.tiles;

/**
 * Places where a test kills or stops the consumer. Given by constructor only: no setting and no
 * environment variable reaches them. A throwable from here abandons the shard like any other.
 */
public interface Failpoints {
  /** In production nothing happens. */
  Failpoints NONE = new Failpoints() {};

  /** The rejects of a tile are written, its commit is not. */
  default void beforeCommit() {}

  /** A tile is committed, the checkpoint still stands before it. */
  default void betweenCommitAndCheckpoint() {}

  /** A graceful stop has committed what it could and has not made its checkpoint. */
  default void duringShutdown() {}
}
