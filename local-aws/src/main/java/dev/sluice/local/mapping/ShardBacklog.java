package dev.sluice.local.mapping;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** Records of a shard that were read and not yet invoked: at most a batch of them. */
final class ShardBacklog {

  private final ShardReader reader;
  private final InstantSource clock;
  private final int batchSize;
  private final Deque<SourceRecord> waiting = new ArrayDeque<>();
  private long bytes;
  private long since; // epoch milliseconds: when the first of those that wait was read
  private long lastReadMillis; // when a record was read last

  ShardBacklog(ShardReader reader, InstantSource clock, int batchSize) {
    this.reader = reader;
    this.clock = clock;
    this.batchSize = batchSize;
    lastReadMillis = clock.millis();
  }

  /** Reads as many as have room; returns how many. */
  int read() {
    int room = batchSize - waiting.size();
    if (room <= 0 || bytes >= EventJson.RECORDS_BYTES_MAX) {
      return 0;
    }
    List<SourceRecord> found = reader.read(room);
    if (!found.isEmpty()) {
      lastReadMillis = clock.millis();
      since = waiting.isEmpty() ? lastReadMillis : since;
      waiting.addAll(found);
      found.forEach(record -> bytes += EventJson.bytes(record.json()));
    }
    return found.size();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  SourceRecord first() {
    return waiting.getFirst();
  }

  boolean shardEnded() {
    return reader.ended();
  }

  long lastReadMillis() {
    return lastReadMillis;
  }

  long waitedMillis() {
    return clock.millis() - since;
  }

  /**
   * The first of them that fit into one event.
   *
   * @param bytesMax for their JSON; the first one is taken whatever it has
   * @param fits whether a record may be in the same batch as the first
   */
  List<SourceRecord> head(long bytesMax, Predicate<SourceRecord> fits) {
    var head = new ArrayList<SourceRecord>();
    long headBytes = 0;
    for (SourceRecord record : waiting) {
      headBytes += EventJson.bytes(record.json());
      if (!head.isEmpty() && (headBytes > bytesMax || !fits.test(record))) {
        break;
      }
      head.add(record);
    }
    return head;
  }

  /** Whether a head cannot grow any more. */
  boolean isFull(List<SourceRecord> head) {
    return head.size() == batchSize
        || head.size() < waiting.size()
        || bytes >= EventJson.RECORDS_BYTES_MAX;
  }

  /** Takes that many away from the front. */
  void remove(int records) {
    for (int i = 0; i < records; i++) {
      bytes -= EventJson.bytes(waiting.removeFirst().json());
    }
    since = lastReadMillis;
  }
}
