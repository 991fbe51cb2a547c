package dev.sluice.functions.fanout;

import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.invocation.InvocationLine;

/** What became of lines, as it is told: {@code in = enriched + dropped + rejected}. */
public record Books(OutcomeCounts counts) {
  public static final Books NONE = new Books(OutcomeCounts.NONE);

  public long in() {
    return counts.in();
  }

  /** Those with warnings included. */
  public long enriched() {
    return counts.enriched() + counts.enrichedWithWarnings();
  }

  public long enrichedWithWarnings() {
    return counts.enrichedWithWarnings();
  }

  public long dropped() {
    return counts.dropped();
  }

  public long rejected() {
    return counts.rejected();
  }

  void tell(InvocationLine line) {
    line.count("lines_in", in());
    line.count("lines_enriched", enriched());
    line.count("lines_enriched_with_warnings", enrichedWithWarnings());
    line.count("lines_dropped", dropped());
    line.count("lines_rejected", rejected());
    line.reasons("rejected_by_reason", counts.rejectedByReason());
  }
}
