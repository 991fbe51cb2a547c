package dev.sluice.firehose.record;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.LineEnricher;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.steps.RejectMask;

/**
 * The short way of a record that holds one line, as most do: what {@link BatchEnricher} says of it,
 * with the line's JSON written to where it is wanted. Not thread-safe.
 */
final class OneLine {
  private final LineEnricher line;
  private final RejectMask rejectMask;

  OneLine(LineEnricher line) {
    this.line = line;
    rejectMask = line.rejectMask();
  }

  /**
   * Gives the payload's line its outcome. Its JSON, if it has any, is appended to {@code json}.
   *
   * @param to one after the last byte of the payload, which begins at 0
   * @param sink told of a line that is dropped or rejected, and of no other
   * @return null for a payload of several lines, of which nothing is done
   */
  Outcome enrich(byte[] payload, int to, OutputBuffer json, BatchEnricher.Sink sink) {
    int end = to > 0 && payload[to - 1] == '\n' ? to - 1 : to;
    Outcome outcome = line.enrichOneLine(payload, 0, end, json);
    if (outcome == null) {
      return null;
    }
    switch (outcome.code()) {
      case ENRICHED, ENRICHED_WITH_WARNINGS -> {}
      case DROPPED -> sink.dropped(0, (Outcome.Dropped) outcome);
      case REJECTED -> {
        end -= end < to && end > 0 && payload[end - 1] == '\r' ? 1 : 0;
        rejectMask.mask(payload, 0, end);
        sink.rejected(
            0, rejectMask.buffer(), rejectMask.from(), rejectMask.to(), (Outcome.Rejected) outcome);
      }
    }
    return outcome;
  }
}
