package dev.sluice.jmh.ratios;

import dev.sluice.jmh.functions.FunctionKind;
import dev.sluice.jmh.functions.StreamEvents;
import dev.sluice.jmh.measure.Score;
import dev.sluice.jmh.measure.Scores;
import dev.sluice.jmh.measure.Subject;
import java.util.List;
import java.util.Locale;

/** The function behind a stream against itself with enrichment off. */
final class FunctionRow {
  static final List<String> IMPLEMENTATIONS =
      List.of(FunctionKind.ENRICH.label(), FunctionKind.OFF.label());

  private static final Bound OF_ITSELF = Bound.atLeast(0.8);
  private static final double MILLIS_PER_SECOND = 1e3;

  private FunctionRow() {}

  static Row row(Scores scores) {
    Subject enrich = Subject.function(FunctionKind.ENRICH.label());
    Subject off = Subject.function(FunctionKind.OFF.label());
    return Row.of(
        "Kinesis function, time with enrichment off / time with enrichment",
        scores.ratio(enrich, off),
        OF_ITSELF,
        String.format(
            Locale.ROOT,
            "%.1f ms / %.1f ms for %,d records",
            MILLIS_PER_SECOND / scores.median(off, Score::perSecond),
            MILLIS_PER_SECOND / scores.median(enrich, Score::perSecond),
            StreamEvents.RECORDS));
  }
}
