package dev.sluice.dashboards.widgets;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.dashboards.alarms.Metric;
import dev.sluice.dashboards.monitoring.MonitoredFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line of a graph: a metric, or an expression. */
final class Line {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Object> names;
  private final Map<String, Object> options = new LinkedHashMap<>();

  private Line(List<?> names) {
    this.names = List.copyOf(names);
  }

  static Line of(
      String label, String namespace, String name, String statistic, String... dimensions) {
    var names = new ArrayList<String>(List.of(namespace, name));
    names.addAll(List.of(dimensions));
    return new Line(names).option("stat", statistic).option("label", label);
  }

  /** A metric that a function sends of itself. */
  static Line of(String label, MonitoredFunction function, String name, String statistic) {
    return of(
        label,
        function.namespace(),
        name,
        statistic,
        function.dimension(),
        function.dimensionValue());
  }

  /** A metric of an alarm. */
  static Line of(String label, Metric metric) {
    var names = new ArrayList<String>(List.of(metric.namespace(), metric.name()));
    metric
        .dimensions()
        .forEach(
            (name, value) -> {
              names.add(name);
              names.add(value);
            });
    return new Line(names).option("stat", metric.statistic()).option("label", label);
  }

  static Line math(String label, String expression) {
    return new Line(List.of()).option("expression", expression).option("label", label);
  }

  /** One line for each value of a dimension, whatever values there are. */
  static Line search(String label, String namespace, String name, String stat, String... by) {
    String schema = "{\"" + namespace + "\"," + String.join(",", by) + "}";
    return math(label, "SEARCH('" + schema + " MetricName=\"" + name + "\"', '" + stat + "', 60)");
  }

  /** A value in an expression; not drawn by itself. */
  Line as(String id) {
    return option("id", id).option("visible", false);
  }

  /** On the axis to the right. */
  Line right() {
    return option("yAxis", "right");
  }

  private Line option(String name, Object value) {
    options.put(name, value);
    return this;
  }

  /** As an element of {@code metrics}. */
  String json() {
    var element = new ArrayList<>(names);
    element.add(options);
    return Widget.write(JSON, element);
  }
}
