package dev.sluice.consumer.fanout;

import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.fanout.LineFacts;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What one shard's lines are counted for. Calls for one shard take turns. */
interface ShardDecisions {
  /**
   * Counts a line.
   *
   * @param before the place behind which reading on would find the line again
   */
  void count(LineFacts line, long arrivalSeconds, ContinuesFrom before);

  /** There is nothing more in the shard for now. */
  void atTip();

  /** Decides what can be decided, and sends it. */
  void send(BooleanSupplier giveUp) throws NotSentException, InterruptedException;

  /** The same at the end of the shard, after which no line comes. May be called again. */
  void sendLast(BooleanSupplier giveUp) throws NotSentException, InterruptedException;

  /** Sends what would otherwise be counted again by whoever reads on. */
  void sendForRelease(BooleanSupplier giveUp) throws NotSentException, InterruptedException;

  /** Forgets everything about the shard. */
  void forget();

  /** The place behind which all lines lie whose decisions were not sent. */
  Optional<ContinuesFrom> oldestUnsent();

  /** Lines that were late or ahead, since this was asked last. */
  long linesOutOfTime();
}
