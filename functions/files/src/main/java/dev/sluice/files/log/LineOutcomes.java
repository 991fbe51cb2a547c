package dev.sluice.files.log;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.LinePosition;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.RejectDocument;
import dev.sluice.enricher.RejectReason;
import dev.sluice.enricher.bytes.ByteSearch;
import dev.sluice.enricher.steps.RejectMask;
import dev.sluice.files.summary.LineSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Gives each line of one file its one outcome, and writes it where that belongs. */
public final class LineOutcomes {
  /** Output is handed on when there is as much of it. */
  private static final int OUTPUT_BYTES = 64 * 1024;

  /** Takes lines of JSON, each with its line end. */
  @FunctionalInterface
  public interface Lines {
    void write(byte[] bytes, int length) throws IOException;
  }

  private final LineWork work;
  private final RejectMask rejectMask;
  private final int maxLineBytes;
  private final Lines enriched;
  private final Lines rejected;
  private final LineSummary summary = new LineSummary();
  private final OutcomeCounts.Builder counts = new OutcomeCounts.Builder();
  private final LinePosition position = new LinePosition();
  private final OutputBuffer json = new OutputBuffer(2 * OUTPUT_BYTES);
  private final OutputBuffer rejects = new OutputBuffer();
  private final Optional<EnrichedLine> lastLine;
  private long lines;

  /**
   * @param source names the file for whoever wants positions of lines
   */
  public LineOutcomes(
      LineWork work, String source, int maxLineBytes, Lines enriched, Lines rejected) {
    this.work = work;
    this.maxLineBytes = maxLineBytes;
    this.enriched = enriched;
    this.rejected = rejected;
    rejectMask = work.rejectMask();
    lastLine = work.lastLine();
    position.source(source);
  }

  /**
   * Enriches the lines of a block.
   *
   * @param lookUpAtMost a bound for what others are asked, besides those of the look-ups themselves
   */
  public void take(LineBlocks block, Duration lookUpAtMost) throws IOException {
    if (block.isCut()) {
      var tooLong = new Outcome.Rejected(RejectReason.LINE_TOO_LONG, maxLineBytes);
      lines++;
      counts.add(tooLong);
      int kept = (int) Math.min(block.cutLength(), maxLineBytes);
      reject(tooLong, block.bytes(), 0, kept, block.cutLength());
    } else {
      if (work.hasLookups()) {
        lookUp(block.bytes(), block.length(), lookUpAtMost);
      }
      enrich(block.bytes(), block.length());
    }
  }

  private void lookUp(byte[] bytes, int length, Duration atMost) {
    long number = lines;
    for (int from = 0; from < length; ) {
      int lineFeed = ByteSearch.indexOf('\n', bytes, from, length);
      position.line(++number);
      work.collect(bytes, from, lineFeed, position);
      from = lineFeed + 1;
    }
    work.resolve(atMost);
  }

  private void enrich(byte[] bytes, int length) throws IOException {
    for (int from = 0; from < length; ) {
      int lineFeed = ByteSearch.indexOf('\n', bytes, from, length);
      enrichLine(bytes, from, lineFeed);
      from = lineFeed + 1;
    }
  }

  private void enrichLine(byte[] bytes, int from, int lineFeed) throws IOException {
    int to = lineFeed;
    while (to > from && bytes[to - 1] == '\r') {
      to--;
    }
    position.line(++lines);
    Outcome outcome = work.enrich(bytes, from, to, position, json);
    counts.add(outcome);
    switch (outcome.code()) {
      case ENRICHED, ENRICHED_WITH_WARNINGS -> {
        json.append((byte) '\n');
        if (lastLine.isPresent()) {
          summary.count(lastLine.get());
        }
        if (json.length() >= OUTPUT_BYTES) {
          flush(json, enriched);
        }
      }
      case DROPPED -> {
        // left out on purpose: it stands in the counts
      }
      case REJECTED -> reject((Outcome.Rejected) outcome, bytes, from, to, to - from);
    }
  }

  private void reject(Outcome.Rejected outcome, byte[] bytes, int from, int to, long lineBytes)
      throws IOException {
    rejectMask.mask(bytes, from, to);
    RejectDocument.append(
        outcome,
        lines,
        rejectMask.buffer(),
        rejectMask.from(),
        rejectMask.to(),
        lineBytes,
        maxLineBytes,
        rejects);
    rejects.append((byte) '\n');
    if (rejects.length() >= OUTPUT_BYTES) {
      flush(rejects, rejected);
    }
  }

  private static void flush(OutputBuffer buffer, Lines lines) throws IOException {
    if (buffer.length() > 0) {
      lines.write(buffer.array(), buffer.length());
      buffer.clear();
    }
  }

  /** Hands on what is left. */
  public void flush() throws IOException {
    flush(json, enriched);
    flush(rejects, rejected);
  }

  /** Lines that have their outcome. */
  public long lines() {
    return lines;
  }

  public OutcomeCounts counts() {
    return counts.build();
  }

  public LineSummary summary() {
    return summary;
  }
}
