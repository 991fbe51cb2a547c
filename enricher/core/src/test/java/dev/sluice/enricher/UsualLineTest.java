package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Words are read and written beyond the ends of fields where there is room for it: a line in the
 * middle of a large buffer has the answer that it has alone, which is written without them.
 */
class UsualLineTest {
  private static final int LINES = 20_000;
  private static final int BEFORE = 64;
  private static final int BEHIND = 64;

  private final OutputBuffer alone = new OutputBuffer();
  private final OutputBuffer among = new OutputBuffer();

  static GoldenFile.Case[] cases() {
    return GoldenFile.allCases().toArray(GoldenFile.Case[]::new);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void goldenLinesHaveTheSameAnswer(GoldenFile.Case golden) {
    for (byte neighbour : new byte[] {'"', 'x', '/', (byte) 0xC3, 0}) {
      compare(
          Enrichers.withSettings(golden.settings()),
          Enrichers.withSettings(golden.settings()),
          golden.line(),
          golden.position(),
          neighbour);
    }
  }

  @Test
  void syntheticAndMutatedLinesHaveTheSameAnswer() {
    LineEnricher first = Enrichers.withSettings(Map.of());
    LineEnricher second = Enrichers.withSettings(Map.of());
    var log = new SyntheticAccessLog(7, AccessLogOptions.defaults().withOddShare(0.3));
    LineMutations mutations = LineMutations.ofGoldenLines(BuiltInFormat.AUTO, new Random(8));
    for (int i = 0; i < LINES; i++) {
      compare(first, second, log.next().bytes(), new LinePosition(), (byte) '"');
      compare(first, second, mutations.next(), new LinePosition(), (byte) 'x');
    }
  }

  @Test
  void oneLineHasItsAnswerAndSeveralHaveNone() {
    LineEnricher first = Enrichers.withSettings(Map.of());
    LineEnricher second = Enrichers.withSettings(Map.of());
    var random = new Random(9);
    var log = new SyntheticAccessLog(10, AccessLogOptions.defaults().withOddShare(0.1));
    int several = 0;
    for (int i = 0; i < LINES; i++) {
      byte[] line = log.next().bytes();
      for (int others = random.nextInt(3); others > 1 && line.length > 0; others--) {
        line[random.nextInt(line.length)] = (byte) "\n\r\"".charAt(random.nextInt(3));
      }
      line = random.nextInt(9) == 0 ? around(line, random) : line;
      alone.clear();
      among.clear();
      Outcome outcome = second.enrichOneLine(line, 0, line.length, among);
      if (ByteSearch.indexOf('\n', line, 0, line.length) < line.length) {
        assertThat(outcome).isNull();
        assertThat(among.length()).isZero();
        several++;
        continue;
      }
      assertThat(outcome).isEqualTo(first.enrich(line, 0, line.length, alone));
      assertThat(among.toString()).isEqualTo(alone.toString());
    }
    assertThat(several).isBetween(LINES / 20, LINES / 2);
  }

  /** With a byte order mark, with carriage returns, or with both. */
  private static byte[] around(byte[] line, Random random) {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    int kind = random.nextInt(3);
    String marked = (kind > 0 ? "\u00ef\u00bb\u00bf" : "") + text + (kind < 2 ? "\r" : "");
    return marked.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void compare(
      LineEnricher first, LineEnricher second, byte[] line, LinePosition at, byte neighbour) {
    byte[] buffer = new byte[BEFORE + line.length + BEHIND];
    Arrays.fill(buffer, neighbour);
    System.arraycopy(line, 0, buffer, BEFORE, line.length);
    alone.clear();
    among.clear();
    Outcome expected = first.enrich(line.clone(), 0, line.length, at, alone);
    Outcome outcome = second.enrich(buffer, BEFORE, BEFORE + line.length, at, among);
    assertThat(outcome).isEqualTo(expected);
    assertThat(among.toString()).isEqualTo(alone.toString());
  }
}
