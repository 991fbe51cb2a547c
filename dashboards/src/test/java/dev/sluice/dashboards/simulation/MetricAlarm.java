package dev.sluice.dashboards.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.dashboards.simulation.Evaluation.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A metric alarm of the template, evaluated at the end of each minute. */
final class MetricAlarm {
  private static final String IGNORES_MISSING = "AWS/DynamoDB";
  private static final int MINUTE = 60;

  private final JsonNode alarm;
  private final int extraPoints;
  private final int periodMinutes;
  private final Map<String, JsonNode> stats = new HashMap<>();
  private final String expression;
  private final String missing;
  private AlarmState state = AlarmState.INSUFFICIENT_DATA;

  /**
   * @param extraPoints how many more points than evaluation periods CloudWatch looks at; AWS gives
   *     no number, its examples have 2
   */
  MetricAlarm(JsonNode alarm, int extraPoints) {
    this.alarm = alarm;
    this.extraPoints = extraPoints;
    String result = null;
    int period = alarm.path("Period").asInt();
    for (JsonNode query : alarm.path("Metrics")) {
      if (query.has("Expression")) {
        result = query.path("Expression").asText();
      } else {
        stats.put(query.path("Id").asText(), query.path("MetricStat"));
        period = query.path("MetricStat").path("Period").asInt();
      }
    }
    expression = result;
    periodMinutes = period / MINUTE;
    missing = treatment();
  }

  /**
   * Alarms on AWS/DynamoDB ignore missing data whatever they are told.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html">
   *     PutMetricAlarm, TreatMissingData</a>
   */
  private String treatment() {
    boolean ignores =
        alarm.path("Namespace").asText().equals(IGNORES_MISSING)
            || stats.values().stream()
                .anyMatch(
                    stat -> stat.path("Metric").path("Namespace").asText().equals(IGNORES_MISSING));
    return ignores ? "ignore" : alarm.path("TreatMissingData").asText("missing");
  }

  /** Name of a metric in {@link Series}: namespace, name, and dimensions in the order of names. */
  static String key(JsonNode metric) {
    var dimensions = new TreeMap<String, String>();
    metric
        .path("Dimensions")
        .forEach(each -> dimensions.put(each.path("Name").asText(), each.path("Value").asText()));
    var key = new StringBuilder(metric.path("Namespace").asText());
    key.append(' ').append(metric.path("MetricName").asText());
    dimensions.forEach((name, value) -> key.append(' ').append(name).append('=').append(value));
    return key.toString();
  }

  /** What it watches. */
  List<String> keys() {
    return stats.isEmpty()
        ? List.of(key(alarm))
        : stats.values().stream().map(stat -> key(stat.path("Metric"))).toList();
  }

  AlarmState state() {
    return state;
  }

  /**
   * @param now minutes that are over
   */
  AlarmState evaluate(Series series, int now) {
    int periods = alarm.path("EvaluationPeriods").asInt();
    var range = new ArrayList<Point>();
    for (double value : values(series, periods + extraPoints, now)) {
      range.add(point(value));
    }
    state =
        Evaluation.state(
            range, periods, alarm.path("DatapointsToAlarm").asInt(periods), missing, state);
    return state;
  }

  private double[] values(Series series, int count, int now) {
    if (expression == null) {
      String statistic = alarm.path("Statistic").asText(alarm.path("ExtendedStatistic").asText());
      return series.newest(key(alarm), statistic, periodMinutes, count, now);
    }
    var points = new HashMap<String, double[]>();
    stats.forEach(
        (id, stat) ->
            points.put(
                id,
                series.newest(
                    key(stat.path("Metric")),
                    stat.path("Stat").asText(),
                    periodMinutes,
                    count,
                    now)));
    return MetricMath.evaluate(expression, points, count);
  }

  private Point point(double value) {
    if (Double.isNaN(value)) {
      return Point.MISSING;
    }
    double threshold = alarm.path("Threshold").asDouble();
    boolean breaching =
        switch (alarm.path("ComparisonOperator").asText()) {
          case "GreaterThanThreshold" -> value > threshold;
          case "LessThanThreshold" -> value < threshold;
          case "GreaterThanOrEqualToThreshold" -> value >= threshold;
          case "LessThanOrEqualToThreshold" -> value <= threshold;
          default ->
              throw new RefusedException(
                  "no operator " + alarm.path("ComparisonOperator").asText());
        };
    return breaching ? Point.BREACHING : Point.GOOD;
  }
}
