package dev.sluice.firehose.record;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.LineEnricher;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.steps.RejectMask;

/**
 * The short way of a record that holds one line, as most do: what {@link BatchEnricher} says of it,
 * with the line's JSON written to where it is wanted. Not thread-safe.
 */
final class OneLine {
  /** Answer for a payload of several lines. */
  static final int SEVERAL = -1;

  private final LineEnricher line;
  private final RejectMask rejectMask;

  OneLine(LineEnricher line) {
    this.line = line;
    rejectMask = line.rejectMask();
  }

  /**
   * One after the last byte of the only line from {@code from} (in) to {@code to} (out), without
   * its line end; or {@link #SEVERAL}.
   */
  static int end(byte[] payload, int from, int to) {
    int lineFeed = ByteSearch.indexOf('\n', payload, from, to);
    if (lineFeed < to - 1) {
      return SEVERAL;
    }
    return lineFeed < to && lineFeed > from && payload[lineFeed - 1] == '\r'
        ? lineFeed - 1
        : lineFeed;
  }

  /**
   * Gives the line its outcome. Its JSON, if it has any, is appended to {@code json}.
   *
   * @param sink told of a line that is dropped or rejected, and of no other
   */
  Outcome enrich(byte[] payload, int from, int to, OutputBuffer json, BatchEnricher.Sink sink) {
    Outcome outcome = line.enrich(payload, from, to, json);
    switch (outcome.code()) {
      case ENRICHED, ENRICHED_WITH_WARNINGS -> {}
      case DROPPED -> sink.dropped(0, (Outcome.Dropped) outcome);
      case REJECTED -> {
        rejectMask.mask(payload, from, to);
        sink.rejected(
            0, rejectMask.buffer(), rejectMask.from(), rejectMask.to(), (Outcome.Rejected) outcome);
      }
    }
    return outcome;
  }
}
