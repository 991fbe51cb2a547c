package dev.sluice.jmh.functions;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.functions.fanout.LineWork;
import java.time.Duration;

/** Passes every line on as it is: the same function with enrichment off. Not thread-safe. */
final class PassedLines implements LineWork {
  private final OutputBuffer line = new OutputBuffer();

  @Override
  public boolean hasLookups() {
    return false;
  }

  @Override
  public boolean needsPositions() {
    return false;
  }

  @Override
  public void collect(byte[] payload, int from, int to, String source) {
    // nobody is asked
  }

  @Override
  public void resolve(Duration atMost) {
    // nobody is asked
  }

  @Override
  public void enrich(byte[] payload, int from, int to, String source, BatchEnricher.Sink sink) {
    int start = from;
    int index = 0;
    do {
      int end = ByteSearch.indexOf('\n', payload, start, to);
      line.clear();
      line.append(payload, start, end);
      sink.enriched(index++, line, Outcome.ENRICHED);
      start = end + 1;
    } while (start < to);
  }
}
