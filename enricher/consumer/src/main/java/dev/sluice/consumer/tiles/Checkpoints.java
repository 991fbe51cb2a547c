package dev.sluice.consumer.tiles;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Decides when the checkpoint of one shard moves: at most once in each interval, later after a
 * refusal, and always to the end of a committed tile. Not thread-safe.
 */
final class Checkpoints {
  /** Longest wait between two attempts while the lease table refuses. */
  static final Duration MAX_BACKOFF = Duration.ofMinutes(1);

  private static final int MAX_DOUBLINGS = 16;

  private final ShardContext shard;
  private final Duration interval;
  private final InstantSource clock;
  private Instant nextAttempt;
  private int refusals;
  private Position last; // null until there is one

  /**
   * @param start what the shard was opened at
   */
  Checkpoints(ShardContext shard, Duration interval, ContinuesFrom start) {
    this.shard = shard;
    this.interval = interval;
    clock = shard.clock();
    nextAttempt = clock.instant().plus(interval);
    last = start instanceof Position position ? position : null;
  }

  /**
   * Moves the checkpoint to {@code end}, if it lies ahead of the last one and the time has come.
   */
  void makeIfDue(Position end, ShardCheckpointer checkpointer) {
    if (isAhead(end) && !clock.instant().isBefore(nextAttempt)) {
      make(end, checkpointer);
    }
  }

  boolean isAhead(Position end) {
    return end.isAbove(last);
  }

  /** Moves the checkpoint to {@code end} now, whatever the interval says. */
  ShardCheckpointer.Answer make(Position end, ShardCheckpointer checkpointer) {
    ShardCheckpointer.Answer answer = checkpointer.checkpoint(end);
    Instant now = clock.instant();
    switch (answer) {
      case DONE -> {
        last = end;
        refusals = 0;
        nextAttempt = now.plus(interval);
        shard.events().checkpointMade(shard.address().shardId(), end);
      }
      case THROTTLED, UNAVAILABLE, LEASE_GONE -> {
        refusals++;
        nextAttempt = now.plus(backoff());
        shard.events().checkpointDelayed(shard.address().shardId(), answer);
      }
    }
    return answer;
  }

  private Duration backoff() {
    Duration doubled = interval.multipliedBy(1L << Math.min(refusals, MAX_DOUBLINGS));
    return doubled.compareTo(MAX_BACKOFF) < 0 ? doubled : longer(interval, MAX_BACKOFF);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
