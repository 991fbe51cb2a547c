package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.math.BigInteger;
import java.util.Map;

/** SplitShard and MergeShards. They are done when they answer. */
final class ReshardOperations {
  private final StreamStore store;

  ReshardOperations(StreamStore store) {
    this.store = store;
  }

  Map<String, Operation> table() {
    return Map.of("SplitShard", this::split, "MergeShards", this::merge);
  }

  private Answer split(Input input) {
    KinesisStream stream = store.find(input);
    Shard shard = openShard(stream, Names.required(input, "ShardToSplit"));
    BigInteger secondStart = Names.hashKey(input, "NewStartingHashKey");
    HashRange range = shard.range();
    boolean inside =
        secondStart.compareTo(range.start().add(BigInteger.ONE)) > 0
            && secondStart.compareTo(range.end()) < 0;
    if (!inside) {
      throw ServiceError.invalidArgument(
          "NewStartingHashKey "
              + secondStart
              + " used in SplitShard() on shard "
              + shard.id()
              + " in stream "
              + stream.name()
              + " is not both greater than one plus the shard's StartingHashKey "
              + range.start()
              + " and less than the shard's EndingHashKey "
              + range.end()
              + ".");
    }
    store.requireRoomFor(1);
    stream.split(shard, secondStart);
    return Answer.EMPTY;
  }

  private Answer merge(Input input) {
    KinesisStream stream = store.find(input);
    Shard shard = openShard(stream, Names.required(input, "ShardToMerge"));
    Shard adjacent = openShard(stream, Names.required(input, "AdjacentShardToMerge"));
    if (!shard.range().isJustBefore(adjacent.range())
        && !adjacent.range().isJustBefore(shard.range())) {
      throw ServiceError.invalidArgument(
          "Shards "
              + shard.id()
              + " and "
              + adjacent.id()
              + " in stream "
              + stream.name()
              + " are not an adjacent pair of shards eligible for merging");
    }
    stream.merge(shard, adjacent);
    return Answer.EMPTY;
  }

  private Shard openShard(KinesisStream stream, String shardId) {
    Shard shard = store.shard(stream, shardId);
    if (!shard.isOpen()) {
      throw ServiceError.invalidArgument(
          "Shard " + shardId + " in stream " + stream.name() + " is closed already.");
    }
    return shard;
  }
}
