package dev.sluice.local.kinesis;

/**
 * What one shard takes in and gives out per second (AWS, "Quotas and limits": 1,000 records/s and 1
 * MiB/s in, 2 MiB/s and 5 GetRecords calls/s out). Not thread-safe: its shard guards it.
 */
final class ShardLimits {
  static final int RECORDS_IN_PER_SECOND = 1_000;
  static final int BYTES_IN_PER_SECOND = 1024 * 1024;
  static final int CALLS_OUT_PER_SECOND = 5;
  static final int BYTES_OUT_PER_SECOND = 2 * 1024 * 1024;

  private final RateLimit recordsIn;
  private final RateLimit bytesIn;
  private final RateLimit callsOut;
  private final RateLimit bytesOut;

  ShardLimits(long nowMillis) {
    recordsIn = new RateLimit(RECORDS_IN_PER_SECOND, nowMillis);
    bytesIn = new RateLimit(BYTES_IN_PER_SECOND, nowMillis);
    callsOut = new RateLimit(CALLS_OUT_PER_SECOND, nowMillis);
    bytesOut = new RateLimit(BYTES_OUT_PER_SECOND, nowMillis);
  }

  /** Takes one record in; false when the shard has had its share. */
  boolean takeRecord(int bytes, long nowMillis) {
    if (!recordsIn.allows(1, nowMillis) || !bytesIn.allows(bytes, nowMillis)) {
      return false;
    }
    recordsIn.take(1);
    bytesIn.take(bytes);
    return true;
  }

  /**
   * Starts one GetRecords call; false when there were too many, or when earlier ones read too much.
   */
  boolean takeRead(long nowMillis) {
    if (!callsOut.allows(1, nowMillis) || !bytesOut.allows(1, nowMillis)) {
      return false;
    }
    callsOut.take(1);
    return true;
  }

  /**
   * Counts what a GetRecords call has read; a large answer is paid back by the calls after it, as
   * in the service.
   */
  void countRead(long bytes) {
    bytesOut.take(bytes);
  }
}
