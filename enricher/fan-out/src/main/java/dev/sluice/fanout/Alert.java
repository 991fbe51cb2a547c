package dev.sluice.fanout;

import java.time.Instant;
import java.util.List;

/**
 * One message: what a rule has to say about one window. The same lines give the same alerts.
 *
 * @param readings the subjects it is about, the first {@value #MAX_READINGS} by name
 * @param more how many further subjects there are
 */
public record Alert(
    AlertRule rule,
    Kind kind,
    Instant windowStart,
    Instant windowEnd,
    List<Reading> readings,
    int more) {
  /** Subjects that one message names. */
  public static final int MAX_READINGS = 20;

  /** What has happened. */
  public enum Kind {
    /** The rule holds, and was quiet before. */
    RAISED,
    /** The rule still holds, a cool-down after it was last told. */
    ONGOING,
    /** The rule has not held for the windows that are asked for: the all-clear. */
    CLEARED
  }

  /**
   * What was counted.
   *
   * @param subject a host, or empty for the stream
   */
  public record Reading(String subject, long requests, long errors, long anomalies) {
    static Reading of(String subject, Tally tally) {
      return new Reading(subject, tally.requests(), tally.errors(), tally.anomalies());
    }
  }

  public Alert {
    readings = List.copyOf(readings);
  }

  /** The same for the same rule, window and kind, whoever decides it; letters, digits, - and _. */
  public String id() {
    return rule.name() + '-' + kind + '-' + windowStart.getEpochSecond();
  }
}
