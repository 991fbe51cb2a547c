package dev.sluice.dashboards.alarms;

import dev.sluice.dashboards.monitoring.MonitoredFunction;
import dev.sluice.dashboards.monitoring.Parameters;
import java.util.ArrayList;
import java.util.List;

/** The alarms of one Lambda function. */
final class FunctionAlarms {
  private static final String LAMBDA = "AWS/Lambda";
  private static final int FIVE_MINUTES = 300;
  private static final double ONE_PERCENT = 1;
  private static final double HALF_OF_RETENTION = 50;
  private static final double ONE_MINUTE_MILLIS = 60_000;

  private final MonitoredFunction function;
  private final String given;

  private FunctionAlarms(MonitoredFunction function) {
    this.function = function;
    given = function.functionName().given();
  }

  static List<AlarmRule> of(MonitoredFunction function) {
    return new FunctionAlarms(function).all();
  }

  private List<AlarmRule> all() {
    var all = new ArrayList<>(List.of(errors(), records(), timeLeft(), throttles()));
    if (function.readsStream()) {
      all.add(iteratorAge());
      all.add(retention());
    }
    if (function.countsLines()) {
      all.add(lines());
    }
    if (function.opensDatabases()) {
      all.add(databaseAge());
    }
    return all;
  }

  private Metric lambda(String id, String name, String statistic) {
    return Metric.of(id, LAMBDA, name, statistic, "FunctionName", function.functionName().value());
  }

  private Metric own(String id, String name, String statistic) {
    return Metric.of(
        id, function.namespace(), name, statistic, function.dimension(), function.dimensionValue());
  }

  private AlarmRule errors() {
    return AlarmRule.above(
            function.id() + "ErrorRate",
            AlarmGuide.ERROR_RATE,
            function.words(),
            given,
            "100 * errors / invocations",
            ONE_PERCENT,
            lambda("errors", "Errors", "Sum"),
            lambda("invocations", "Invocations", "Sum"))
        .when(3, 5);
  }

  private AlarmRule records() {
    // Those of the Firehose function count failed records among the processed.
    String of = function == MonitoredFunction.FIREHOSE ? "processed" : "(processed + failed)";
    return AlarmRule.above(
            function.id() + "RecordFailures",
            AlarmGuide.RECORD_FAILURES,
            function.words(),
            given,
            "100 * failed / " + of,
            ONE_PERCENT,
            own("failed", "records_failed", "Sum"),
            own("processed", "records_processed", "Sum"))
        .when(3, 5);
  }

  private AlarmRule timeLeft() {
    String bound =
        "1000 * (" + function.timeout().value() + " - " + Parameters.BUFFER.value() + ")";
    return AlarmRule.above(
            function.id() + "TimeLeft",
            AlarmGuide.TIME_LEFT,
            function.words(),
            given,
            bound + " - duration",
            0,
            lambda("duration", "Duration", "p99"))
        .below()
        .every(FIVE_MINUTES)
        .when(2, 3);
  }

  private AlarmRule throttles() {
    return AlarmRule.above(
        function.id() + "Throttles",
        AlarmGuide.THROTTLES,
        function.words(),
        given,
        lambda("throttles", "Throttles", "Sum"),
        0);
  }

  private AlarmRule iteratorAge() {
    return AlarmRule.above(
            function.id() + "IteratorAge",
            AlarmGuide.ITERATOR_AGE,
            function.words(),
            given,
            lambda("age", "IteratorAge", "Maximum"),
            ONE_MINUTE_MILLIS)
        .when(3, 5);
  }

  private AlarmRule retention() {
    return AlarmRule.above(
            function.id() + "Retention",
            AlarmGuide.RETENTION_DANGER,
            function.words(),
            given,
            "100 * age / (3600000 * " + function.retentionHours().orElseThrow() + ")",
            HALF_OF_RETENTION,
            lambda("age", "IteratorAge", "Maximum"))
        .when(2, 3)
        .missing(AlarmRule.IGNORE); // a reader that stands still does not end the danger
  }

  private AlarmRule lines() {
    String in = function == MonitoredFunction.FILES ? "lines" : "lines_in";
    return AlarmRule.above(
            function.id() + "LinesRejected",
            AlarmGuide.LINES_REJECTED,
            function.words(),
            given,
            "100 * rejected / lines",
            ONE_PERCENT,
            own("rejected", "lines_rejected", "Sum"),
            own("lines", in, "Sum"))
        .every(FIVE_MINUTES)
        .when(2, 3);
  }

  private AlarmRule databaseAge() {
    return AlarmRule.above(
            function.id() + "GeoIpAge",
            AlarmGuide.GEOIP_AGE,
            function.words(),
            given,
            own("age", "geoip_database_age_days", "Maximum"),
            Alarms.GEOIP_DAYS)
        .every(Alarms.HOUR)
        .missing(AlarmRule.IGNORE); // it does not grow younger while nothing runs
  }
}
