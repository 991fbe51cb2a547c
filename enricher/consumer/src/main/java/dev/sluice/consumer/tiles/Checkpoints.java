package dev.sluice.consumer.tiles;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Decides when the checkpoint of one shard moves: at most once in each interval, later after a
 * refusal, and always to a place before which everything is done. Not thread-safe.
 */
public final class Checkpoints {
  /** Longest wait between two attempts while the lease table refuses. */
  static final Duration MAX_BACKOFF = Duration.ofMinutes(1);

  private static final int MAX_DOUBLINGS = 16;

  private final String shardId;
  private final ConsumerEvents events;
  private final Duration interval;
  private final InstantSource clock;
  private Instant nextAttempt;
  private int refusals;
  private Position last; // null until there is one

  /**
   * @param start what the shard was opened at
   */
  public Checkpoints(
      String shardId,
      InstantSource clock,
      ConsumerEvents events,
      Duration interval,
      ContinuesFrom start) {
    this.shardId = shardId;
    this.clock = clock;
    this.events = events;
    this.interval = interval;
    nextAttempt = clock.instant().plus(interval);
    last = start instanceof Position position ? position : null;
  }

  /**
   * Moves the checkpoint to {@code end}, if it lies ahead of the last one and the time has come.
   */
  public void makeIfDue(Position end, ShardCheckpointer checkpointer) {
    if (isAhead(end) && !clock.instant().isBefore(nextAttempt)) {
      make(end, checkpointer);
    }
  }

  /** Whether a checkpoint at {@code end} would move it. */
  public boolean isAhead(Position end) {
    return end.isAbove(last);
  }

  /** Moves the checkpoint to {@code end} now, whatever the interval says. */
  public ShardCheckpointer.Answer make(Position end, ShardCheckpointer checkpointer) {
    ShardCheckpointer.Answer answer = checkpointer.checkpoint(end);
    Instant now = clock.instant();
    switch (answer) {
      case DONE -> {
        last = end;
        refusals = 0;
        nextAttempt = now.plus(interval);
        events.checkpointMade(shardId, end);
      }
      case THROTTLED, UNAVAILABLE, LEASE_GONE -> {
        refusals++;
        nextAttempt = now.plus(backoff());
        events.checkpointDelayed(shardId, answer);
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
