package dev.sluice.cli.demo;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.producers.LineReader;
import dev.sluice.producers.ReplayInput;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the enricher makes of the input when asked directly, without stream, consumer and S3: the
 * truth that the pipeline's output is compared with.
 */
final class ExpectedLines implements BatchEnricher.Sink {

  private final OutcomeCounts.Builder counts = new OutcomeCounts.Builder();
  private final LineFingerprint enriched = new LineFingerprint();
  private final LineFingerprint rejected = new LineFingerprint();
  private FirstReject firstReject;
  private long lineNumber;

  /** Where the first rejected line stands in the input. */
  record FirstReject(long lineNumber, Outcome.Rejected outcome) {}

  private ExpectedLines() {}

  /**
   * Enriches the first lines of the input.
   *
   * @param maxRecordBytes longer lines are no records: the producer refuses them
   */
  static ExpectedLines of(Path input, long maxLines, int maxRecordBytes, Enricher enricher)
      throws IOException {
    var expected = new ExpectedLines();
    var batches = new BatchEnricher(enricher.newLineEnricher());
    try (ReplayInput source = ReplayInput.open(input)) {
      var reader = new LineReader(source.content(), maxRecordBytes);
      while (reader.number() < maxLines && reader.next()) {
        if (!reader.tooLong()) {
          expected.lineNumber = reader.number();
          batches.enrich(reader.bytes(), 0, (int) reader.length(), expected);
        }
      }
    }
    return expected;
  }

  OutcomeCounts counts() {
    return counts.build();
  }

  LineFingerprint enrichedLines() {
    return enriched;
  }

  LineFingerprint rejectedLines() {
    return rejected;
  }

  /** Null if no line was rejected. */
  FirstReject firstReject() {
    return firstReject;
  }

  @Override
  public void enriched(int lineIndex, OutputBuffer json, Outcome outcome) {
    enriched.add(json.array(), 0, json.length());
    counts.add(outcome);
  }

  @Override
  public void dropped(int lineIndex, Outcome.Dropped outcome) {
    counts.add(outcome);
  }

  @Override
  public void rejected(int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome) {
    rejected.add(buffer, from, to);
    counts.add(outcome);
    if (firstReject == null) {
      firstReject = new FirstReject(lineNumber, outcome);
    }
  }
}
