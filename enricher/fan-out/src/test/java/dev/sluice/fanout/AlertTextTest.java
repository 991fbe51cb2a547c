package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertTextTest {
  private static Alert alert(String rule, Alert.Kind kind, int more, String... hosts) {
    return new Alert(
        Lines.settings("ALERT_RULES", rule).rules().get(0),
        kind,
        Instant.ofEpochSecond(Lines.T0),
        Instant.ofEpochSecond(Lines.T0 + 60),
        List.of(hosts).stream().map(h -> new Alert.Reading(h, 80, 10, 2)).toList(),
        more);
  }

  @Test
  void saysWhatHappenedWhenAndToWhom() {
    Alert alert =
        alert("up measure=error-rate above=5% scope=host", Alert.Kind.RAISED, 3, "192.0.2.1", "b");
    assertThat(AlertText.subject(alert, "logs")).isEqualTo("RAISED up 5 hosts (logs)");
    assertThat(AlertText.body(alert, "logs"))
        .isEqualTo(
            "RAISED: rule up, error rate above 5.00 % for the host, stream logs\n"
                + "window 2025-10-28T10:00:00Z to 2025-10-28T10:01:00Z\n"
                + "192.0.2.1: 12.50 %, 80 requests, 10 errors, 2 flagged\n"
                + "b: 12.50 %, 80 requests, 10 errors, 2 flagged\n"
                + "and 3 more\n");
    assertThat(alert.id()).isEqualTo("up-RAISED-1761645600");
  }

  @Test
  void saysItOfTheStreamInTheUnitOfTheMeasure() {
    Alert busy = alert("b measure=request-rate above=1", Alert.Kind.ONGOING, 0, "");
    assertThat(AlertText.subject(busy, "logs")).isEqualTo("ONGOING b (logs)");
    assertThat(AlertText.body(busy, "logs")).contains("above 1.00/s", "all: 1.33/s, 80 requests");
    Alert calm = alert("o measure=anomaly above=0", Alert.Kind.CLEARED, 0, "");
    assertThat(AlertText.body(calm, "logs")).contains("anomaly above 0", "all: calm\n");
  }

  @Test
  void aSubjectIsOneShortLineOfAscii() {
    String host = "h\u00e9\n\r\u0000" + "x".repeat(150);
    Alert alert = alert("up measure=anomaly above=0 scope=host", Alert.Kind.RAISED, 0, host);
    assertThat(AlertText.subject(alert, "logs"))
        .hasSize(99)
        .matches("[ -~]+")
        .startsWith("RAISED up h????x");
  }

  @Test
  void theLargestMessageIsFarBelowTheLimit() {
    String host = "\u20ac".repeat(FlatLineReader.MAX_VALUE_CHARS);
    String[] hosts = Collections.nCopies(Alert.MAX_READINGS, host).toArray(String[]::new);
    Alert alert = alert("up measure=anomaly above=0 scope=host", Alert.Kind.RAISED, 9_999, hosts);
    assertThat(
            AlertText.body(alert, "s".repeat(128))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .hasSizeLessThan(32 * 1024);
  }
}
