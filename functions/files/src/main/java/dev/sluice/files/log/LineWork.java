package dev.sluice.files.log;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.LineEnricher;
import dev.sluice.enricher.LinePosition;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.steps.RejectMask;
import java.time.Duration;
import java.util.Optional;

/** What is done with each line. Not thread-safe. */
public interface LineWork {

  /** Whether lines have to be shown by {@link #collect} first. */
  boolean hasLookups();

  /** As {@link LineEnricher#collect}. */
  void collect(byte[] bytes, int from, int to, LinePosition position);

  /** As {@link LineEnricher#resolve}. */
  void resolve(Duration atMost);

  /** As {@link LineEnricher#enrich(byte[], int, int, LinePosition, OutputBuffer)}. */
  Outcome enrich(byte[] bytes, int from, int to, LinePosition position, OutputBuffer out);

  /** What is known of the line enriched last; empty where nothing is found out about lines. */
  Optional<EnrichedLine> lastLine();

  /** As {@link LineEnricher#rejectMask()}. */
  RejectMask rejectMask();

  /** Enrichment. */
  static LineWork of(LineEnricher enricher) {
    Optional<EnrichedLine> last = Optional.of(enricher.lastLine()); // a view, always the same
    RejectMask mask = enricher.rejectMask();
    return new LineWork() {
      @Override
      public boolean hasLookups() {
        return enricher.hasLookups();
      }

      @Override
      public void collect(byte[] bytes, int from, int to, LinePosition position) {
        enricher.collect(bytes, from, to, position);
      }

      @Override
      public void resolve(Duration atMost) {
        enricher.resolve(atMost);
      }

      @Override
      public Outcome enrich(byte[] bytes, int from, int to, LinePosition position, OutputBuffer o) {
        return enricher.enrich(bytes, from, to, position, o);
      }

      @Override
      public Optional<EnrichedLine> lastLine() {
        return last;
      }

      @Override
      public RejectMask rejectMask() {
        return mask;
      }
    };
  }
}
