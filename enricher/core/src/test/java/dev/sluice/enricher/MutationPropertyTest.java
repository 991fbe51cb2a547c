package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Broken lines, made from golden ones by a seed. */
class MutationPropertyTest {
  private static final int MUTATIONS = 20_000;
  private static final long SEED = 20_251_028;

  private final Random random = new Random(SEED);

  @ParameterizedTest
  @EnumSource(BuiltInFormat.class)
  void neverThrowsAndAlwaysGivesOneSaneOutcome(BuiltInFormat format) {
    LineEnricher enricher =
        Enrichers.withSettings(
            Map.of(
                "LOG_FORMAT",
                format.name().toLowerCase(Locale.ROOT),
                "UAP_REGEXES",
                "src/test/resources/few-regexes.yaml"));
    LineMutations mutations = LineMutations.ofGoldenLines(format, random);
    var out = new OutputBuffer();
    var counts = new OutcomeCounts.Builder();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] line = mutations.next();
      out.clear();
      Outcome outcome = enricher.enrich(line, 0, line.length, out);
      OutputChecks.assertSane(outcome, line.length, out);
      if (outcome instanceof Outcome.Rejected rejected) {
        assertOffsetIsWhereTheReasonSays(rejected, line);
      }
      counts.add(outcome);
    }
    // Proof that the mutations are neither all harmless nor all deadly.
    assertThat(counts.build().rejected()).isBetween(MUTATIONS / 20L, MUTATIONS - MUTATIONS / 20L);
    assertThat(counts.build().in()).isEqualTo(MUTATIONS);
  }

  private static void assertOffsetIsWhereTheReasonSays(Outcome.Rejected rejected, byte[] line) {
    int offset = rejected.offset();
    String text = new String(line, StandardCharsets.ISO_8859_1);
    switch (rejected.reason()) {
      case UNTERMINATED_QUOTE -> assertThat(text.charAt(offset)).as(text).isEqualTo('"');
      case TRAILING_BYTES -> {
        assertThat(text.charAt(offset)).as(text).isNotIn(' ', '\t');
        assertThat(text.charAt(offset - 1)).as(text).isEqualTo('"');
      }
      case TRUNCATED -> assertThat(text.substring(offset)).as(text).matches("\\r*");
      // No quote where one should open, or something behind one that closed.
      case BAD_REQUEST, BAD_REFERER, BAD_USER_AGENT ->
          assertThat(text.charAt(offset) != '"' || text.charAt(offset - 1) == '"')
              .as(text)
              .isTrue();
      default -> assertThat(offset).as(text).isLessThanOrEqualTo(line.length);
    }
  }

  @Test
  void givesOneSaneOutcomeInEveryFormatString() {
    LineMutations mutations = LineMutations.ofCustomLines(random);
    List<LineEnricher> enrichers =
        GoldenFile.casesWithCustomFormat().stream()
            .map(golden -> Enrichers.withSettings(golden.settings()))
            .toList();
    var out = new OutputBuffer();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] line = mutations.next();
      LineEnricher enricher = enrichers.get(i % enrichers.size());
      out.clear();
      Outcome outcome = enricher.enrich(line, 0, line.length, out);
      OutputChecks.assertSane(outcome, line.length, out);
    }
  }

  @Test
  void takesAnyBytesAtAll() {
    LineEnricher enricher = Enrichers.withDefaults();
    var out = new OutputBuffer();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] line = new byte[random.nextInt(200)];
      random.nextBytes(line);
      out.clear();
      OutputChecks.assertSane(enricher.enrich(line, 0, line.length, out), line.length, out);
    }
  }
}
