package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every prefix of every golden line has a sane outcome. */
class TruncationTest {

  static List<GoldenFile.Case> cases() {
    return GoldenFile.allCases();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void givesEveryPrefixASaneOutcome(GoldenFile.Case golden) {
    LineEnricher enricher = Enrichers.withSettings(golden.settings());
    var out = new OutputBuffer();
    for (int length = 0; length <= golden.line().length; length++) {
      out.clear();
      Outcome outcome = enricher.enrich(golden.line(), 0, length, out);
      OutputChecks.assertSane(outcome, length, out);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void readsNothingOutsideTheLine(GoldenFile.Case golden) {
    LineEnricher enricher = Enrichers.withSettings(golden.settings());
    byte[] line = golden.line();
    for (byte around : new byte[] {'"', ' ', 'x', '\r', (byte) 0x80}) {
      byte[] framed = new byte[line.length + 20];
      Arrays.fill(framed, around);
      System.arraycopy(line, 0, framed, 10, line.length);
      var out = new OutputBuffer();
      Outcome framedOutcome = enricher.enrich(framed, 10, 10 + line.length, out);
      var alone = new OutputBuffer();
      assertThat(framedOutcome).isEqualTo(enricher.enrich(line, 0, line.length, alone));
      assertThat(out.toByteArray()).isEqualTo(alone.toByteArray());
    }
  }
}
