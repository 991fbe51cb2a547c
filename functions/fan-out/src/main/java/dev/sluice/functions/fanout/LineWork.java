package dev.sluice.functions.fanout;

import dev.sluice.enricher.BatchEnricher;
import java.time.Duration;

/** What is done with the lines of a payload. Not thread-safe. */
public interface LineWork {

  /** Whether payloads have to be shown by {@link #collect} first. */
  boolean hasLookups();

  /** Whether the name of the payload matters to anybody. */
  boolean needsPositions();

  /** As {@link BatchEnricher#collect}. */
  void collect(byte[] payload, int from, int to, String source);

  /** As {@link BatchEnricher#resolve}. */
  void resolve(Duration atMost);

  /** As {@link BatchEnricher#enrich(byte[], int, int, String, BatchEnricher.Sink)}. */
  void enrich(byte[] payload, int from, int to, String source, BatchEnricher.Sink sink);

  /** Enrichment. */
  static LineWork of(BatchEnricher enricher) {
    return new LineWork() {
      @Override
      public boolean hasLookups() {
        return enricher.hasLookups();
      }

      @Override
      public boolean needsPositions() {
        return enricher.needsPositions();
      }

      @Override
      public void collect(byte[] payload, int from, int to, String source) {
        enricher.collect(payload, from, to, source);
      }

      @Override
      public void resolve(Duration atMost) {
        enricher.resolve(atMost);
      }

      @Override
      public void enrich(byte[] payload, int from, int to, String source, BatchEnricher.Sink sink) {
        enricher.enrich(payload, from, to, source, sink);
      }
    };
  }
}
