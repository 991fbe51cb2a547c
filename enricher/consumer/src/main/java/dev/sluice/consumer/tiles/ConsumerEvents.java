package dev.sluice.consumer.tiles;

import dev.sluice.fanout.Alert;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What happens in a consumer, by name. Whoever implements it knows log lines and meters; nobody
 * else does. Methods are called from many threads and must not block.
 */
public interface ConsumerEvents {
  /** Events that nobody listens to. */
  ConsumerEvents NONE = new ConsumerEvents() {};

  /**
   * A shard processor took over a shard.
   *
   * @param start the checkpoint it was given
   */
  default void shardOpened(String shardId, ContinuesFrom start) {}

  /**
   * A batch of records is in tiles.
   *
   * @param latency from the call to its end, waiting for the store included
   * @param millisBehindLatest lag of the batch, if KCL knows it
   */
  default void batchAccepted(
      String shardId, int records, Duration latency, OptionalLong millisBehindLatest) {}

  /** Records at or below the last accepted position came, and were left out. */
  default void recordsIgnored(String shardId, long records) {}

  /**
   * A tile of ours is in the store. The only place where lines may be counted.
   *
   * @param bytes size of the commit's object
   */
  default void tileCommitted(String shardId, TileCounts counts, int bytes) {}

  /** Another run's tile takes the place of ours up to {@code last}. */
  default void tileAdopted(String shardId, Position last) {}

  /** A rejects object of ours that no commit names could not be removed; it is an orphan now. */
  default void rejectsOrphaned(String key) {}

  default void checkpointMade(String shardId, Position at) {}

  /** A checkpoint has to wait: throttled, lease table away, or the lease is gone. */
  default void checkpointDelayed(String shardId, ShardCheckpointer.Answer why) {}

  /**
   * A call to the object store failed and is made again.
   *
   * @param operation what was tried, such as PutObject
   */
  default void storeRetried(String operation, String why) {}

  /**
   * A sink has all lines of a tile, before the commit; it may get them again.
   *
   * @param sink its name
   * @param tooLarge lines among them that no call of it takes, and that it went without
   */
  default void sinkWritten(String sink, long lines, long tooLarge) {}

  /** Lines of a batch were counted for alerts or metrics. */
  default void linesCounted(TileCounts counts) {}

  /** Lines came after their window or minute was over, or claim to be from later than now. */
  default void linesOutOfTime(long lines) {}

  /** A message is with SNS. */
  default void alertSent(Alert alert) {}

  /** Values are with CloudWatch. */
  default void metricsSent(int values) {}

  /** Minutes were left out: CloudWatch would refuse them for their age. */
  default void minutesTooOld(int minutes) {}

  /**
   * Records of an aggregate lie outside of the shard and were left out: the library that wrote them
   * sends them again, any other producer does not.
   */
  default void kplRecordsLeftOut(String shardId, int records) {}

  /** A record says that it is an aggregate and is none; it was taken as one line or several. */
  default void kplAggregateCorrupt(String shardId) {}

  /**
   * A shard gave no batch for too long, not even an empty one, and is subscribed anew.
   *
   * @param silence since the last batch, or since the last new subscription
   * @param restart the first one is 1; again and again until a batch comes or the worker gives up
   */
  default void shardStalled(String shardId, Duration silence, int restart) {}

  default void leaseLost(String shardId) {}

  /** All of a closed shard is committed and its end is marked. */
  default void shardCompleted(String shardId) {}

  /**
   * A graceful stop let go of a shard.
   *
   * @param drained false if records that were delivered are left to the next owner
   */
  default void shardReleased(String shardId, boolean drained) {}

  /**
   * The shard was given up without a checkpoint; the worker stops. Called once for each shard run.
   */
  default void shardAbandoned(String shardId, Throwable cause) {}
}
