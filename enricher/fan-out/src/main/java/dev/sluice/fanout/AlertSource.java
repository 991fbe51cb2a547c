package dev.sluice.fanout;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One shard, as alerts see it: its part of every open window, and how far it has come. Opened by
 * {@link AlertDecider#open}. Not thread-safe: all sources of a decider take turns.
 *
 * @param <P> a place in the shard
 */
public final class AlertSource<P> {
  final EventClock clock;
  final Holds<P> holds = new Holds<>();
  private final List<TreeMap<Long, Map<String, Tally>>> windows = new ArrayList<>();
  private boolean ended;

  AlertSource(int rules, InstantSource clock) {
    this.clock = new EventClock(clock);
    for (int i = 0; i < rules; i++) {
      windows.add(new TreeMap<>());
    }
  }

  /** The shard's part of the open windows of a rule: number of the window, subject, counts. */
  TreeMap<Long, Map<String, Tally>> windows(int rule) {
    return windows.get(rule);
  }

  /** The counts of a subject, or null when there are none yet. */
  Tally find(int rule, long window, String subject) {
    Map<String, Tally> subjects = windows.get(rule).get(window);
    return subjects == null ? null : subjects.get(subject);
  }

  Tally add(int rule, long window, String subject) {
    var tally = new Tally();
    windows.get(rule).computeIfAbsent(window, w -> new HashMap<>()).put(subject, tally);
    return tally;
  }

  void markEnded() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  /**
   * The place behind which all lines lie that still count for something, messages that were not
   * sent included; empty when there is none.
   */
  public Optional<P> oldestUndecided() {
    return holds.oldest();
  }
}
