package dev.sluice.dashboards.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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
    List.copyOf(values.keySet()).stream()
        .filter(metric -> metric.startsWith(prefix))
        .forEach(metric -> without(metric, from, to));
    return this;
  }

  public boolean has(String metric) {
    return values.containsKey(metric);
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
    var newest = missing(count);
    double[] points = values.get(metric);
    if (points == null) {
      return newest;
    }
    int end = now / periodMinutes * periodMinutes;
    for (int i = count - 1; i >= 0 && end > 0; i--, end -= periodMinutes) {
      newest[i] =
          periodMinutes == 1 ? points[end - 1] : of(points, statistic, end - periodMinutes, end);
    }
    return newest;
  }

  private static double of(double[] points, String statistic, int from, int to) {
    double sum = 0;
    double max = Double.NEGATIVE_INFINITY;
    double min = Double.POSITIVE_INFINITY;
    int there = 0;
    for (int minute = from; minute < to; minute++) {
      double value = points[minute];
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
      default -> throw new RefusedException("no statistic " + statistic);
    };
  }
}
