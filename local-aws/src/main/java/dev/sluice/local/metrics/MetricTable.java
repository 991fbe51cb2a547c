package dev.sluice.local.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The metrics of one emitter.
 *
 * @param emitter its name in the page, such as {@code files}
 * @param setting the key that sets the namespace; empty where there is none
 * @param namespace the default of that key
 * @param meanings by metric
 */
public record MetricTable(
    String emitter, String setting, String namespace, SortedMap<MetricName, String> meanings) {
  public MetricTable {
    meanings = new TreeMap<>(meanings);
  }

  /**
   * Compares the table with what its emitter was seen to send.
   *
   * @return what differs, a sentence each; empty when both are the same
   */
  public List<String> differences(Collection<MetricName> emitted) {
    var differences = new ArrayList<String>();
    var unknown = new TreeSet<>(emitted);
    unknown.removeAll(meanings.keySet());
    unknown.forEach(
        metric -> differences.add(emitter + " sends " + metric + ", which the page does not name"));
    var missing = new TreeSet<>(meanings.keySet());
    missing.removeAll(emitted);
    missing.forEach(
        metric ->
            differences.add("the page names " + metric + ", which " + emitter + " does not send"));
    return differences;
  }
}
