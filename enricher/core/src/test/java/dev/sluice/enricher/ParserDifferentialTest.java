package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.format.AccessLogLine;
import dev.sluice.enricher.format.Field;
import dev.sluice.enricher.format.LineParser;
import dev.sluice.enricher.format.ParserKind;
import dev.sluice.enricher.format.RegexParser;
import dev.sluice.enricher.format.ScannerParser;
import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.SyntheticAccessLog;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The scanner against the regular expressions that define the formats: same fields at the same
 * offsets, same outcome, same bytes out. {@code -Ddifferential.mutations=5000000} makes the long
 * run.
 */
class ParserDifferentialTest {
  private static final int MUTATIONS = Integer.getInteger("differential.mutations", 200_000);
  private static final long SEED = Long.getLong("differential.seed", 20_251_120);
  private static final int SYNTHETIC_LINES = 20_000;
  private static final int MAX_MARGIN = 20;

  private static final List<Pair> PAIRS = Stream.of(BuiltInFormat.values()).map(Pair::new).toList();

  private final Random random = new Random(SEED);

  /** Both parsers of a format, alone and inside their enrichers. */
  private static final class Pair {
    private final BuiltInFormat format;
    private final LineParser regex;
    private final LineParser scanner;
    private final LineEnricher regexEnricher;
    private final LineEnricher scannerEnricher;
    private final AccessLogLine expected = new AccessLogLine();
    private final AccessLogLine actual = new AccessLogLine();
    private final OutputBuffer expectedJson = new OutputBuffer();
    private final OutputBuffer actualJson = new OutputBuffer();

    Pair(BuiltInFormat format) {
      this.format = format;
      regex = new RegexParser(format);
      scanner = new ScannerParser(format);
      regexEnricher = enricher(format, ParserKind.REGEX);
      scannerEnricher = enricher(format, ParserKind.SCANNER);
    }

    private static LineEnricher enricher(BuiltInFormat format, ParserKind parser) {
      return Enrichers.withSettings(
          Map.of(
              "LOG_FORMAT",
              format.name().toLowerCase(Locale.ROOT),
              "PARSER",
              parser.name().toLowerCase(Locale.ROOT),
              "UAP_REGEXES",
              "src/test/resources/few-regexes.yaml"));
    }

    void assertAgreement(byte[] text, int from, int to) {
      boolean matches = regex.parse(text, from, to, expected);
      boolean agrees = scanner.parse(text, from, to, actual) == matches;
      for (Field field : Field.values()) {
        agrees &= !matches || sameBounds(field);
      }
      expectedJson.clear();
      actualJson.clear();
      Outcome outcome = regexEnricher.enrich(text, from, to, expectedJson);
      agrees &= scannerEnricher.enrich(text, from, to, actualJson).equals(outcome);
      agrees &= Arrays.equals(expectedJson.toByteArray(), actualJson.toByteArray());
      if (!agrees) {
        throw new AssertionError(
            format + ": " + new String(text, from, to - from, StandardCharsets.ISO_8859_1));
      }
    }

    private boolean sameBounds(Field field) {
      return expected.from(field) == actual.from(field) && expected.to(field) == actual.to(field);
    }
  }

  private static void assertAgreement(byte[] line) {
    PAIRS.forEach(pair -> pair.assertAgreement(line, 0, line.length));
  }

  @Test
  void agreesOnEveryGoldenLineAndEveryPrefixOfIt() {
    for (GoldenFile.Case golden : GoldenFile.allCases()) {
      for (int length = 0; length <= golden.line().length; length++) {
        assertAgreement(Arrays.copyOf(golden.line(), length));
      }
    }
  }

  @Test
  void agreesOnSyntheticLogsFullOfOddAndBrokenLines() {
    for (AccessLogOptions.Format format : AccessLogOptions.Format.values()) {
      var options =
          AccessLogOptions.defaults().withFormat(format).withOddShare(0.4).withBrokenShare(0.4);
      var log = new SyntheticAccessLog(SEED, options);
      for (int i = 0; i < SYNTHETIC_LINES; i++) {
        assertAgreement(log.nextLine());
      }
    }
  }

  /** Each mutant lies somewhere in a larger buffer, so that a look outside its bounds shows. */
  @Test
  void agreesOnMutationsOfGoldenLinesWhateverLiesAroundThem() {
    List<LineMutations> mutationsByPair =
        PAIRS.stream().map(pair -> LineMutations.ofGoldenLines(pair.format, random)).toList();
    int enriched = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      int index = random.nextInt(PAIRS.size());
      LineMutations mutations = mutationsByPair.get(index);
      byte[] line = mutations.next();
      int from = random.nextInt(MAX_MARGIN);
      byte[] framed = new byte[from + line.length + random.nextInt(MAX_MARGIN)];
      for (int k = 0; k < framed.length; k++) {
        framed[k] = mutations.tellingByte();
      }
      System.arraycopy(line, 0, framed, from, line.length);
      Pair pair = PAIRS.get(index);
      pair.assertAgreement(framed, from, from + line.length);
      enriched += pair.expectedJson.length() > 0 ? 1 : 0;
    }
    assertThat(enriched).isBetween(MUTATIONS / 20, MUTATIONS - MUTATIONS / 20);
  }

  @Test
  void agreesOnEveryByteInEveryPlaceOfATimestamp() {
    String line = "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"GET / HTTP/1.1\" 200 5";
    byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
    for (int at = line.indexOf('['); at <= line.indexOf('"'); at++) {
      byte original = bytes[at];
      for (int value = 0; value < 256; value++) {
        bytes[at] = (byte) value;
        assertAgreement(bytes);
      }
      bytes[at] = original;
    }
  }
}
