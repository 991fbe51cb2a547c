package dev.sluice.fanout;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Places in a stream from which lines would have to be read again, because what they count for is
 * not decided yet. One place is kept for each moment at which something is decided: that of the
 * first line which waits for it. Not thread-safe.
 *
 * @param <P> a place in the stream
 */
final class Holds<P> {
  private record Hold<P>(long order, P before) {}

  private final TreeMap<Long, Hold<P>> byEnd = new TreeMap<>();
  private long order;

  /**
   * A line waits for a moment of event time.
   *
   * @param endSeconds the moment
   * @param before the place behind which reading on would find the line; such places come in the
   *     order of the stream
   */
  void hold(long endSeconds, P before) {
    byEnd.computeIfAbsent(endSeconds, end -> new Hold<>(order++, before));
  }

  /** All that waited for {@code endSeconds} or an earlier moment is decided. */
  void release(long endSeconds) {
    byEnd.headMap(endSeconds, true).clear();
  }

  void releaseAll() {
    byEnd.clear();
  }

  /** The place behind which everything undecided lies; empty when nothing waits. */
  Optional<P> oldest() {
    Hold<P> oldest = null;
    for (Map.Entry<Long, Hold<P>> hold : byEnd.entrySet()) {
      if (oldest == null || hold.getValue().order() < oldest.order()) {
        oldest = hold.getValue();
      }
    }
    return oldest == null ? Optional.empty() : Optional.of(oldest.before());
  }
}
