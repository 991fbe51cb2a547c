package dev.sluice.functions.fanout.alerts;

/** Where states of shards are kept. */
interface ShardStates {

  /** What was stored last; {@link ShardState#NONE} when there is nothing. */
  ShardState read(ShardKey shard);

  /**
   * Puts a state in the place of the one before.
   *
   * @return false when another one stands there, and stays
   */
  boolean replace(ShardKey shard, ShardState before, ShardState after);
}
