package dev.sluice.functions.fanout.alerts;

import dev.sluice.functions.fanout.sending.Attempts;
import dev.sluice.functions.fanout.sending.NotSentException;
import dev.sluice.invocation.TimeLeft;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of one shard in one invocation, and the messages that wait in it. A message is stored
 * before it is told, and taken out behind it: whatever fails, it is told, and told again only when
 * nobody knows whether it was. Not thread-safe.
 */
final class ShardDesk {
  /** Messages that are stored at a time, so that the item stays small. */
  static final int MAX_UNSENT = 50;

  private final ShardKey shard;
  private final ShardStates states;
  private final AlertPut put;
  private final Attempts attempts;
  private final TimeLeft time;
  private ShardState state;
  private long told;

  private ShardDesk(
      ShardKey shard, ShardStates states, AlertPut put, Attempts attempts, TimeLeft time)
      throws NotSentException {
    this.shard = shard;
    this.states = states;
    this.put = put;
    this.attempts = attempts;
    this.time = time;
    state = attempts.call("GetItem", time, () -> states.read(shard));
  }

  static ShardDesk open(
      ShardKey shard, ShardStates states, AlertPut put, Attempts attempts, TimeLeft time)
      throws NotSentException {
    return new ShardDesk(shard, states, put, attempts, time);
  }

  ShardState state() {
    return state;
  }

  /** Messages that were told in this invocation. */
  long told() {
    return told;
  }

  /**
   * Stores what is known behind a record, with what was decided up to there. More messages than an
   * item is to hold are told before it.
   */
  void store(String last, byte[] decider, List<AlertMessage> decided) throws NotSentException {
    int early = Math.max(0, decided.size() - MAX_UNSENT);
    for (AlertMessage message : decided.subList(0, early)) {
      publish(message);
    }
    replace(state.next(last, decider, decided.subList(early, decided.size())));
  }

  /** Tells what is stored and was not told, and takes it out. */
  void tell() throws NotSentException {
    List<AlertMessage> left = new ArrayList<>(state.unsent());
    if (left.isEmpty()) {
      return;
    }
    try {
      while (!left.isEmpty()) {
        publish(left.get(0));
        left.remove(0);
      }
    } catch (NotSentException notTold) {
      if (left.size() < state.unsent().size()) {
        keepOnly(left, notTold);
      }
      throw notTold;
    }
    replace(state.withUnsent(left));
  }

  private void keepOnly(List<AlertMessage> left, NotSentException notTold) {
    try {
      replace(state.withUnsent(left));
    } catch (NotSentException notStored) {
      notTold.addSuppressed(notStored); // what was told is told once more
    }
  }

  private void publish(AlertMessage message) throws NotSentException {
    attempts.call(
        "Publish",
        time,
        () -> {
          put.publish(shard, message);
          return message;
        });
    told++;
  }

  private void replace(ShardState after) throws NotSentException {
    ShardState before = state;
    boolean replaced =
        attempts.call("PutItem", time, () -> states.replace(shard, before, after))
            || attempts.call("GetItem", time, () -> states.read(shard)).isSame(after);
    if (!replaced) {
      throw new NotSentException("PutItem", "another invocation has gone on with the shard");
    }
    state = after;
  }
}
