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

  /** Tallies that begin the list of them: of no line, and of one enriched line, as most have. */
  private static final int[] USUAL = {0, 0, 0, 0, 1, 0, 0, 0};

  private static final int NO_LINE = 0;
  private static final int ONE_LINE = NUMBERS;

  private int[] tallies = Arrays.copyOf(USUAL, NUMBERS * 1024);
  private int length;
  private int[] places = new int[1024]; // of each record's among the tallies
  private FailureReason[] failures = new FailureReason[1024];

  void begin(int records) {
    length = USUAL.length;
    if (failures.length < records) {
      places = new int[records];
      failures = new FailureReason[records];
    } else {
      Arrays.fill(places, 0, records, NO_LINE);
      Arrays.fill(failures, 0, records, null);
    }
  }

  void lines(int record, RecordTransformer of) {
    if (of.enriched() == 1 && (of.warned() | of.dropped() | of.rejected()) == 0) {
      places[record] = ONE_LINE;
      return;
    }
    if (length == tallies.length) {
      tallies = Arrays.copyOf(tallies, 2 * length);
    }
    places[record] = length;
    tallies[length + ENRICHED] = of.enriched();
    tallies[length + WARNED] = of.warned();
    tallies[length + DROPPED] = of.dropped();
    tallies[length + REJECTED] = of.rejected();
    length += NUMBERS;
  }

  void failure(int record, FailureReason reason) {
    failures[record] = reason;
  }

  /** Adds all records of the response with their final answers. */
  void addTo(InvocationCounts counts, Response response) {
    int usual = 0;
    for (int record = 0; record < response.records(); record++) {
      Answer answer = response.answer(record);
      if (places[record] == ONE_LINE && answer == Answer.OK) {
        usual++;
      } else {
        addTo(counts, record, answer);
      }
    }
    counts.ok += usual;
    counts.linesEnriched += usual;
  }

  private void addTo(InvocationCounts counts, int record, Answer answer) {
    int at = places[record];
    counts.linesRejected += tallies[at + REJECTED];
    switch (answer) {
      case OK, DROPPED -> {
        counts.linesEnriched += tallies[at + ENRICHED];
        counts.linesWarned += tallies[at + WARNED];
        counts.linesDropped += tallies[at + DROPPED];
        if (answer == Answer.OK) {
          counts.ok++;
        } else {
          counts.dropped++;
        }
      }
      case FAILED, FAILED_WITHOUT_DATA -> {
        counts.linesWithheld +=
            tallies[at + ENRICHED] + tallies[at + WARNED] + tallies[at + DROPPED];
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
