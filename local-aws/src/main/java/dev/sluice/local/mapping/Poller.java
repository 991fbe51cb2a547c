package dev.sluice.local.mapping;

/** One step of a mapping. */
interface Poller {

  /**
   * Reads what there is, and brings one batch of each shard or of the queue to the function when it
   * is due. Never waits but for the source and the function.
   *
   * @return whether there may be more to do at once
   */
  boolean poll();
}
