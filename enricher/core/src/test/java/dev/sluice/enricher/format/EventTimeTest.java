package dev.sluice.enricher.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.OutputBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code java.time} is the twin. */
class EventTimeTest {
  private static final DateTimeFormatter LOGGED =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ROOT);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

  private final EventTime time = new EventTime();

  @Test
  void namesTheMomentsOfJavaTime() {
    var random = new Random(20_251_028);
    LocalDateTime start = LocalDateTime.of(0, 1, 1, 0, 0);
    long seconds = 10_000L * 365 * 86_400;
    for (int i = 0; i < 50_000; i++) {
      OffsetDateTime moment =
          start
              .plusSeconds((long) (random.nextDouble() * seconds))
              .atOffset(
                  ZoneOffset.ofTotalSeconds((random.nextInt(2 * 18 * 60 + 1) - 18 * 60) * 60));
      assertThat(read(LOGGED.format(moment))).as(moment.toString()).isTrue();
      assertThat(time.epochMillis())
          .as(moment.toString())
          .isEqualTo(moment.toInstant().toEpochMilli());
      assertThat(iso()).isEqualTo(ISO.format(moment));
      assertThat(read(ISO.format(moment))).isTrue();
      assertThat(iso()).isEqualTo(ISO.format(moment));
    }
  }

  @Test
  void takesTheLeapSecondForTheOneBeforeIt() {
    assertThat(read("31/Dec/2016:23:59:60 +0000")).isTrue();
    assertThat(time.epochMillis()).isEqualTo(Instant.parse("2016-12-31T23:59:59Z").toEpochMilli());
    assertThat(iso()).isEqualTo("2016-12-31T23:59:59+00:00");
  }

  @Test
  void cutsFractionsToMilliseconds() {
    assertThat(read("2025-10-28T10:15:30.1239Z")).isTrue();
    assertThat(iso()).isEqualTo("2025-10-28T10:15:30.123+00:00");
    assertThat(read("2025-10-28 10:15:30,5 +01:00")).isTrue();
    assertThat(iso()).isEqualTo("2025-10-28T10:15:30.500+01:00");
    assertThat(time.epochMillis() % 1000).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "2",
        "28/",
        "28/O",
        "28/Oct/2025:10:15:30",
        "28/Oct/2025:10:15:30 +00",
        "28/okt/2025:10:15:30 +0000",
        "29/Feb/2025:10:15:30 +0000",
        "00/Jan/2025:10:15:30 +0000",
        "31/Apr/2025:10:15:30 +0000",
        "28/Oct/2025:24:15:30 +0000",
        "28/Oct/2025:10:60:30 +0000",
        "28/Oct/2025:10:15:61 +0000",
        "28/Oct/2025:10:15:30 +0060",
        "28/Oct/2025:10:15:30 +1801",
        "28/Oct/2025:10:15:30 *0000",
        "28/Oct/2025:10:15:30 +0000 ",
        "28/Oct/2025x10:15:30 +0000",
        "2025-13-28T10:15:30Z",
        "2025-00-28T10:15:30Z",
        "2025-10-28T10:15:30.Z",
        "1761646530",
        "28-Oct-2025:10:15:30 +0000",
        "28/Oct-2025:10:15:30 +0000",
        "2025-10-28T10.15:30Z",
        "2025/10-28T10:15:30Z",
        "2025-10-28T10:15:30z",
        "2025-10-28T10:15:3:Z"
      })
  void namesNoMomentForAnythingElse(String text) {
    assertThat(read(text)).isFalse();
  }

  private boolean read(String text) {
    byte[] bytes = ("x" + text + "x").getBytes(StandardCharsets.US_ASCII);
    return time.read(bytes, 1, bytes.length - 1);
  }

  private String iso() {
    var out = new OutputBuffer();
    time.appendIso(out);
    return out.toString();
  }
}
