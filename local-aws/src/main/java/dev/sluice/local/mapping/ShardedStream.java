package dev.sluice.local.mapping;

import java.util.List;

/** A stream of shards: Kinesis or DynamoDB Streams. */
interface ShardedStream {

  /**
   * A shard.
   *
   * @param parents ids of those that must be read before it, as far as the stream still knows them
   */
  record StreamShard(String id, List<String> parents) {}

  String arn();

  /** Name of the member about the batch in a message to an on-failure destination. */
  String batchInfo();

  /** All shards that the stream knows now. */
  List<StreamShard> shards();

  ShardReader open(String shardId, StartingPosition from);
}
