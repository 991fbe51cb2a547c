package dev.sluice.jmh.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers that a run has found and that are no ratios; the documentation is made of them too. */
public final class Figures {
  private final Map<String, Double> byName = new LinkedHashMap<>();

  /** Notes a number under a name such as {@code start.ours.median}; the last one counts. */
  public void put(String name, double value) {
    byName.put(name, value);
  }

  public Map<String, Double> all() {
    return Collections.unmodifiableMap(byName);
  }
}
