package dev.sluice.fanout;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts of the values of one dimension, for a bounded number of values. Not thread-safe. */
final class TopValues {
  /** Values that are counted by themselves; those that come after them count as other. */
  static final int MAX_TRACKED = 2_000;

  private static final Comparator<Map.Entry<String, Long>> MOST_FIRST =
      Map.Entry.<String, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  private final Map<String, Long> counts = new HashMap<>();
  private long overflow;

  /**
   * @param value null for a line that has none
   */
  void count(String value) {
    String name = value == null ? MinuteCounts.UNKNOWN : value;
    if (counts.size() < MAX_TRACKED || counts.containsKey(name)) {
      counts.merge(name, 1L, Long::sum);
    } else {
      overflow++;
    }
  }

  /** The {@code most} values with most lines, the first by name among equals, and the rest. */
  Map<String, Long> top(int most) {
    List<Map.Entry<String, Long>> sorted = counts.entrySet().stream().sorted(MOST_FIRST).toList();
    var top = new TreeMap<String, Long>();
    long rest = overflow;
    for (int i = 0; i < sorted.size(); i++) {
      if (i < most) {
        top.put(sorted.get(i).getKey(), sorted.get(i).getValue());
      } else {
        rest += sorted.get(i).getValue();
      }
    }
    if (rest > 0) {
      top.merge(MinuteCounts.OTHER, rest, Long::sum);
    }
    return top;
  }
}
