package dev.sluice.cli;

import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.LineEnricher;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.producers.LineReader;
import dev.sluice.producers.ReplayInput;
import dev.sluice.producers.command.TerminalLine;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Sends the lines of one input after another through the enricher, in order. */
final class EnrichRun {

  private final LineEnricher enricher;
  private final int maxLineBytes;
  private final OutputStream out;
  private final EnrichCommand.RejectFile rejects;
  private final TerminalLine progress;
  private final OutputBuffer json = new OutputBuffer();
  private final OutcomeCounts.Builder counts = new OutcomeCounts.Builder();
  private long lines;

  /** An input broke off; what was read before has had its outcomes. */
  static final class UnreadableInputException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableInputException(String file, long afterLine, IOException cause) {
      super(
          "cannot read "
              + (file.equals(InputFiles.STANDARD_INPUT) ? "standard input" : file)
              + (afterLine > 0 ? " after line " + afterLine : "")
              + ": "
              + cause.getMessage(),
          cause);
    }
  }

  EnrichRun(
      Enricher enricher,
      int maxLineBytes,
      OutputStream out,
      EnrichCommand.RejectFile rejects,
      TerminalLine progress) {
    this.enricher = enricher.newLineEnricher();
    this.maxLineBytes = maxLineBytes;
    this.out = out;
    this.rejects = rejects;
    this.progress = progress;
  }

  void enrich(String file, ReplayInput input) throws UnreadableInputException, IOException {
    var reader = new LineReader(input.content(), maxLineBytes);
    while (next(reader, file)) {
      // Of a line that is too long the reader keeps one byte more than allowed: enough to reject
      // it.
      int length = (int) Math.min(reader.length(), maxLineBytes + 1L);
      json.clear();
      Outcome outcome = enricher.enrich(reader.bytes(), 0, length, json);
      counts.add(outcome);
      switch (outcome.code()) {
        case ENRICHED, ENRICHED_WITH_WARNINGS -> write();
        case DROPPED -> {
          // left out on purpose: it stands in the counts
        }
        case REJECTED ->
            rejects.add(
                new RejectDocument.Reject(
                    (Outcome.Rejected) outcome, reader.number(), reader.bytes(), length),
                file);
      }
      lines++;
      if (progress.isDue()) {
        progress.show(progressOf(input));
      }
    }
  }

  private static boolean next(LineReader reader, String file) throws UnreadableInputException {
    try {
      return reader.next();
    } catch (IOException e) {
      throw new UnreadableInputException(file, reader.number(), e);
    }
  }

  private void write() {
    json.append((byte) '\n');
    try {
      json.writeTo(out);
    } catch (IOException e) {
      throw new CannotRunException("cannot write to standard output: " + e.getMessage(), e);
    }
  }

  private String progressOf(ReplayInput input) {
    if (input.size().isEmpty() || input.size().getAsLong() == 0) {
      return String.format(Locale.ROOT, "%,d lines", lines);
    }
    long percent = 100 * input.bytesRead() / input.size().getAsLong();
    return String.format(Locale.ROOT, "%3d %% read, %,d lines", percent, lines);
  }

  OutcomeCounts counts() {
    return counts.build();
  }
}
