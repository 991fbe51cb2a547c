package dev.sluice.dashboards.simulation;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule of a composite alarm: {@code TRUE}, {@code FALSE}, {@code ALARM("name")}, joined by
 * {@code OR}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html">
 *     PutCompositeAlarm, AlarmRule</a>
 */
public final class CompositeRule {
  private static final Pattern TERM = Pattern.compile("TRUE|FALSE|ALARM\\(\"([^\"]+)\"\\)");

  private final Set<String> alarms = new LinkedHashSet<>();
  private boolean always;

  public CompositeRule(String rule) {
    for (String term : rule.split(" OR ", -1)) {
      Matcher matcher = TERM.matcher(term);
      if (!matcher.matches()) {
        throw new RefusedException("AlarmRule: not understood: " + term);
      }
      always |= term.equals("TRUE");
      if (matcher.group(1) != null) {
        alarms.add(matcher.group(1));
      }
    }
  }

  /** Names of all alarms in it. */
  public Set<String> alarms() {
    return alarms;
  }

  boolean holds(Function<String, AlarmState> states) {
    return always || alarms.stream().anyMatch(name -> states.apply(name) == AlarmState.ALARM);
  }
}
