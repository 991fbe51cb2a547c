package dev.sluice.dashboards.widgets;

import dev.sluice.dashboards.monitoring.MonitoredQueue;
import dev.sluice.dashboards.monitoring.MonitoredTable;
import dev.sluice.dashboards.monitoring.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of tables, queues, database and load balancer. */
final class StoreRows {
  private static final int HALF = Row.COLUMNS / 2;
  private static final int HEIGHT = 6;

  /** Keeps the list of lines right when the first one with a name is left out; never drawn. */
  private static final Piece NO_LINE =
      Piece.always("[{\"expression\":\"TIME_SERIES(0)\",\"id\":\"none\",\"visible\":false}]");

  private StoreRows() {}

  static List<Row> all() {
    return List.of(
        Row.heading("HasAnyTable", "Tables"),
        tables(),
        Row.heading("HasAnyQueue", "Queues"),
        queues(),
        Row.heading(Parameters.DATABASE.given(), "Database " + Parameters.DATABASE.value()),
        database(),
        Row.heading(Parameters.WEB_TARGETS.given(), "Web application"),
        web());
  }

  private static Row tables() {
    var throttled = new ArrayList<>(List.of(NO_LINE));
    var consumed = new ArrayList<>(List.of(NO_LINE));
    for (MonitoredTable table : MonitoredTable.values()) {
      throttled.add(table(table, "reads", "ReadThrottleEvents"));
      throttled.add(table(table, "writes", "WriteThrottleEvents"));
      consumed.add(table(table, "read units", "ConsumedReadCapacityUnits"));
      consumed.add(table(table, "write units", "ConsumedWriteCapacityUnits"));
    }
    return Row.when(
        "HasAnyTable",
        Widget.graph(HALF, HEIGHT, "Throttled", Map.of(), throttled, 60),
        Widget.graph(HALF, HEIGHT, "Capacity used", Map.of(), consumed, 60));
  }

  private static Piece table(MonitoredTable table, String what, String metric) {
    Line line =
        Line.of(
            table.words() + ": " + what,
            "AWS/DynamoDB",
            metric,
            "Sum",
            "TableName",
            table.parameter().value());
    return Piece.when(table.parameter().given(), line.json());
  }

  private static Row queues() {
    var visible = new ArrayList<>(List.of(NO_LINE));
    var oldest = new ArrayList<>(List.of(NO_LINE));
    for (MonitoredQueue queue : MonitoredQueue.values()) {
      visible.add(queue(queue, "ApproximateNumberOfMessagesVisible"));
      oldest.add(queue(queue, "ApproximateAgeOfOldestMessage"));
    }
    return Row.when(
        "HasAnyQueue",
        Widget.graph(HALF, HEIGHT, "Messages", Map.of(), visible, 60),
        Widget.graph(HALF, HEIGHT, "Oldest message, seconds", Map.of(), oldest, 60));
  }

  private static Piece queue(MonitoredQueue queue, String metric) {
    Line line =
        Line.of(
            queue.words(), "AWS/SQS", metric, "Maximum", "QueueName", queue.parameter().value());
    return Piece.when(queue.parameter().given(), line.json());
  }

  private static Line database(String label, String name, String statistic) {
    return Line.of(
        label, "AWS/RDS", name, statistic, "DBInstanceIdentifier", Parameters.DATABASE.value());
  }

  private static Row database() {
    return Row.when(
        Parameters.DATABASE.given(),
        Widget.graph(
            HALF,
            HEIGHT,
            "CPU and connections",
            database("CPU, %", "CPUUtilization", "Average"),
            database("connections", "DatabaseConnections", "Maximum").right()),
        Widget.graph(
            HALF, HEIGHT, "Free storage, bytes", database("free", "FreeStorageSpace", "Minimum")));
  }

  private static Line web(String label, String name, String statistic) {
    return Line.of(
        label,
        "AWS/ApplicationELB",
        name,
        statistic,
        "LoadBalancer",
        Parameters.WEB_BALANCER.value(),
        "TargetGroup",
        Parameters.WEB_TARGETS.value());
  }

  private static Row web() {
    return Row.when(
        Parameters.WEB_TARGETS.given(),
        Widget.graph(
            HALF,
            HEIGHT,
            "Requests",
            web("requests", "RequestCount", "Sum"),
            web("answered 5xx", "HTTPCode_Target_5XX_Count", "Sum").right()),
        Widget.graph(
            HALF,
            HEIGHT,
            "Tasks and seconds",
            web("unhealthy", "UnHealthyHostCount", "Maximum"),
            web("healthy", "HealthyHostCount", "Minimum"),
            web("p99 of answers, s", "TargetResponseTime", "p99").right()));
  }
}
