package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongFunction;

/**
 * A stream: all its shards, which of them are open, its consumers, tags and retention. Thread-safe.
 */
final class KinesisStream {
  static final int RETENTION_HOURS_MIN = 24;
  static final int RETENTION_HOURS_MAX = 8_760;

  /** Where a record went; the position is empty when the shard's limits refused it. */
  record Placement(Shard shard, OptionalLong position) {}

  private final String name;
  private final String arn;
  private final long creationMillis;
  private final long birth;
  private final boolean onDemand;
  private final boolean limited;
  private final Duration retentionHour;
  private final SequenceClock clock;
  private final Map<String, StreamConsumer> consumers = new ConcurrentSkipListMap<>();
  private final Map<String, String> tags = new ConcurrentHashMap<>();

  /** Writers of records share it, a reshard takes it alone: no record ever finds a closed shard. */
  private final ReadWriteLock resharding = new ReentrantReadWriteLock();

  private volatile List<Shard> shards = List.of();
  private volatile List<Shard> open = List.of();
  private volatile int retentionHours = RETENTION_HOURS_MIN;
  private final ScalingHistory scalings = new ScalingHistory(); // guarded by resharding
  private int nextIndex;
  private boolean deleted;

  KinesisStream(
      String name,
      String arn,
      long creationMillis,
      int shardCount,
      boolean onDemand,
      boolean limited,
      Duration retentionHour,
      SequenceClock clock) {
    this.name = name;
    this.arn = arn;
    this.creationMillis = creationMillis;
    this.onDemand = onDemand;
    this.limited = limited;
    this.retentionHour = retentionHour;
    this.clock = clock;
    birth = clock.next();
    List<Shard> first = new ArrayList<>();
    HashRange.tile(shardCount).forEach(range -> first.add(newShard(range, List.of(), birth)));
    publish(first);
    route();
  }

  String name() {
    return name;
  }

  String arn() {
    return arn;
  }

  /** Never the same for two streams of one name, not even in whole seconds. */
  long creationMillis() {
    return creationMillis;
  }

  /** The position at which the first shards were born. */
  long birth() {
    return birth;
  }

  boolean isOnDemand() {
    return onDemand;
  }

  int retentionHours() {
    return retentionHours;
  }

  void retain(int hours) {
    retentionHours = hours;
  }

  Map<String, String> tags() {
    return tags;
  }

  Map<String, StreamConsumer> consumers() {
    return consumers;
  }

  /** The position before which records have expired. */
  long horizon() {
    return SequenceClock.firstAt(
        clock.nowMillis() - retentionHour.multipliedBy(retentionHours).toMillis());
  }

  /**
   * Open shards, and closed ones whose records may still be retained, in the order of their ids.
   */
  List<Shard> shards() {
    long horizon = horizon();
    return shards.stream().filter(shard -> shard.isOpenAfter(horizon)).toList();
  }

  /** Open shards in the order of their hash keys. */
  List<Shard> openShards() {
    return open;
  }

  Optional<Shard> shard(String id) {
    return shards().stream().filter(shard -> shard.id().equals(id)).findFirst();
  }

  /**
   * Appends a record to the open shard of the hash key; empty when the stream was deleted
   * meanwhile.
   */
  Optional<Placement> put(BigInteger hashKey, String partitionKey, byte[] data, int bytes) {
    resharding.readLock().lock();
    try {
      if (deleted) {
        return Optional.empty();
      }
      Shard shard = openShardOf(hashKey);
      return Optional.of(new Placement(shard, shard.append(partitionKey, data, bytes)));
    } finally {
      resharding.readLock().unlock();
    }
  }

  /** Splits an open shard in two; the second child starts with the hash key. */
  void split(Shard parent, BigInteger secondStart) {
    HashRange range = parent.range();
    var lower = new HashRange(range.start(), secondStart.subtract(BigInteger.ONE));
    var upper = new HashRange(secondStart, range.end());
    List<String> parents = List.of(parent.id());
    reshard(
        List.of(parent),
        birth -> List.of(newShard(lower, parents, birth), newShard(upper, parents, birth)));
  }

  /**
   * Brings the open shards to that number of equal ranges; false when it was done too often lately.
   */
  boolean scale(int target) {
    resharding.writeLock().lock(); // nobody sees the shards on the way as open ones to write into
    try {
      if (!scalings.take(clock.nowMillis())) {
        return false;
      }
      UniformScaling.apply(this, target);
      return true;
    } finally {
      resharding.writeLock().unlock();
    }
  }

  /** Merges two open neighbours into one shard. */
  void merge(Shard shard, Shard adjacent) {
    HashRange a = shard.range();
    HashRange b = adjacent.range();
    var range = new HashRange(a.start().min(b.start()), a.end().max(b.end()));
    List<String> parents = List.of(shard.id(), adjacent.id());
    reshard(List.of(shard, adjacent), birth -> List.of(newShard(range, parents, birth)));
  }

  private void reshard(List<Shard> parents, LongFunction<List<Shard>> children) {
    resharding.writeLock().lock();
    try {
      for (Shard parent : parents) {
        if (!parent.isOpen()) {
          throw ServiceError.invalidArgument(
              "Shard " + parent.id() + " in stream " + name + " is closed already.");
        }
      }
      long moment = clock.next();
      List<Shard> born = children.apply(moment);
      publish(born); // before the parents close: who reaches a parent's end can subscribe to its
      // children
      parents.forEach(parent -> parent.close(moment, born));
      route();
    } finally {
      resharding.writeLock().unlock();
    }
  }

  private Shard newShard(HashRange range, List<String> parents, long birth) {
    return new Shard(nextIndex++, range, parents, birth, clock, limited);
  }

  private void publish(List<Shard> born) {
    List<Shard> all = new ArrayList<>(shards());
    all.addAll(born);
    shards = List.copyOf(all);
  }

  private void route() {
    open =
        shards.stream()
            .filter(Shard::isOpen)
            .sorted(Comparator.comparing(shard -> shard.range().start()))
            .toList();
  }

  private Shard openShardOf(BigInteger hashKey) {
    List<Shard> candidates = open;
    int low = 0;
    int high = candidates.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (candidates.get(middle).range().start().compareTo(hashKey) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return candidates.get(low);
  }

  /** Drops expired records and returns the retained bytes that they held. */
  long trim() {
    long horizon = horizon();
    return shards.stream().mapToLong(shard -> shard.trimBefore(horizon)).sum();
  }

  /**
   * Empties all shards and ends all subscriptions, because the stream is gone. Returns the retained
   * bytes that it held.
   */
  long delete() {
    consumers.values().forEach(StreamConsumer::close);
    resharding.writeLock().lock();
    try {
      deleted = true;
      return shards.stream().mapToLong(shard -> shard.trimBefore(Long.MAX_VALUE)).sum();
    } finally {
      resharding.writeLock().unlock();
    }
  }

  /** A copy in the order of the keys. */
  Map<String, String> sortedTags() {
    return new TreeMap<>(tags);
  }
}
