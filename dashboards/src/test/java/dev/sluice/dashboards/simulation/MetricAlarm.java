package dev.sluice.dashboards.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.dashboards.simulation.Evaluation.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A metric alarm of the template, evaluated at the end of each minute. */
final class MetricAlarm {
  private static final String IGNORES_MISSING = "AWS/DynamoDB";
  private static final int MINUTE = 60;

  private final int range;
  private final int periods;
  private final int toAlarm;
  private final int periodMinutes;
  private final Map<String, Stat> stats = new LinkedHashMap<>();
  private final String expression;
  private final String missing;
  private final String operator;
  private final double threshold;
  private AlarmState state = AlarmState.INSUFFICIENT_DATA;

  /** A metric, as {@link Series} names it, and its statistic. */
  private record Stat(String namespace, String key, String statistic) {}

  /**
   * @param extraPoints how many more points than evaluation periods CloudWatch looks at; AWS gives
   *     no number, its examples have 2
   */
  MetricAlarm(JsonNode alarm, int extraPoints) {
    String result = null;
    int period = alarm.path("Period").asInt();
    for (JsonNode query : alarm.path("Metrics")) {
      if (query.has("Expression")) {
        result = query.path("Expression").asText();
      } else {
        JsonNode stat = query.path("MetricStat");
        stats.put(query.path("Id").asText(), stat(stat.path("Metric"), stat.path("Stat").asText()));
        period = stat.path("Period").asInt();
      }
    }
    if (alarm.has("MetricName")) {
      String statistic = alarm.path("Statistic").asText(alarm.path("ExtendedStatistic").asText());
      stats.put("", stat(alarm, statistic));
    }
    expression = result;
    periodMinutes = period / MINUTE;
    periods = alarm.path("EvaluationPeriods").asInt();
    toAlarm = alarm.path("DatapointsToAlarm").asInt(periods);
    range = periods + extraPoints;
    operator = alarm.path("ComparisonOperator").asText();
    threshold = alarm.path("Threshold").asDouble();
    missing = treatment(alarm.path("TreatMissingData").asText("missing"));
  }

  private static Stat stat(JsonNode metric, String statistic) {
    return new Stat(metric.path("Namespace").asText(), key(metric), statistic);
  }

  /**
   * Alarms on AWS/DynamoDB ignore missing data whatever they are told.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html">
   *     PutMetricAlarm, TreatMissingData</a>
   */
  private String treatment(String told) {
    boolean ignores =
        stats.values().stream().anyMatch(stat -> stat.namespace().equals(IGNORES_MISSING));
    return ignores ? "ignore" : told;
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
    return stats.values().stream().map(Stat::key).toList();
  }

  AlarmState state() {
    return state;
  }

  /**
   * @param now minutes that are over
   */
  AlarmState evaluate(Series series, int now) {
    if (now % periodMinutes != 0 && now > 1) {
      return state; // no new data point
    }
    var points = new ArrayList<Point>(range);
    for (double value : values(series, now)) {
      points.add(point(value));
    }
    state = Evaluation.state(points, periods, toAlarm, missing, state);
    return state;
  }

  private double[] values(Series series, int now) {
    var points = new HashMap<String, double[]>();
    stats.forEach(
        (id, stat) ->
            points.put(id, series.newest(stat.key(), stat.statistic(), periodMinutes, range, now)));
    return expression == null ? points.get("") : MetricMath.evaluate(expression, points, range);
  }

  private Point point(double value) {
    if (Double.isNaN(value)) {
      return Point.MISSING;
    }
    boolean breaching =
        switch (operator) {
          case "GreaterThanThreshold" -> value > threshold;
          case "LessThanThreshold" -> value < threshold;
          case "GreaterThanOrEqualToThreshold" -> value >= threshold;
          case "LessThanOrEqualToThreshold" -> value <= threshold;
          default -> throw new RefusedException("no operator " + operator);
        };
    return breaching ? Point.BREACHING : Point.GOOD;
  }
}
