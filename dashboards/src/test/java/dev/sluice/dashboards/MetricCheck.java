package dev.sluice.dashboards;

import dev.sluice.dashboards.TemplateCheck.Pages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Every metric that is read is sent, and every one that this code sends is read, or has a reason.
 */
final class MetricCheck {
  private final Problems problems;

  MetricCheck(Problems problems) {
    this.problems = problems;
  }

  void compare(List<MetricUse> uses, Pages pages) {
    Map<String, String> known = new TreeMap<>();
    for (String line : pages.others().lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] words = line.split(" ");
        var dimensions = new TreeSet<>(List.of(words).subList(2, words.length));
        known.put(MetricUse.key(words[0], words[1], dimensions), line);
      }
    }
    Map<String, EmittedMetrics.Emitted> emitted = new HashMap<>();
    EmittedMetrics.read(pages.metrics()).forEach(each -> emitted.put(each.key(), each));
    for (MetricUse use : uses) {
      if (!known.containsKey(use.key()) && !emitted.containsKey(use.key())) {
        problems.add(use.place() + ": nobody sends " + use.key());
      }
    }
    Set<String> used = uses.stream().map(MetricUse::key).collect(Collectors.toSet());
    unused(emitted, used, pages.unused());
    known.keySet().stream()
        .filter(key -> !used.contains(key))
        .forEach(key -> problems.add("aws-metrics.txt: nothing uses " + key));
  }

  private void unused(Map<String, EmittedMetrics.Emitted> emitted, Set<String> used, String list) {
    var reasons = new HashMap<String, String>();
    for (String line : list.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] halves = line.split(": ", 2);
        reasons.put(halves[0], halves.length < 2 ? "" : halves[1]);
      }
    }
    for (EmittedMetrics.Emitted each : emitted.values()) {
      String reason = reasons.remove(each.words());
      if (used.contains(each.key())) {
        if (reason != null) {
          problems.add("unused-metrics.txt: is used: " + each.words());
        }
      } else if (reason == null) {
        problems.add("docs/metrics.md: neither used nor in unused-metrics.txt: " + each.words());
      } else if (reason.isBlank()) {
        problems.add("unused-metrics.txt: no reason: " + each.words());
      }
    }
    reasons.keySet().forEach(left -> problems.add("unused-metrics.txt: nobody sends " + left));
  }
}
