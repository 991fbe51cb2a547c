package dev.sluice.functions.fanout.event;

import java.util.List;

/**
 * Records of one shard in their order, as a mapping sends them.
 *
 * @param stream its name; empty, as the shard, when there are no records
 */
public record StreamBatch(String stream, String shardId, List<StreamRecord> records) {
  public StreamBatch {
    records = List.copyOf(records);
  }

  public StreamRecord first() {
    return records.get(0);
  }

  /** The sequence number of the last of so many records. */
  public String last(int count) {
    return records.get(count - 1).sequenceNumber();
  }
}
