package dev.sluice.local.kinesis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** When a stream was scaled lately. Not thread-safe. */
final class ScalingHistory {
  /** In {@link #WINDOW} (AWS, UpdateShardCount). */
  static final int CALLS_MAX = 10;

  static final Duration WINDOW = Duration.ofHours(24);

  private final Deque<Long> callMillis = new ArrayDeque<>(CALLS_MAX);

  /** Counts a call; false when there were as many as there may be. */
  boolean take(long nowMillis) {
    while (!callMillis.isEmpty() && callMillis.peek() <= nowMillis - WINDOW.toMillis()) {
      callMillis.remove();
    }
    return callMillis.size() < CALLS_MAX && callMillis.add(nowMillis);
  }
}
