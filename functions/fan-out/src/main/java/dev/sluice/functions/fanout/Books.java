package dev.sluice.functions.fanout;

import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.invocation.InvocationLine;

/**
 * What became of lines: {@code in = enriched + dropped + rejected}.
 *
 * @param enriched those with warnings included
 */
public record Books(long enriched, long enrichedWithWarnings, long dropped, long rejected) {
  public static final Books NONE = new Books(0, 0, 0, 0);

  static Books of(OutcomeCounts counts) {
    return new Books(
        counts.enriched() + counts.enrichedWithWarnings(),
        counts.enrichedWithWarnings(),
        counts.dropped(),
        counts.rejected());
  }

  public long in() {
    return enriched + dropped + rejected;
  }

  void tell(InvocationLine line) {
    line.count("lines_in", in());
    line.count("lines_enriched", enriched);
    line.count("lines_enriched_with_warnings", enrichedWithWarnings);
    line.count("lines_dropped", dropped);
    line.count("lines_rejected", rejected);
  }
}
