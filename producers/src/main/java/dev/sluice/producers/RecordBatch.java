package dev.sluice.producers;

import java.util.ArrayList;
import java.util.List;

/**
 * Records for one PutRecords request, within its limits, due at about the same time. Not
 * thread-safe.
 */
final class RecordBatch {
  private final int maxRecords;
  private final int maxBytes;
  private final List<PendingRecord> records = new ArrayList<>();
  private int bytes;

  RecordBatch(int maxRecords, int maxBytes) {
    this.maxRecords = maxRecords;
    this.maxBytes = maxBytes;
  }

  boolean fits(PendingRecord pending) {
    return records.size() < maxRecords
        && bytes + pending.sizeBytes() <= maxBytes
        && (records.isEmpty()
            || pending.dueNanos() - records.get(0).dueNanos() <= Pacer.TICK.toNanos());
  }

  void add(PendingRecord pending) {
    records.add(pending);
    bytes += pending.sizeBytes();
  }

  boolean isFull() {
    return records.size() == maxRecords;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** When the last of them is due, after the start. */
  long dueNanos() {
    return records.get(records.size() - 1).dueNanos();
  }

  List<PendingRecord> records() {
    return records;
  }
}
