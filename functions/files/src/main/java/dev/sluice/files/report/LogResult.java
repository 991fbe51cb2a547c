package dev.sluice.files.report;

import dev.sluice.enricher.OutcomeCounts;
import java.util.Optional;

/**
 * What became of the lines of a log.
 *
 * @param outputKey of the enriched lines
 * @param rejectsKey of the rejected lines; empty where there are none
 * @param broken why the log was not read to its end; empty when it was
 */
public record LogResult(
    OutcomeCounts counts,
    String outputBucket,
    String outputKey,
    Optional<String> rejectsKey,
    String summaryKey,
    Optional<String> broken) {

  /** Lines with JSON, with and without warnings. */
  public long enriched() {
    return counts.enriched() + counts.enrichedWithWarnings();
  }
}
