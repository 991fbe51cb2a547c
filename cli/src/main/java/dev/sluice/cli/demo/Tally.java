package dev.sluice.cli.demo;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts how often each value occurs. At most {@value #MAX_VALUES} values are told apart. */
final class Tally {

  /** Values told apart; the rest only count as others. */
  static final int MAX_VALUES = 100_000;

  private final Map<String, Long> counts = new HashMap<>();

  /** A value and how often it occurred. */
  record Count(String value, long times) {}

  void add(String value) {
    if (value != null && (counts.size() < MAX_VALUES || counts.containsKey(value))) {
      counts.merge(value, 1L, Long::sum);
    }
  }

  /** The most frequent values first; equal counts in the order of the alphabet. */
  List<Count> top(int most) {
    return counts.entrySet().stream()
        .map(entry -> new Count(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(Count::times).reversed().thenComparing(Count::value))
        .limit(most)
        .toList();
  }
}
