package dev.sluice.files;

import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.files.FileProcessor.Processed;
import dev.sluice.files.FileProcessor.Result;
import dev.sluice.invocation.InvocationLine;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts what became of the files of one invocation. */
final class InvocationTally {
  private final Map<Result, Long> results = new EnumMap<>(Result.class);
  private long ignored;
  private long malformed;
  private final OutcomeCounts.Builder lines = new OutcomeCounts.Builder();
  private String trouble = "";

  void add(Processed processed) {
    results.merge(processed.result(), 1L, Long::sum);
    processed.log().ifPresent(log -> lines.add(log.counts()));
    trouble(processed.trouble());
  }

  void addIgnored(int records) {
    ignored += records;
  }

  void addMalformed(String why) {
    malformed++;
    trouble(why);
  }

  private void trouble(String why) {
    if (!why.isEmpty()) {
      trouble = why; // the last one is told
    }
  }

  /** Events that are over and done with. */
  long processed() {
    return of(Result.DONE) + of(Result.DELETED) + of(Result.REPEATED);
  }

  /** Files that failed, and events that come again. */
  long failed() {
    return of(Result.FAILED) + of(Result.BUSY) + of(Result.LATER) + malformed;
  }

  /** Why something failed or comes again; empty when nothing did. */
  String trouble() {
    return trouble;
  }

  private long of(Result result) {
    return results.getOrDefault(result, 0L);
  }

  void tell(InvocationLine line) {
    for (Result result : Result.values()) {
      line.count("files_" + result.name().toLowerCase(Locale.ROOT), of(result));
    }
    OutcomeCounts counts = lines.build();
    line.count("events_ignored", ignored)
        .count("events_malformed", malformed)
        .count("lines", counts.in())
        .count("lines_rejected", counts.rejected())
        .reasons("rejected_by_reason", counts.rejectedByReason());
    if (!trouble.isEmpty()) {
      line.text("trouble", trouble);
    }
  }
}
