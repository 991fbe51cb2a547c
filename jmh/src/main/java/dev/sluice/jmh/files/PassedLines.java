package dev.sluice.jmh.files;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.LinePosition;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.steps.RejectMask;
import dev.sluice.files.log.LineWork;
import java.time.Duration;
import java.util.Optional;

/** Passes every line on as it is: the same function with enrichment off. */
final class PassedLines implements LineWork {
  @Override
  public boolean hasLookups() {
    return false;
  }

  @Override
  public void collect(byte[] bytes, int from, int to, LinePosition position) {
    // nobody is asked
  }

  @Override
  public void resolve(Duration atMost) {
    // nobody is asked
  }

  @Override
  public Outcome enrich(byte[] bytes, int from, int to, LinePosition position, OutputBuffer out) {
    out.append(bytes, from, to);
    return Outcome.ENRICHED;
  }

  @Override
  public Optional<EnrichedLine> lastLine() {
    return Optional.empty();
  }

  @Override
  public RejectMask rejectMask() {
    return RejectMask.none();
  }
}
