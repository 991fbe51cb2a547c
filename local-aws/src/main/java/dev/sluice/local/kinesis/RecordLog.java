package dev.sluice.local.kinesis;

import java.util.ArrayList;
import java.util.List;

/**
 * The records of one shard in order. Grows at the end, is trimmed at the start. Not thread-safe:
 * its shard guards it.
 */
final class RecordLog {
  /** Trimmed slots that may stay before the list is copied. */
  private static final int COMPACT_AT = 1_024;

  private final List<StoredRecord> slots = new ArrayList<>();
  private int first;

  void add(StoredRecord record) {
    slots.add(record);
  }

  int end() {
    return slots.size();
  }

  StoredRecord get(int index) {
    return slots.get(index);
  }

  /** A copy: it stays as it is when the log grows or is trimmed. */
  List<StoredRecord> records(int from, int to) {
    return List.copyOf(slots.subList(from, to));
  }

  /** Index of the first record behind the position; {@link #end()} when there is none. */
  int firstAfter(long position) {
    int low = first;
    int high = slots.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (slots.get(middle).position() <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Drops the records before the position and returns the retained bytes that they held. */
  long trimBefore(long position) {
    if (first == slots.size() || slots.get(first).position() >= position) {
      return 0;
    }
    int keep = firstAfter(position - 1);
    long freed = 0;
    for (int i = first; i < keep; i++) {
      freed += slots.get(i).retainedBytes();
      slots.set(i, null);
    }
    first = keep;
    if (first >= COMPACT_AT && first > slots.size() / 2) {
      slots.subList(0, first).clear();
      first = 0;
    }
    return freed;
  }
}
