package dev.sluice.local.kinesis;

/**
 * A record in its shard. The position is its order, its sequence number and its arrival time
 * ({@link SequenceClock}).
 */
record StoredRecord(long position, String partitionKey, byte[] data) {
  /** Heap that a record needs beside its data and key: headers, references, padding. */
  private static final int OVERHEAD_BYTES = 96;

  /** What a record of that key and data counts against the server's bound of retained bytes. */
  static long retainedBytes(String partitionKey, byte[] data) {
    return (long) OVERHEAD_BYTES + partitionKey.length() + data.length;
  }

  long retainedBytes() {
    return retainedBytes(partitionKey, data);
  }

  long arrivalMillis() {
    return SequenceClock.millis(position);
  }
}
