package dev.sluice.lookups;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of look-ups since somebody asked last. Not thread-safe. */
public final class LookupTally {
  private static final String BREAKERS_OPEN = "lookup_breakers_open";

  private final Lookups lookups; // null when nothing is looked up
  private final Map<String, Long> before = new HashMap<>();

  /**
   * @param lookups null when nothing is looked up
   */
  public LookupTally(Lookups lookups) {
    this.lookups = lookups;
  }

  /**
   * Such as {@code reverse_dns_found}, {@code reference_calls}, in a stable order; {@code
   * lookup_breakers_open} is that of now. Empty when nothing is looked up.
   */
  public Map<String, Long> sinceLast() {
    var numbers = new LinkedHashMap<String, Long>();
    if (lookups == null) {
      return numbers;
    }
    for (LookupCounts counts : lookups.counts()) {
      for (LookupCounts.Result result : LookupCounts.Result.values()) {
        put(counts.source() + "_" + result.label(), counts.keys(result), numbers);
      }
      put(counts.source() + "_calls", counts.calls(), numbers);
    }
    numbers.put(BREAKERS_OPEN, (long) lookups.openBreakers());
    return numbers;
  }

  private void put(String name, long total, Map<String, Long> numbers) {
    Long last = before.put(name, total);
    numbers.put(name, last == null ? total : total - last);
  }
}
