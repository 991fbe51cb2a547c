package dev.sluice.firehose.answer;

import dev.sluice.enricher.RejectReason;
import dev.sluice.firehose.record.FailureReason;

/**
 * What one invocation did. {@code records = ok + dropped + failed + reingested}; of the records
 * that were looked at, {@code lines = enriched + warned + dropped + rejected + withheld}.
 */
public final class InvocationCounts {
  private final int[] failedByReason = new int[FailureReason.values().length];
  private final long[] rejectedByReason = new long[RejectReason.values().length];
  int records;
  int recordsWithoutId;
  int ok;
  int dropped;
  int failed;
  int failedWithoutData;
  int reingested;
  long linesEnriched;
  long linesWarned;
  long linesDropped;
  long linesRejected;
  long linesWithheld;
  long deadLetters;
  long partitionsBounded;
  long responseBytes;
  boolean stoppedEarly;
  boolean unknownEvent;

  /** Records of the event that can be answered. */
  public int records() {
    return records;
  }

  /** Elements of the event that have no id. */
  public int recordsWithoutId() {
    return recordsWithoutId;
  }

  public int ok() {
    return ok;
  }

  /** Records of which every line was left out on purpose. */
  public int dropped() {
    return dropped;
  }

  public int failed() {
    return failed;
  }

  public int failed(FailureReason reason) {
    return failedByReason[reason.ordinal()];
  }

  /** Those of {@link #failed()} whose data found no room in the response. */
  public int failedWithoutData() {
    return failedWithoutData;
  }

  /** Records that were sent back to where they came from; no outcome: they will come again. */
  public int reingested() {
    return reingested;
  }

  public long linesEnriched() {
    return linesEnriched;
  }

  public long linesWarned() {
    return linesWarned;
  }

  public long linesDropped() {
    return linesDropped;
  }

  public long linesRejected() {
    return linesRejected;
  }

  public long linesRejected(RejectReason reason) {
    return rejectedByReason[reason.ordinal()];
  }

  /** Good lines of records that failed: they went back with the record. */
  public long linesWithheld() {
    return linesWithheld;
  }

  /** Lines that the dead-letter queue took. */
  public long deadLetters() {
    return deadLetters;
  }

  /** Records whose partition keys gave way to the bound of partitions. */
  public long partitionsBounded() {
    return partitionsBounded;
  }

  public long responseBytes() {
    return responseBytes;
  }

  /** Whether the time ran short before all records were looked at. */
  public boolean stoppedEarly() {
    return stoppedEarly;
  }

  /** Whether the event was none of Firehose. */
  public boolean unknownEvent() {
    return unknownEvent;
  }

  void failed(FailureReason reason, int count) {
    failedByReason[reason.ordinal()] += count;
  }

  void rejected(RejectReason reason, long count) {
    rejectedByReason[reason.ordinal()] += count;
  }
}
