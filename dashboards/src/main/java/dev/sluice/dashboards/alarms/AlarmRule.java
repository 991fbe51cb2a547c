package dev.sluice.dashboards.alarms;

import java.util.List;
import java.util.Optional;

/**
 * One alarm of CloudWatch.
 *
 * @param id of the resource, and behind the stack's name that of the alarm
 * @param subject what it watches, in words
 * @param condition of the template, without which there is no such alarm; empty for always
 * @param metrics one, or those of the expression
 * @param expression metric math over the metrics; empty for the one metric as it is
 * @param period seconds of one data point
 * @param datapoints how many of the last {@code periods} have to be bad
 * @param missing how a data point that is not there counts: {@code breaching}, {@code
 *     notBreaching}, {@code ignore}
 */
public record AlarmRule(
    String id,
    AlarmGuide guide,
    String subject,
    Optional<String> condition,
    List<Metric> metrics,
    Optional<String> expression,
    int period,
    int datapoints,
    int periods,
    Bad bad,
    double threshold,
    String missing) {

  static final String BREACHING = "breaching";
  static final String NOT_BREACHING = "notBreaching";
  static final String IGNORE = "ignore";

  /** On which side of the threshold a value is bad. */
  public enum Bad {
    ABOVE("GreaterThanThreshold"),
    BELOW("LessThanThreshold");

    private final String operator;

    Bad(String operator) {
      this.operator = operator;
    }

    /** CloudWatch's word. */
    public String operator() {
      return operator;
    }
  }

  /** What whoever is woken reads first. */
  public String description() {
    return "The "
        + subject
        + ". "
        + guide.meaning()
        + " What to do: "
        + guide.action()
        + " More: docs/operate.md#"
        + guide.anchor();
  }

  /** One metric as it is, bad above {@code threshold}. */
  static AlarmRule above(
      String id, AlarmGuide guide, String subject, String condition, Metric metric, double bound) {
    return new AlarmRule(
        id,
        guide,
        subject,
        Optional.of(condition),
        List.of(metric),
        Optional.empty(),
        60,
        1,
        1,
        Bad.ABOVE,
        bound,
        NOT_BREACHING);
  }

  /** Metric math, bad above {@code threshold}. */
  static AlarmRule above(
      String id,
      AlarmGuide guide,
      String subject,
      String condition,
      String expression,
      double bound,
      Metric... metrics) {
    return new AlarmRule(
        id,
        guide,
        subject,
        Optional.of(condition),
        List.of(metrics),
        Optional.of(expression),
        60,
        1,
        1,
        Bad.ABOVE,
        bound,
        NOT_BREACHING);
  }

  /** The same when so many of the last data points are bad. */
  AlarmRule when(int newDatapoints, int newPeriods) {
    return new AlarmRule(
        id,
        guide,
        subject,
        condition,
        metrics,
        expression,
        period,
        newDatapoints,
        newPeriods,
        bad,
        threshold,
        missing);
  }

  /** The same with data points of so many seconds. */
  AlarmRule every(int seconds) {
    return new AlarmRule(
        id,
        guide,
        subject,
        condition,
        metrics,
        expression,
        seconds,
        datapoints,
        periods,
        bad,
        threshold,
        missing);
  }

  /** The same with another treatment of missing data. */
  AlarmRule missing(String treatment) {
    return new AlarmRule(
        id,
        guide,
        subject,
        condition,
        metrics,
        expression,
        period,
        datapoints,
        periods,
        bad,
        threshold,
        treatment);
  }

  /** The same, bad below the threshold. */
  AlarmRule below() {
    return new AlarmRule(
        id,
        guide,
        subject,
        condition,
        metrics,
        expression,
        period,
        datapoints,
        periods,
        Bad.BELOW,
        threshold,
        missing);
  }

  /** The same, there whatever is deployed. */
  AlarmRule always() {
    return new AlarmRule(
        id,
        guide,
        subject,
        Optional.empty(),
        metrics,
        expression,
        period,
        datapoints,
        periods,
        bad,
        threshold,
        missing);
  }
}
