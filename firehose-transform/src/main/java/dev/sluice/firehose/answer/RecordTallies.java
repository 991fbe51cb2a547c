package dev.sluice.firehose.answer;

import dev.sluice.firehose.record.FailureReason;
import dev.sluice.firehose.record.RecordTransformer;
import java.util.Arrays;

/** What is known of each record of an event until its answer is final. Not thread-safe. */
final class RecordTallies {
  private static final int ENRICHED = 0;
  private static final int WARNED = 1;
  private static final int DROPPED = 2;
  private static final int REJECTED = 3;
  private static final int NUMBERS = 4;

  private int[] lines = new int[NUMBERS * 1024];
  private FailureReason[] failures = new FailureReason[1024];

  void begin(int records) {
    if (failures.length < records) {
      lines = new int[NUMBERS * records];
      failures = new FailureReason[records];
    } else {
      Arrays.fill(lines, 0, NUMBERS * records, 0);
      Arrays.fill(failures, 0, records, null);
    }
  }

  void lines(int record, RecordTransformer of) {
    int at = record * NUMBERS;
    lines[at + ENRICHED] = of.enriched();
    lines[at + WARNED] = of.warned();
    lines[at + DROPPED] = of.dropped();
    lines[at + REJECTED] = of.rejected();
  }

  void failure(int record, FailureReason reason) {
    failures[record] = reason;
  }

  /** Adds a record with its final answer. */
  void addTo(InvocationCounts counts, int record, Answer answer) {
    int at = record * NUMBERS;
    counts.linesRejected += lines[at + REJECTED];
    switch (answer) {
      case OK, DROPPED -> {
        counts.linesEnriched += lines[at + ENRICHED];
        counts.linesWarned += lines[at + WARNED];
        counts.linesDropped += lines[at + DROPPED];
        if (answer == Answer.OK) {
          counts.ok++;
        } else {
          counts.dropped++;
        }
      }
      case FAILED, FAILED_WITHOUT_DATA -> {
        counts.linesWithheld += lines[at + ENRICHED] + lines[at + WARNED] + lines[at + DROPPED];
        counts.failed++;
        counts.failed(failures[record], 1);
        if (answer == Answer.FAILED_WITHOUT_DATA) {
          counts.failedWithoutData++;
        }
      }
      case REINGESTED -> counts.reingested++;
    }
  }
}
