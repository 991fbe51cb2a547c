package dev.sluice.local.recording;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest things that came, up to a bound. Thread-safe. */
final class Recorded<T> {
  private final int most;
  private final Deque<T> things = new ArrayDeque<>();

  Recorded(int most) {
    this.most = most;
  }

  synchronized void add(T thing) {
    if (things.size() == most) {
      things.remove();
    }
    things.add(thing);
  }

  /** A copy, the oldest first. */
  synchronized List<T> all() {
    return List.copyOf(things);
  }

  synchronized void clear() {
    things.clear();
  }
}
