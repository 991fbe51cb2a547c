package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FanOutSettingsTest {
  @Test
  void readsRules() {
    FanOutSettings settings =
        Lines.settings(
            "ALERT_RULES",
            "a measure=error-rate above=2.5% window=5m min=7 errors=4xx,5xx scope=host ;"
                + " b measure=request-rate above=100 ; c measure=anomaly above=0 window=10s;");
    assertThat(settings.rules())
        .containsExactly(
            new AlertRule(
                "a",
                AlertRule.Measure.ERROR_RATE,
                0.025,
                AlertRule.Scope.HOST,
                Duration.ofMinutes(5),
                7,
                Set.of(4, 5)),
            new AlertRule(
                "b",
                AlertRule.Measure.REQUEST_RATE,
                100,
                AlertRule.Scope.STREAM,
                Duration.ofMinutes(1),
                50,
                Set.of(5)),
            new AlertRule(
                "c",
                AlertRule.Measure.ANOMALY,
                0,
                AlertRule.Scope.STREAM,
                Duration.ofSeconds(10),
                50,
                Set.of(5)));
    assertThat(settings.needsAnomalyFlags()).isTrue();
    assertThat(Lines.settings().needsAnomalyFlags()).isFalse();
  }

  @Test
  void reportsAllProblemsTogether() {
    assertThatThrownBy(
            () ->
                Lines.settings(
                    "ALERT_RULES",
                    "UP measure=error-rate above=5%; a above=1; a measure=request-rate above=5%;"
                        + "c measure=anomaly above=x min=1 window=1s; d measure=huge above=1;"
                        + "e measure=error-rate above=100% errors=3xx word x=1 min=1 min=2",
                    "EVENT_LATENESS",
                    "11m",
                    "ALERT_COOL_DOWN",
                    "2d",
                    "ALERT_CLEAR_WINDOWS",
                    "0",
                    "ALERT_HOSTS",
                    "0",
                    "METRICS_TOP",
                    "101"))
        .asInstanceOf(type(InvalidSettingsException.class))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .anyMatch(p -> p.startsWith("ALERT_RULES names a rule \"UP\""))
                    .anyMatch(p -> p.startsWith("ALERT_RULES rule a has no measure="))
                    .anyMatch(p -> p.startsWith("ALERT_RULES rule a is there twice"))
                    .anyMatch(p -> p.startsWith("ALERT_RULES rule a has above=\"5%\""))
                    .anyMatch(p -> p.startsWith("ALERT_RULES rule c has above=\"x\""))
                    .anyMatch(p -> p.startsWith("ALERT_RULES rule c has min="))
                    .anyMatch(p -> p.startsWith("ALERT_RULES rule c has a window"))
                    .anyMatch(p -> p.startsWith("ALERT_RULES rule d is wrong: measure is"))
                    .anyMatch(p -> p.startsWith("ALERT_RULES rule e has above=\"100%\""))
                    .anyMatch(p -> p.startsWith("ALERT_RULES rule e has errors=\"3xx\""))
                    .anyMatch(p -> p.startsWith("ALERT_RULES rule e has \"word\""))
                    .anyMatch(p -> p.startsWith("ALERT_RULES rule e has \"x=1\""))
                    .anyMatch(p -> p.startsWith("ALERT_RULES rule e has min= twice"))
                    .anyMatch(p -> p.startsWith("EVENT_LATENESS is above 10m"))
                    .anyMatch(p -> p.startsWith("ALERT_COOL_DOWN is above"))
                    .anyMatch(p -> p.startsWith("ALERT_CLEAR_WINDOWS is"))
                    .anyMatch(p -> p.startsWith("ALERT_HOSTS is"))
                    .anyMatch(p -> p.startsWith("METRICS_TOP is")));
    assertThatThrownBy(() -> Lines.settings("ALERT_RULES", ";"))
        .hasMessageContaining("ALERT_RULES has no rule");
    assertThatThrownBy(
            () ->
                Lines.settings(
                    "ALERT_RULES",
                    "a measure=anomaly above=0;".repeat(AlertRuleReader.MAX_RULES + 1)))
        .hasMessageContaining("has more than 50 rules");
  }

  @Test
  void theTableOfKeysIsWhatIsReadWithTheDefaultsInForce() {
    var asked = new HashSet<String>();
    FanOutSettings defaults =
        FanOutSettings.from(
            new Settings(
                key -> {
                  asked.add(key);
                  return null;
                }));
    var written = new HashMap<String, String>();
    FanOutSettings.keys().forEach(key -> written.put(key.name(), key.defaultValue()));
    assertThat(FanOutSettings.from(new Settings(written::get))).isEqualTo(defaults);
    assertThat(FanOutSettings.keys())
        .extracting(SettingKey::name)
        .containsExactlyInAnyOrderElementsOf(asked);
  }
}
