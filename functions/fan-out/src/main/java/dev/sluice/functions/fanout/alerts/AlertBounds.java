package dev.sluice.functions.fanout.alerts;

import dev.sluice.enricher.Settings;
import dev.sluice.fanout.AlertRule;
import dev.sluice.fanout.FanOutSettings;

/** Keeps what is remembered of hosts small enough for an item of DynamoDB. */
public final class AlertBounds {
  /**
   * Hosts that all rules together count and remember at a time: at most 90 bytes each, twice, of an
   * item's 400 KB.
   */
  public static final int MAX_HOSTS = 1_000;

  private static final String HOSTS = "ALERT_HOSTS";

  private AlertBounds() {}

  /**
   * The same settings with as many hosts as there is room for, where the key does not say how many;
   * it is a problem when it says more.
   */
  public static FanOutSettings of(Settings s, FanOutSettings asked) {
    long hostRules =
        asked.rules().stream().filter(rule -> rule.scope() == AlertRule.Scope.HOST).count();
    if (hostRules == 0) {
      return asked;
    }
    int most = (int) (MAX_HOSTS / hostRules);
    if (s.text(HOSTS).isPresent() && asked.alertHosts() > most) {
      s.problem(
          HOSTS,
          "is "
              + asked.alertHosts()
              + ", and the function has room for "
              + most
              + " with "
              + hostRules
              + " rules of scope=host");
    }
    return new FanOutSettings(
        asked.lateness(),
        asked.rules(),
        asked.coolDown(),
        asked.clearWindows(),
        Math.min(asked.alertHosts(), most),
        asked.top());
  }
}
