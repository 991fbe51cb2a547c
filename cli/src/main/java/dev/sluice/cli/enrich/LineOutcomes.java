package dev.sluice.cli.enrich;

import dev.sluice.enricher.LineEnricher;
import dev.sluice.enricher.LinePosition;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.RejectReason;
import dev.sluice.enricher.steps.RejectMask;

/** Gives each line its one outcome and puts it where that belongs. Not thread-safe. */
final class LineOutcomes {
  private final LineEnricher enricher;
  private final RejectMask rejectMask;
  private final RejectDocument documents;
  private final int maxLineBytes;
  private final LinePosition position = new LinePosition();
  private InputFile source; // that the position is in; null before the first line

  /**
   * @param documents null where nobody wants the rejects
   */
  LineOutcomes(LineEnricher enricher, RejectDocument documents, int maxLineBytes) {
    this.enricher = enricher;
    rejectMask = enricher.rejectMask();
    this.documents = documents;
    this.maxLineBytes = maxLineBytes;
  }

  /** Where a line's JSON, reject document and count go. */
  record Target(OutputBuffer json, OutputBuffer rejects, OutcomeCounts.Builder counts) {}

  /** All lines of the chunk. */
  void enrich(Chunk chunk) {
    var target = new Target(chunk.json(), chunk.rejects(), chunk.counts());
    byte[] bytes = chunk.bytes();
    int length = chunk.length();
    long number = chunk.firstLine();
    if (chunk.cutLineBytes() != Chunk.NOT_CUT) {
      enrich(chunk.input(), number, bytes, 0, length, chunk.cutLineBytes(), target);
      return;
    }
    int from = 0;
    while (from < length) {
      int lineFeed = LineFeeds.first(bytes, from, length);
      int to = lineFeed;
      while (to > from && bytes[to - 1] == '\r') {
        to--;
      }
      enrich(chunk.input(), number++, bytes, from, to, to - from, target);
      from = lineFeed + 1;
    }
  }

  /**
   * One line.
   *
   * @param from its first byte
   * @param to one after its last byte, or after the last that was kept, but more than allowed
   * @param lineBytes its true length, without its line end and the CRs before that
   */
  void enrich(
      InputFile input, long number, byte[] bytes, int from, int to, long lineBytes, Target target) {
    Outcome outcome =
        lineBytes > maxLineBytes
            ? new Outcome.Rejected(RejectReason.LINE_TOO_LONG, maxLineBytes)
            : enricher.enrich(bytes, from, to, position(input, number), target.json());
    target.counts().add(outcome);
    switch (outcome.code()) {
      case ENRICHED, ENRICHED_WITH_WARNINGS -> target.json().append((byte) '\n');
      case DROPPED -> {
        // left out on purpose: it stands in the counts
      }
      case REJECTED -> {
        if (documents != null) {
          var rejected = (Outcome.Rejected) outcome;
          rejectMask.mask(bytes, from, to);
          documents.append(
              new RejectDocument.Reject(
                  rejected,
                  number,
                  rejectMask.buffer(),
                  rejectMask.from(),
                  rejectMask.to(),
                  lineBytes),
              input,
              target.rejects());
        }
      }
    }
  }

  private LinePosition position(InputFile input, long number) {
    if (input != source) {
      source = input;
      position.source(input.name());
    }
    position.line(number);
    return position;
  }
}
