package dev.sluice.dashboards.widgets;

import dev.sluice.dashboards.monitoring.MonitoredFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows of a Lambda function: how it runs, and what it does ({@link FunctionWidgets}). */
final class FunctionRows {
  private static final int QUARTER = 6;
  private static final int THIRD = 8;
  private static final int HEIGHT = 6;

  private final MonitoredFunction function;
  private final String given;

  private FunctionRows(MonitoredFunction function) {
    this.function = function;
    given = function.functionName().given();
  }

  static List<Row> of(MonitoredFunction function) {
    var rows = new FunctionRows(function);
    var all =
        new ArrayList<>(
            List.of(
                Row.heading(rows.given, "Lambda: " + function.functionName().value()),
                rows.runs(),
                Row.when(rows.given, new FunctionWidgets(function).all().toArray(Widget[]::new))));
    if (function == MonitoredFunction.COUNTS) {
      all.add(rows.requests());
    }
    return all;
  }

  private Line lambda(String label, String name, String statistic) {
    return Line.of(
        label, "AWS/Lambda", name, statistic, "FunctionName", function.functionName().value());
  }

  private Line own(String label, String name) {
    return own(label, name, "Sum");
  }

  private Line own(String label, String name, String statistic) {
    return Line.of(label, function, name, statistic);
  }

  private Row runs() {
    var records = new ArrayList<Line>();
    records.add(own("processed", "records_processed"));
    records.add(own("failed", "records_failed"));
    if (function.readsStream()) {
      records.add(lambda("iterator age, ms", "IteratorAge", "Maximum").right());
    }
    return Row.when(
        given,
        Widget.graph(
            QUARTER,
            HEIGHT,
            "Invocations",
            lambda("invocations", "Invocations", "Sum"),
            lambda("errors", "Errors", "Sum").right()),
        Widget.graph(
            QUARTER,
            HEIGHT,
            "Duration, milliseconds",
            Map.of("time-out", Widget.number(function.timeout().value() + "000")),
            List.of(
                lambda("p50", "Duration", "p50"),
                lambda("p99", "Duration", "p99"),
                lambda("longest", "Duration", "Maximum"),
                own("p99 by its own clock", "duration_ms", "p99"))),
        Widget.graph(
            QUARTER,
            HEIGHT,
            "Concurrency",
            lambda("at once", "ConcurrentExecutions", "Maximum"),
            lambda("throttled", "Throttles", "Sum").right()),
        Widget.graph(QUARTER, HEIGHT, "Records", Map.of(), records));
  }

  /** What the counts by minute say of the traffic. */
  private Row requests() {
    return Row.when(given, by("Country"), by("Device"), by("Page"));
  }

  private Widget by(String dimension) {
    return Widget.graph(
        THIRD,
        HEIGHT,
        "Requests by " + dimension.toLowerCase(Locale.ROOT),
        Line.search("", function.namespace(), "Requests", "Sum", "Stream", dimension));
  }
}
