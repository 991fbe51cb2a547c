package dev.sluice.local.mapping;

import java.time.Instant;

/**
 * Is told what a mapping does, by the thread that does it. The source is a queue's or a shard's
 * name.
 */
public interface MappingListener {

  /** Hears nothing. */
  MappingListener NONE = new MappingListener() {};

  /** Records came from the source. */
  default void received(String source, int records) {}

  /** The function is about to be invoked with that many records, none at the end of a window. */
  default void invoking(String source, int records) {}

  /** Records are done: checkpointed, or deleted from the queue. */
  default void succeeded(String source, int records) {}

  /**
   * Records will come again.
   *
   * @param reason the type of the function's error, or what is wrong with its answer
   */
  default void failed(String source, int records, String reason) {}

  /** A failed batch of a shard is tried again in two halves. */
  default void bisected(String source, int records) {}

  /**
   * Records are given up and, where there is a destination, it has been told.
   *
   * @param condition as the message to the destination has it
   */
  default void discarded(String source, int records, String condition) {}

  /**
   * The function has taken the end of a window.
   *
   * @param early because the state had become too large; the window goes on
   */
  default void windowEnded(String shardId, Instant start, Instant end, boolean early) {}
}
