package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnomalyFlagsTest {
  private static final DateTimeFormatter CLF =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.ofHours(-5));
  private static final long START = Instant.parse("2025-10-28T10:00:00Z").getEpochSecond();
  private static final Map<String, String> ON = Map.of("ANOMALY_FLAGS", "true");

  private LineEnricher enricher = Enrichers.withSettings(ON);

  private boolean isFlagged(String host, long second, int status) {
    String line =
        "%s - - [%s] \"GET / HTTP/1.1\" %d 5 \"-\" \"-\""
            .formatted(host, CLF.format(Instant.ofEpochSecond(START + second)), status);
    return Enrichers.answer(enricher, line).startsWith("warn");
  }

  /** Flagged lines of so many requests spread over one minute. */
  private int minute(String host, int minute, int requests, int errors) {
    int flagged = 0;
    for (int i = 0; i < requests; i++) {
      int status = i < errors ? 404 : 200;
      flagged += isFlagged(host, minute * 60L + i * 60L / requests, status) ? 1 : 0;
    }
    return flagged;
  }

  @Test
  void flagsAHostThatSuddenlyAsksMore() {
    int flagged = 0;
    for (int minute = 0; minute < 20; minute++) {
      flagged += minute("203.0.113.1", minute, 30 + minute % 3, 0);
    }
    assertThat(flagged).isZero();
    // 31 in the mean, at least the root of it as deviation, four of them: 53.3
    assertThat(minute("203.0.113.1", 20, 100, 0)).isEqualTo(100 - 53);
  }

  @Test
  void flagsAHostThatSuddenlyFails() {
    int flagged = 0;
    for (int minute = 0; minute < 20; minute++) {
      flagged += minute("203.0.113.1", minute, 40, 2);
    }
    assertThat(flagged).isZero();
    assertThat(minute("203.0.113.1", 20, 40, 40)).isGreaterThan(10);
    assertThat(minute("203.0.113.1", 21, 40, 2)).as("the next minute").isZero();
  }

  @Test
  void measuresANewHostByAllOthers() {
    for (int minute = 0; minute < 20; minute++) {
      for (int host = 1; host < 30; host++) {
        assertThat(minute("203.0.113." + host, minute, 5, 0)).isZero();
      }
    }
    assertThat(minute("198.51.100.1", 20, 200, 0)).isGreaterThan(150);
    assertThat(minute("198.51.100.2", 20, 15, 15)).as("below the least number").isZero();
  }

  @Test
  void isSilentWithoutABaseline() {
    assertThat(minute("203.0.113.1", 0, 10_000, 10_000)).isZero();
  }

  @Test
  void ignoresLinesThatAreALittleLateAndBeginsAnewAfterAJumpBack() {
    for (int minute = 0; minute < 20; minute++) {
      minute("203.0.113.1", minute, 30, 0);
    }
    assertThat(minute("203.0.113.1", 17, 500, 0)).as("late").isZero();
    assertThat(minute("203.0.113.1", 19, 20, 0)).as("not counted").isZero();
    assertThat(minute("203.0.113.1", -1_000, 500, 0)).as("a new past").isZero();
  }

  @Test
  void forgetsAfterALongSilence() {
    for (int minute = 0; minute < 20; minute++) {
      minute("203.0.113.1", minute, 30, 0);
    }
    assertThat(minute("203.0.113.1", 200, 500, 0)).isZero();
  }

  @Test
  void countsMinutesWithoutRequests() {
    for (int minute = 0; minute < 20; minute += 4) {
      minute("203.0.113.1", minute, 40, 0);
    }
    assertThat(minute("203.0.113.1", 40, 120, 0)).isGreaterThan(0);
  }

  @Test
  void remembersNoMoreHostsThanTheSettingSays() {
    var keys = new HashMap<>(ON);
    keys.put("ANOMALY_HOSTS", "8");
    enricher = Enrichers.withSettings(keys);
    for (int minute = 0; minute < 10; minute++) {
      minute("203.0.113.1", minute, 30, 0);
      for (int host = 0; host < 8; host++) {
        minute("198.51.100." + host, minute, 1, 0);
      }
    }
    // Its own past is gone; everybody's says one request a minute for most, and thirty for one.
    assertThat(minute("203.0.113.1", 10, 30, 0)).isZero();
  }

  @Test
  void answersTheSameForTheSameLines() {
    int[] runs = new int[2];
    for (int run = 0; run < 2; run++) {
      enricher = Enrichers.withSettings(ON);
      for (int minute = 0; minute < 30; minute++) {
        runs[run] = runs[run] * 31 + minute("203.0.113.1", minute, 20 + minute * minute, minute);
      }
    }
    assertThat(runs[0]).isEqualTo(runs[1]).isNotZero();
  }

  @Test
  void takesLinesWithoutHostOrTime() {
    var keys = new HashMap<>(ON);
    keys.put("LOG_FORMAT", "%h %{%s}t");
    enricher = Enrichers.withSettings(keys);
    assertThat(Enrichers.answer(enricher, "203.0.113.1 1761645600")).startsWith("json");
    enricher = Enrichers.withSettings(ON);
    assertThat(isFlagged("-", 0, 200)).isFalse();
  }

  @Test
  void tellsThatOrderMatters() {
    assertThat(EnricherSettings.from(new Settings(ON::get)).ordered()).isTrue();
    assertThat(EnricherSettings.defaults().ordered()).isFalse();
  }

  @Test
  void refusesSettingsBeyondTheirBounds() {
    var keys = new HashMap<>(ON);
    keys.put("ANOMALY_WINDOW", "500ms");
    keys.put("ANOMALY_HOSTS", "7");
    keys.put("ANOMALY_DEVIATIONS", "0");
    var settings = new Settings(keys::get);
    EnricherSettings.from(settings);
    assertThatThrownBy(settings::throwIfInvalid)
        .hasMessageContaining("ANOMALY_WINDOW is not from 1s to 1d")
        .hasMessageContaining("ANOMALY_HOSTS is \"7\"")
        .hasMessageContaining("ANOMALY_DEVIATIONS is \"0\"");
  }

  @Test
  void leavesOutputAsItIs() {
    for (int minute = 0; minute < 20; minute++) {
      minute("203.0.113.1", minute, 30, 0);
    }
    byte[] line =
        ("203.0.113.1 - - [28/Oct/2025:10:20:30 +0000] \"GET / HTTP/1.1\" 200 5")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(Enrichers.answer(enricher, line).substring(4))
        .isEqualTo(Enrichers.answer(Enrichers.withDefaults(), line).substring(4));
  }
}
