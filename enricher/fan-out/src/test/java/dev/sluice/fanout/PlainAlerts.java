package dev.sluice.fanout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The slow twin of {@link AlertDecider}: keeps every line, computes event time anew for each of
 * them, and walks through all windows one by one, the empty ones too, counting calm ones. Every
 * source is open from the start, and none is at its tip.
 */
final class PlainAlerts {
  /** A line as it came. */
  record Came(int source, int place, LineFacts line) {}

  private final FanOutSettings settings;
  private final int sources;
  private final List<Came> lines = new ArrayList<>();
  private final List<Long> watermarks = new ArrayList<>(); // after each line

  PlainAlerts(FanOutSettings settings, int sources) {
    this.settings = settings;
    this.sources = sources;
  }

  void add(Came came) {
    lines.add(came);
    watermarks.add(newWatermark());
  }

  /** Event time after the first {@code count} lines, Long.MIN_VALUE while nobody knows. */
  long watermark(int count) {
    return watermarks.get(count - 1);
  }

  private long newWatermark() {
    long highest = Long.MIN_VALUE;
    long[] newest = new long[sources];
    java.util.Arrays.fill(newest, Long.MIN_VALUE);
    for (Came came : lines) {
      newest[came.source()] = Math.max(newest[came.source()], came.line().epochSeconds());
      long slowest = java.util.Arrays.stream(newest).min().orElseThrow();
      if (slowest != Long.MIN_VALUE) {
        highest = Math.max(highest, slowest - settings.lateness().toSeconds());
      }
    }
    return highest;
  }

  private static long end(AlertRule rule, long seconds) {
    long length = rule.window().toSeconds();
    return Math.floorDiv(seconds, length) * length + length;
  }

  boolean isLate(AlertRule rule, int index) {
    return end(rule, lines.get(index).line().epochSeconds()) <= watermark(index + 1);
  }

  /** Place of the first line of the source that waits for a moment after the watermark. */
  Integer oldest(int source, long watermark) {
    for (int i = 0; i < lines.size(); i++) {
      Came came = lines.get(i);
      if (came.source() == source) {
        for (AlertRule rule : settings.rules()) {
          if (!isLate(rule, i) && end(rule, came.line().epochSeconds()) > watermark) {
            return came.place();
          }
        }
      }
    }
    return null;
  }

  /** What is told about the rule, as text, in order. */
  List<String> told(AlertRule rule) {
    long upTo = watermark(lines.size());
    var windows = new TreeMap<Long, TreeMap<String, long[]>>(); // by end
    for (int i = 0; i < lines.size(); i++) {
      LineFacts line = lines.get(i).line();
      String subject = rule.scope() == AlertRule.Scope.STREAM ? "" : line.host();
      if (subject != null && !isLate(rule, i)) {
        long[] counts =
            windows
                .computeIfAbsent(end(rule, line.epochSeconds()), e -> new TreeMap<>())
                .computeIfAbsent(subject, s -> new long[3]);
        counts[0]++;
        counts[1] += rule.errorClasses().contains(line.status() / 100) ? 1 : 0;
        counts[2] += line.anomalous() ? 1 : 0;
      }
    }
    return windows.isEmpty() ? List.of() : walk(rule, windows, upTo);
  }

  private List<String> walk(
      AlertRule rule, TreeMap<Long, TreeMap<String, long[]>> windows, long upTo) {
    var told = new ArrayList<String>();
    Map<String, Integer> calm = new HashMap<>(); // of raised subjects only
    Map<String, Long> last = new HashMap<>();
    for (long end = windows.firstKey(); end <= upTo; end += rule.window().toSeconds()) {
      var now = new TreeMap<String, String>();
      for (var subject : windows.getOrDefault(end, new TreeMap<>()).entrySet()) {
        long[] counts = subject.getValue();
        String name = subject.getKey();
        if (holds(rule, counts)) {
          boolean cool =
              !last.containsKey(name) || end - last.get(name) >= settings.coolDown().toSeconds();
          if (cool) {
            now.put(
                name,
                (calm.containsKey(name) ? "ONGOING " : "RAISED ")
                    + List.of(counts[0], counts[1], counts[2]));
            calm.put(name, -1);
            last.put(name, end);
          } else if (calm.containsKey(name)) {
            calm.put(name, -1);
          }
        }
      }
      for (String name : new java.util.TreeSet<>(calm.keySet())) {
        if (calm.merge(name, 1, Integer::sum) == settings.clearWindows()) {
          calm.remove(name);
          now.put(name, "CLEARED " + List.of(0L, 0L, 0L));
        }
      }
      for (String kind : List.of("RAISED", "ONGOING", "CLEARED")) {
        for (var each : now.entrySet()) {
          if (each.getValue().startsWith(kind)) {
            told.add(end + " " + each.getValue() + " " + each.getKey());
          }
        }
      }
    }
    return told;
  }

  private static boolean holds(AlertRule rule, long[] counts) {
    return switch (rule.measure()) {
      case ERROR_RATE -> counts[0] >= rule.minRequests() && counts[1] > rule.above() * counts[0];
      case REQUEST_RATE -> counts[0] > rule.above() * rule.window().toSeconds();
      case ANOMALY -> counts[2] > rule.above();
    };
  }
}
