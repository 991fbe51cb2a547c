package dev.sluice.dashboards.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What all metrics measured, minute by minute; NaN where there is no data. */
public final class Series {
  private final int minutes;
  private final Map<String, double[]> values = new HashMap<>();

  public Series(int minutes) {
    this.minutes = minutes;
  }

  public int minutes() {
    return minutes;
  }

  /** The same value from one minute to before another one. */
  public Series put(String metric, int from, int to, double value) {
    double[] points = values.computeIfAbsent(metric, key -> missing(minutes));
    Arrays.fill(points, from, Math.min(to, minutes), value);
    return this;
  }

  /** No data for a metric in a time. */
  public Series without(String metric, int from, int to) {
    return put(metric, from, to, Double.NaN);
  }

  /** All metrics whose name begins so fall silent. */
  public Series silence(String prefix, int from, int to) {
    values.keySet().stream()
        .filter(metric -> metric.startsWith(prefix))
        .forEach(metric -> without(metric, from, to));
    return this;
  }

  public boolean has(String metric) {
    return values.containsKey(metric);
  }

  /** One value of the metric in a minute. */
  double at(String metric, int minute) {
    double[] points = values.get(metric);
    return points == null || minute < 0 ? Double.NaN : points[minute];
  }

  static double[] missing(int length) {
    var points = new double[length];
    Arrays.fill(points, Double.NaN);
    return points;
  }

  /**
   * The newest data points of a metric, newest last. A data point covers {@code periodMinutes}
   * minutes and is there once they are over.
   *
   * @param now minutes that are over
   */
  double[] newest(String metric, String statistic, int periodMinutes, int count, int now) {
    var points = missing(count);
    int end = now / periodMinutes * periodMinutes;
    for (int i = count - 1; i >= 0; i--, end -= periodMinutes) {
      points[i] = of(metric, statistic, end - periodMinutes, end);
    }
    return points;
  }

  private double of(String metric, String statistic, int from, int to) {
    double sum = 0;
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    int there = 0;
    for (int minute = Math.max(0, from); minute < to; minute++) {
      double value = at(metric, minute);
      if (!Double.isNaN(value)) {
        there++;
        sum += value;
        max = Math.max(max, value);
        min = Math.min(min, value);
      }
    }
    if (there == 0) {
      return Double.NaN;
    }
    return switch (statistic) {
      case "Sum" -> sum;
      case "Average" -> sum / there;
      case "Minimum" -> min;
      case "Maximum", "p99" -> max; // each minute holds one value, the one that matters
      default -> throw new RefusedException(metric + ": no statistic " + statistic);
    };
  }
}
