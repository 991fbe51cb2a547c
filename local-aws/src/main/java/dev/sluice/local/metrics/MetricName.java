package dev.sluice.local.metrics;

import dev.sluice.local.recording.MetricValue;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What tells one metric from another, values of dimensions aside.
 *
 * @param unit as CloudWatch names it, such as {@code Count} or {@code None}
 * @param dimensions their names
 */
public record MetricName(String name, String unit, SortedSet<String> dimensions)
    implements Comparable<MetricName> {
  private static final Comparator<MetricName> ORDER =
      Comparator.comparing(MetricName::name)
          .thenComparing(metric -> String.join(",", metric.dimensions))
          .thenComparing(MetricName::unit);

  public MetricName {
    dimensions = Collections.unmodifiableSortedSet(new TreeSet<>(dimensions));
  }

  public static MetricName of(String name, String unit, Collection<String> dimensions) {
    return new MetricName(name, unit, new TreeSet<>(dimensions));
  }

  /** The name that a value has in CloudWatch. */
  public static MetricName of(MetricValue value) {
    return of(value.name(), value.unit(), value.dimensions().keySet());
  }

  @Override
  public int compareTo(MetricName other) {
    return ORDER.compare(this, other);
  }

  /** Such as {@code Requests{Page,Stream} in Count}. */
  @Override
  public String toString() {
    String tags = dimensions.isEmpty() ? "" : "{" + String.join(",", dimensions) + "}";
    return name + tags + " in " + unit;
  }
}
