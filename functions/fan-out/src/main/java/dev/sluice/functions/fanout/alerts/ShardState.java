package dev.sluice.functions.fanout.alerts;

import java.util.Arrays;
import java.util.List;

/**
 * What is known of a shard between two invocations.
 *
 * @param lastSequenceNumber of the last record that was counted; empty before the first
 * @param revision grows with each change; 0 when there is no item yet
 * @param decider as {@link dev.sluice.fanout.AlertDecider#save} has it; empty before the first
 * @param unsent messages that were decided and perhaps not told, in their order
 */
record ShardState(
    String lastSequenceNumber, long revision, byte[] decider, List<AlertMessage> unsent) {
  static final ShardState NONE = new ShardState("", 0, new byte[0], List.of());

  ShardState {
    unsent = List.copyOf(unsent);
  }

  /** The next state, for a later record. */
  ShardState next(String newLast, byte[] newDecider, List<AlertMessage> newUnsent) {
    return new ShardState(newLast, revision + 1, newDecider, newUnsent);
  }

  /** The next state, with fewer messages. */
  ShardState withUnsent(List<AlertMessage> newUnsent) {
    return new ShardState(lastSequenceNumber, revision + 1, decider, newUnsent);
  }

  boolean isSame(ShardState other) {
    return lastSequenceNumber.equals(other.lastSequenceNumber)
        && revision == other.revision
        && Arrays.equals(decider, other.decider)
        && unsent.equals(other.unsent);
  }
}
