package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines made to overflow, to hang or to smuggle. Time-outs only catch a hang: they prove no speed.
 */
@Timeout(120)
class HostileLineTest {
  private static final int LIMIT = EnricherSettings.DEFAULT_MAX_LINE_BYTES;
  private static final String HEAD = "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] ";

  /** Far below the default, so that recursion for each byte of the line would not fit. */
  private static final long STACK_BYTES = 256 * 1024;

  private final LineEnricher enricher = Enrichers.withDefaults();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"",
        "\\",
        "\\\"",
        "\" ",
        " \"",
        "a",
        " ",
        "[",
        " [",
        "%",
        "%41",
        ";",
        "/",
        "/;",
        ".",
        "/.",
        " [28/Oct/2025:10:15:30 +0000] ",
        "\" \"",
        "-",
        "0",
        "\u2028",
        "\u001b[31m",
        "\\x16",
        "::",
        "a.",
        "HTTP/",
        "Mozilla/5.0 (",
        "((((((",
        "Android ",
        "bot"
      })
  void takesSixtyFourKilobytesOfAnythingAnywhereOnAFlatStack(String piece) throws Exception {
    String filler = piece.repeat(LIMIT / piece.getBytes(StandardCharsets.UTF_8).length);
    for (String line :
        new String[] {
          filler,
          "203.0.113.42 - " + filler,
          HEAD + filler,
          HEAD + "\"" + filler + "\" 200 5",
          HEAD + "\"GET /" + filler + " HTTP/1.1\" 200 5 \"-\" \"-\"",
          HEAD + "\"GET / HTTP/1.1\" " + filler,
          HEAD + "\"GET / HTTP/1.1\" 200 5 \"" + filler + "\" \"-\"",
          HEAD + "\"GET / HTTP/1.1\" 200 5 \"-\" \"" + filler + "\"",
          HEAD + "\"GET / HTTP/1.1\" 200 5 \"-\" \"-\" " + filler
        }) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      enrichOnASmallStack(bytes, Math.min(bytes.length, LIMIT));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"",
        "\\",
        " ",
        "a",
        ", ",
        "1 ",
        " 200 5",
        " [28/Oct/2025:10:15:30 +0000] ",
        "\",\"",
        "\t",
        "?",
        "28/Oct/2025 10:15:30.123 +0000 "
      })
  void takesSixtyFourKilobytesInsideLinesOfEveryFormatString(String piece) throws Exception {
    for (GoldenFile.Case golden : GoldenFile.casesWithCustomFormat()) {
      String line = new String(golden.line(), StandardCharsets.UTF_8);
      String filler = piece.repeat((LIMIT - 2 * line.length()) / piece.length());
      LineEnricher custom = Enrichers.withSettings(golden.settings());
      for (int part = 0; part <= 3; part++) {
        int at = line.length() * part / 3;
        byte[] bytes =
            (line.substring(0, at) + filler + line.substring(at)).getBytes(StandardCharsets.UTF_8);
        enrichOnASmallStack(custom, bytes, Math.min(bytes.length, LIMIT));
      }
    }
  }

  private void enrichOnASmallStack(byte[] line, int length) throws Exception {
    enrichOnASmallStack(enricher, line, length);
  }

  private static void enrichOnASmallStack(LineEnricher enricher, byte[] line, int length)
      throws Exception {
    var failure = new AtomicReference<Throwable>();
    var thread =
        new Thread(
            null,
            () -> {
              var out = new OutputBuffer();
              OutputChecks.assertSane(enricher.enrich(line, 0, length, out), length, out);
            },
            "small-stack",
            STACK_BYTES);
    thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
    thread.start();
    thread.join(Duration.ofSeconds(60).toMillis());
    assertThat(thread.isAlive()).isFalse();
    assertThat(failure.get()).isNull();
  }

  @Test
  void rejectsALineOneByteAboveTheLimitAndTakesOneAtTheLimit() {
    String head = HEAD + "\"GET / HTTP/1.1\" 200 5 \"-\" \"";
    String atLimit = head + "x".repeat(LIMIT - head.length() - 1) + "\"";
    assertThat(Enrichers.answer(enricher, atLimit)).startsWith("json  ");
    assertThat(Enrichers.answer(enricher, atLimit + " "))
        .isEqualTo("fail  LINE_TOO_LONG at " + LIMIT);
  }

  @Test
  void boundsTheOutputByTheLengthOfTheLine() {
    LineEnricher wide = Enrichers.withSettings(Map.of("MAX_LINE_BYTES", "1000000"));
    byte[] line =
        (HEAD + "\"GET /" + "\u0001".repeat(100_000) + " HTTP/1.1\" 200 5 \"-\" \"-\"")
            .getBytes(StandardCharsets.UTF_8);
    var out = new OutputBuffer();
    wide.enrich(line, 0, line.length, out);
    assertThat(out.length())
        .isGreaterThan(11 * 100_000)
        .isLessThan(OutputBuffer.MAX_GROWTH * line.length + 1_000);
  }

  @Test
  void takesUserAgentsMadeOfThePiecesThatUaParserLooksFor() {
    var random = new Random(7);
    String[] pieces = {
      "Mozilla/5.0 ", "(", ")", "; ", "Android 9", "Build/", "$1", "\\\\1", "Nokia", "Opera Mini/",
      "bot", "Windows NT ", "iPhone OS ", "1.2.3", "SAMSUNG-", "HbbTV/", "%20", "_", " like ", "é",
      "Chrome/", "AppleWebKit/", "A".repeat(40), " ".repeat(30)
    };
    var out = new OutputBuffer();
    for (int i = 0; i < 500; i++) {
      var userAgent = new StringBuilder();
      int count = 1 + random.nextInt(60);
      for (int k = 0; k < count; k++) {
        userAgent.append(pieces[random.nextInt(pieces.length)]);
      }
      byte[] line =
          (HEAD + "\"GET / HTTP/1.1\" 200 5 \"-\" \"" + userAgent + "\"")
              .getBytes(StandardCharsets.UTF_8);
      out.clear();
      assertThat(enricher.enrich(line, 0, line.length, out))
          .as("user agent %s", userAgent)
          .isEqualTo(Outcome.ENRICHED);
      OutputChecks.assertOneJsonLineOrNothing(out);
    }
  }
}
