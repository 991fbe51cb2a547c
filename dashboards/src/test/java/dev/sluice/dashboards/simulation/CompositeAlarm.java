package dev.sluice.dashboards.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/**
 * A composite alarm with a suppressor. Having gone into ALARM it waits for the suppressor to do so,
 * as long as the wait period; while the suppressor rings, and for the extension period behind that,
 * no action is taken; then the action for the state in which it is.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html">
 *     Suppressing composite alarm actions</a>
 */
final class CompositeAlarm {
  private static final int MINUTE = 60;

  private final CompositeRule rule;
  private final String suppressor;
  private final int waitMinutes;
  private final int extensionMinutes;
  private AlarmState state = AlarmState.INSUFFICIENT_DATA;
  private AlarmState told = AlarmState.OK;
  private int quietUntil;
  private boolean suppressed;

  CompositeAlarm(JsonNode alarm) {
    rule = new CompositeRule(alarm.path("AlarmRule").asText());
    suppressor = alarm.path("ActionsSuppressor").asText();
    waitMinutes = alarm.path("ActionsSuppressorWaitPeriod").asInt() / MINUTE;
    extensionMinutes = alarm.path("ActionsSuppressorExtensionPeriod").asInt() / MINUTE;
  }

  /**
   * Whether actions are taken at the end of this minute, for a state that was not told yet.
   *
   * @param now minutes that are over
   */
  boolean acts(Function<String, AlarmState> states, int now) {
    AlarmState next = rule.holds(states) ? AlarmState.ALARM : AlarmState.OK;
    if (next != state) {
      state = next;
      if (next == AlarmState.ALARM) {
        quietUntil = Math.max(quietUntil, now + waitMinutes);
      }
    }
    boolean ringing = states.apply(suppressor) == AlarmState.ALARM;
    if (suppressed && !ringing) {
      quietUntil = now + extensionMinutes;
    }
    suppressed = ringing;
    if (ringing || now < quietUntil || state == told) {
      return false;
    }
    told = state;
    return true;
  }

  AlarmState state() {
    return state;
  }
}
