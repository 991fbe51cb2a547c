package dev.sluice.dashboards.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The part of metric math that the alarms use, over time series whose missing points are NaN.
 *
 * <ul>
 *   <li>Between two series a missing value counts as 0; where both miss, there is no point.
 *   <li>A division by zero drops the point.
 *   <li>A number and a series give a series with the points of that series.
 *   <li>{@code FILL(series, number)} fills what is missing, {@code MAX([..])} is the largest of the
 *       series point by point.
 * </ul>
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax">
 *     Metric math syntax and functions</a>
 */
public final class MetricMath {
  private final String text;
  private final Map<String, double[]> series;
  private final int points;
  private int at;

  private MetricMath(String text, Map<String, double[]> series, int points) {
    this.text = text;
    this.series = series;
    this.points = points;
  }

  /** A number, or one value for each point. */
  private record Value(double number, double[] points) {
    boolean isNumber() {
      return points == null;
    }
  }

  /**
   * @param series by id, all of the same length
   * @throws RefusedException if CloudWatch would not take the expression
   */
  public static double[] evaluate(String expression, Map<String, double[]> series, int points) {
    var math = new MetricMath(expression, series, points);
    Value value = math.sum();
    math.skip();
    if (math.at < expression.length()) {
      throw math.refused("nothing more");
    }
    if (value.isNumber()) {
      throw new RefusedException(expression + ": is a number, not a time series");
    }
    return value.points();
  }

  private RefusedException refused(String expected) {
    return new RefusedException(text + ": expected " + expected + " at " + at);
  }

  private void skip() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private boolean take(char sign) {
    skip();
    if (at < text.length() && text.charAt(at) == sign) {
      at++;
      return true;
    }
    return false;
  }

  private void require(char sign) {
    if (!take(sign)) {
      throw refused("'" + sign + "'");
    }
  }

  private Value sum() {
    Value value = product();
    while (true) {
      if (take('+')) {
        value = combine('+', value, product());
      } else if (take('-')) {
        value = combine('-', value, product());
      } else {
        return value;
      }
    }
  }

  private Value product() {
    Value value = operand();
    while (true) {
      if (take('*')) {
        value = combine('*', value, operand());
      } else if (take('/')) {
        value = combine('/', value, operand());
      } else {
        return value;
      }
    }
  }

  private Value operand() {
    if (take('(')) {
      Value value = sum();
      require(')');
      return value;
    }
    String word = word();
    if (Character.isDigit(word.charAt(0))) {
      return new Value(Double.parseDouble(word), null);
    }
    if (Character.isLowerCase(word.charAt(0))) {
      double[] known = series.get(word);
      if (known == null) {
        throw new RefusedException(text + ": no metric has the id " + word);
      }
      return new Value(0, known);
    }
    return function(word);
  }

  private String word() {
    skip();
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (from == at) {
      throw refused("a number, an id or a function");
    }
    return text.substring(from, at);
  }

  private Value function(String name) {
    require('(');
    Value value;
    switch (name) {
      case "FILL":
        double[] from = sum().points();
        require(',');
        double filling = sum().number();
        value = new Value(0, Arrays.stream(from).map(v -> Double.isNaN(v) ? filling : v).toArray());
        break;
      case "MAX":
        value = new Value(0, largest(list()));
        break;
      default:
        throw new RefusedException(text + ": " + name + " is no function for an alarm of ours");
    }
    require(')');
    return value;
  }

  private List<double[]> list() {
    require('[');
    var list = new ArrayList<double[]>();
    do {
      list.add(sum().points());
    } while (take(','));
    require(']');
    return list;
  }

  private double[] largest(List<double[]> list) {
    var largest = new double[points];
    Arrays.fill(largest, Double.NaN);
    for (double[] each : list) {
      for (int i = 0; i < points; i++) {
        if (!(each[i] <= largest[i]) && !Double.isNaN(each[i])) {
          largest[i] = each[i];
        }
      }
    }
    return largest;
  }

  private Value combine(char operator, Value a, Value b) {
    if (a.isNumber() && b.isNumber()) {
      return new Value(apply(operator, a.number(), b.number()), null);
    }
    var result = new double[points];
    for (int i = 0; i < points; i++) {
      double x = a.isNumber() ? a.number() : a.points()[i];
      double y = b.isNumber() ? b.number() : b.points()[i];
      boolean between = !a.isNumber() && !b.isNumber();
      if (between && !(Double.isNaN(x) && Double.isNaN(y))) {
        x = Double.isNaN(x) ? 0 : x;
        y = Double.isNaN(y) ? 0 : y;
      }
      result[i] = apply(operator, x, y);
    }
    return new Value(0, result);
  }

  private static double apply(char operator, double x, double y) {
    return switch (operator) {
      case '+' -> x + y;
      case '-' -> x - y;
      case '*' -> x * y;
      default -> y == 0 ? Double.NaN : x / y;
    };
  }
}
