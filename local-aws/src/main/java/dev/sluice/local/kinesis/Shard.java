package dev.sluice.local.kinesis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * One shard: its records in order, its limits, and, once closed, its children. Positions are
 * exclusive when reading: a reader at position p is handed what came after p. Thread-safe.
 */
final class Shard {
  private static final long NOT_CLOSED = Long.MAX_VALUE;

  /**
   * What one read found.
   *
   * @param last position of the last record, or where the read started when there is none
   * @param children not empty exactly when the shard is closed and the records are its last ones
   * @param millisBehindLatest age of the oldest record that is left; 0 at the tip
   */
  record Batch(
      List<StoredRecord> records, long last, List<Shard> children, long millisBehindLatest) {
    boolean endOfShard() {
      return !children.isEmpty();
    }
  }

  private final int index;
  private final HashRange range;
  private final List<String> parents;
  private final long start;
  private final SequenceClock clock;
  private final Optional<ShardLimits> limits;
  private final RecordLog log = new RecordLog();
  private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();
  private long last;
  private long end = NOT_CLOSED;
  private List<Shard> children = List.of();

  /**
   * @param parents none, the split shard, or the merged shard and its adjacent one
   * @param start position of the shard's birth; its records come after it
   */
  Shard(
      int index,
      HashRange range,
      List<String> parents,
      long start,
      SequenceClock clock,
      boolean limited) {
    this.index = index;
    this.range = range;
    this.parents = List.copyOf(parents);
    this.start = start;
    this.clock = clock;
    this.limits = limited ? Optional.of(new ShardLimits(clock.nowMillis())) : Optional.empty();
    this.last = start;
  }

  String id() {
    return id(index);
  }

  static String id(int index) {
    return String.format(Locale.ROOT, "shardId-%012d", index);
  }

  HashRange range() {
    return range;
  }

  List<String> parents() {
    return parents;
  }

  long start() {
    return start;
  }

  String startingSequenceNumber() {
    return sequenceNumber(start);
  }

  /** Empty while the shard is open. */
  synchronized Optional<String> endingSequenceNumber() {
    return isOpen() ? Optional.empty() : Optional.of(sequenceNumber(end));
  }

  synchronized boolean isOpen() {
    return end == NOT_CLOSED;
  }

  /**
   * Whether the shard had been born and was not yet closed at that position: at any position such
   * shards tile the hash keys.
   */
  synchronized boolean isOpenAt(long position) {
    return start <= position && position < end;
  }

  synchronized boolean isOpenAfter(long position) {
    return position < end;
  }

  String sequenceNumber(long position) {
    return SequenceNumber.text(position, index);
  }

  OptionalLong position(String sequenceNumber) {
    return SequenceNumber.position(sequenceNumber, index);
  }

  /** The position of the newest record, or of the shard's birth. */
  synchronized long last() {
    return last;
  }

  /**
   * Appends a record and returns its position; empty when the shard's limits refuse it. The caller
   * has reserved its bytes and wakes the watchers.
   */
  synchronized OptionalLong append(String partitionKey, byte[] data, int bytes) {
    if (limits.isPresent() && !limits.get().takeRecord(bytes, clock.nowMillis())) {
      return OptionalLong.empty();
    }
    last = clock.next();
    log.add(new StoredRecord(last, partitionKey, data));
    return OptionalLong.of(last);
  }

  /**
   * Up to that many records after the position, and up to that many bytes of data and keys, but
   * always one record when there is one.
   *
   * @param horizon records before this position have expired
   */
  synchronized Batch read(long after, int maxRecords, long maxBytes, long horizon) {
    int from = log.firstAfter(Math.max(after, horizon - 1));
    int to = from;
    long bytes = 0;
    while (to < log.end() && to - from < maxRecords) {
      StoredRecord next = log.get(to);
      bytes += next.data().length + next.partitionKey().length();
      if (bytes > maxBytes && to > from) {
        break;
      }
      to++;
    }
    boolean atTip = to == log.end();
    long behind = atTip ? 0 : Math.max(1, clock.nowMillis() - log.get(to).arrivalMillis());
    long reached = to == from ? Math.max(after, start) : log.get(to - 1).position();
    return new Batch(log.records(from, to), reached, atTip ? children : List.of(), behind);
  }

  /** Counts a GetRecords call; false when the shard's limits refuse it. */
  synchronized boolean takeRead() {
    return limits.isEmpty() || limits.get().takeRead(clock.nowMillis());
  }

  synchronized void countRead(long bytes) {
    limits.ifPresent(limit -> limit.countRead(bytes));
  }

  /**
   * Ends the shard. The children are published already, so that a reader that reaches the end finds
   * them.
   */
  void close(long position, List<Shard> successors) {
    synchronized (this) {
      end = position;
      children = List.copyOf(successors);
    }
    wake();
  }

  /** Drops expired records and returns the retained bytes that they held. */
  synchronized long trimBefore(long horizon) {
    return log.trimBefore(horizon);
  }

  /** The watcher runs after records have come and when the shard closes. It must be quick. */
  void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  void unwatch(Runnable watcher) {
    watchers.remove(watcher);
  }

  void wake() {
    watchers.forEach(Runnable::run);
  }
}
