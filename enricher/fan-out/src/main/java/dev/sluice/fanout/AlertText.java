package dev.sluice.fanout;

import java.util.Locale;

/** An alert for a person: a subject of printable ASCII, and a body of some lines. */
public final class AlertText {
  /** Below 100, which SNS does not take any more. */
  public static final int MAX_SUBJECT_CHARS = 99;

  private AlertText() {}

  /**
   * One line of printable ASCII, at most {@value #MAX_SUBJECT_CHARS} characters.
   *
   * @param stream name of the stream
   */
  public static String subject(Alert alert, String stream) {
    String whom = "";
    if (alert.rule().scope() == AlertRule.Scope.HOST) {
      int hosts = alert.readings().size() + alert.more();
      whom = hosts == 1 ? " " + alert.readings().get(0).subject() : " " + hosts + " hosts";
    }
    String text = alert.kind() + " " + alert.rule().name() + whom + " (" + stream + ")";
    var subject = new StringBuilder();
    for (int i = 0; i < text.length() && subject.length() < MAX_SUBJECT_CHARS; i++) {
      char c = text.charAt(i);
      subject.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return subject.toString();
  }

  /** What happened, when, and the numbers of every subject that is named. */
  public static String body(Alert alert, String stream) {
    AlertRule rule = alert.rule();
    var body = new StringBuilder();
    body.append(
        String.format(
            Locale.ROOT,
            "%s: rule %s, %s above %s for the %s, stream %s\n",
            alert.kind(),
            rule.name(),
            rule.measureText(),
            rule.text(rule.above()),
            rule.scope().name().toLowerCase(Locale.ROOT),
            stream));
    body.append("window ").append(alert.windowStart()).append(" to ").append(alert.windowEnd());
    body.append('\n');
    for (Alert.Reading reading : alert.readings()) {
      body.append(line(rule, alert.kind(), reading)).append('\n');
    }
    if (alert.more() > 0) {
      body.append("and ").append(alert.more()).append(" more").append('\n');
    }
    return body.toString();
  }

  private static String line(AlertRule rule, Alert.Kind kind, Alert.Reading reading) {
    String who = reading.subject().isEmpty() ? "all" : reading.subject();
    if (kind == Alert.Kind.CLEARED) {
      return who + ": calm";
    }
    double value = rule.value(reading.requests(), reading.errors(), reading.anomalies());
    return String.format(
        Locale.ROOT,
        "%s: %s, %d requests, %d errors, %d flagged",
        who,
        rule.text(value),
        reading.requests(),
        reading.errors(),
        reading.anomalies());
  }
}
