package dev.sluice.local.firehose;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Records that wait for the function. A batch is full when the next record would make it larger
 * than the size hint, or its event larger than Lambda takes; it is due when it is full, or when its
 * oldest record has waited for the interval. A record larger than the hint is a batch of its own.
 * Thread-safe.
 */
final class RecordBuffer {

  /** Bound of what waits, in bytes of data; beyond it puts are told to slow down. */
  static final long WAITING_BYTES_MAX = 64L << 20;

  /** What a record costs beside its data, so that empty records are bounded, too. */
  private static final int RECORD_OVERHEAD_BYTES = 256;

  private final long sizeHintBytes;
  private final long intervalMillis;
  private final long eventBytesMax;
  private final Deque<List<FirehoseRecord>> full = new ArrayDeque<>();
  private List<FirehoseRecord> open = new ArrayList<>();
  private long openBytes;
  private long openEventBytes;
  private long waitingBytes;
  private long waitingRecords;

  /**
   * @param eventBytesMax of all records together, as {@link TransformEvent#bytes} counts them
   */
  RecordBuffer(long sizeHintBytes, Duration interval, long eventBytesMax) {
    this.sizeHintBytes = sizeHintBytes;
    this.intervalMillis = interval.toMillis();
    this.eventBytesMax = eventBytesMax;
  }

  /** Takes a record; false when too much waits already. */
  synchronized boolean add(FirehoseRecord record) {
    if (waitingBytes + cost(record) > WAITING_BYTES_MAX) {
      return false;
    }
    int eventBytes = TransformEvent.bytes(record);
    if (!open.isEmpty()
        && (openBytes + record.data().length > sizeHintBytes
            || openEventBytes + eventBytes > eventBytesMax)) {
      full.add(open);
      startBatch();
    }
    open.add(record);
    openBytes += record.data().length;
    openEventBytes += eventBytes;
    waitingBytes += cost(record);
    waitingRecords++;
    return true;
  }

  private void startBatch() {
    open = new ArrayList<>();
    openBytes = 0;
    openEventBytes = 0;
  }

  /** Whether a batch is due by its size. */
  synchronized boolean isFull() {
    return !full.isEmpty() || openBytes >= sizeHintBytes;
  }

  /**
   * The next batch that is due, or an empty one.
   *
   * @param everything whether any batch is due now
   */
  synchronized List<FirehoseRecord> takeDue(long nowMillis, boolean everything) {
    List<FirehoseRecord> batch = full.poll();
    if (batch == null) {
      boolean due =
          everything
              || openBytes >= sizeHintBytes
              || (!open.isEmpty() && nowMillis - open.get(0).arrivalMillis() >= intervalMillis);
      if (!due) {
        return List.of();
      }
      batch = open;
      startBatch();
    }
    batch.forEach(record -> waitingBytes -= cost(record));
    waitingRecords -= batch.size();
    return batch;
  }

  synchronized long waitingRecords() {
    return waitingRecords;
  }

  private static long cost(FirehoseRecord record) {
    return (long) record.data().length + RECORD_OVERHEAD_BYTES;
  }
}
