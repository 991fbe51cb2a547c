package dev.sluice.dashboards.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * How CloudWatch finds the state of a metric alarm from its newest data points.
 *
 * <p>It looks at more points than it evaluates, the evaluation range. With enough points that are
 * there, the newest of them decide; otherwise those that miss are filled by the treatment of
 * missing data, as few as possible. Treated as missing or ignored, old breaching points that
 * nothing but missing ones follow are enough, and no point at all is INSUFFICIENT_DATA or the state
 * as it was.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html">
 *     Configuring how CloudWatch alarms treat missing data</a>
 */
public final class Evaluation {
  private Evaluation() {}

  /** What a data point is. */
  public enum Point {
    GOOD,
    BREACHING,
    MISSING
  }

  /**
   * @param range newest last
   * @param periods N: points that are evaluated
   * @param toAlarm M: how many of them have to breach
   * @param before the state so far
   */
  public static AlarmState state(
      List<Point> range, int periods, int toAlarm, String missing, AlarmState before) {
    var there = new ArrayList<Point>();
    int oldestBreachingAge = 0; // 1 is the newest point
    for (int i = range.size() - 1; i >= 0; i--) {
      if (range.get(i) != Point.MISSING && there.size() < periods) {
        there.add(range.get(i));
        if (range.get(i) == Point.BREACHING) {
          oldestBreachingAge = range.size() - i;
        }
      }
    }
    int breaching = (int) there.stream().filter(point -> point == Point.BREACHING).count();
    int filled = periods - there.size();
    if (missing.equals("breaching")) {
      return breaching + filled >= toAlarm ? AlarmState.ALARM : AlarmState.OK;
    }
    if (breaching >= toAlarm) {
      return AlarmState.ALARM;
    }
    if (filled == 0 || missing.equals("notBreaching") || breaching < there.size()) {
      return AlarmState.OK;
    }
    if (missing.equals("ignore")) {
      return before;
    }
    if (there.isEmpty()) {
      return AlarmState.INSUFFICIENT_DATA;
    }
    return oldestBreachingAge >= toAlarm ? AlarmState.ALARM : before;
  }
}
