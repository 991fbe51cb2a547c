package dev.sluice.enricher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.samples.AccessLogOptions;
import dev.sluice.samples.LineKind;
import dev.sluice.samples.SyntheticAccessLog;
import dev.sluice.samples.SyntheticLine;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The generator knows what it broke, the enricher must find out. */
class SyntheticLogTest {
  private static final int LINES = 6_000;

  @Test
  void enrichesEveryLineThatIsWholeAndRejectsEveryLineThatIsBroken() {
    var log =
        new SyntheticAccessLog(
            42, AccessLogOptions.defaults().withOddShare(0.3).withBrokenShare(0.3));
    LineEnricher enricher = Enrichers.withDefaults();
    Set<LineKind> seen = EnumSet.noneOf(LineKind.class);
    var out = new OutputBuffer();
    for (int i = 0; i < LINES; i++) {
      SyntheticLine line = log.next();
      out.clear();
      Outcome outcome = enricher.enrich(line.bytes(), 0, line.bytes().length, out);
      OutputChecks.assertSane(outcome, line.bytes().length, out);
      assertThat(outcome.code() == Outcome.Code.REJECTED)
          .as("%s %s: %s", outcome, line.kind(), new String(line.bytes()))
          .isEqualTo(line.kind().isBroken());
      if (line.kind() == LineKind.PLAIN) {
        assertThat(outcome).isEqualTo(Outcome.ENRICHED);
      }
      seen.add(line.kind());
    }
    assertThat(seen).containsExactlyInAnyOrder(LineKind.values());
  }
}
