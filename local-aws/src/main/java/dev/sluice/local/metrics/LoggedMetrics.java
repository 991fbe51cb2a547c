package dev.sluice.local.metrics;

import dev.sluice.local.recording.MetricValue;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Takes the lines of a function's log, as CloudWatch Logs does. Thread-safe. */
public final class LoggedMetrics implements Consumer<String> {
  private final Collection<MetricValue> values = new ConcurrentLinkedQueue<>();

  @Override
  public void accept(String line) {
    values.addAll(EmbeddedMetricFormat.metrics(line));
  }

  /**
   * What was seen of a namespace, by name.
   *
   * @param dimension one that all of them have, so that two kinds of lines are told apart
   */
  public Set<MetricName> names(String namespace, String dimension) {
    return values.stream()
        .filter(value -> value.namespace().equals(namespace))
        .filter(value -> value.dimensions().containsKey(dimension))
        .map(MetricName::of)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All values, in the order of their lines. */
  public List<MetricValue> values() {
    return List.copyOf(values);
  }
}
