package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.math.BigInteger;
import java.util.Map;

/** SplitShard, MergeShards and UpdateShardCount. They are done when they answer. */
final class ReshardOperations {
  private final StreamStore store;

  ReshardOperations(StreamStore store) {
    this.store = store;
  }

  Map<String, Operation> table() {
    return Map.of(
        "SplitShard", this::split,
        "MergeShards", this::merge,
        "UpdateShardCount", this::updateCount);
  }

  private Answer split(Input input) {
    KinesisStream stream = provisioned(input, "SplitShard");
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
    KinesisStream stream = provisioned(input, "MergeShards");
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

  /**
   * Limits and their order: AWS, UpdateShardCount; the wording is that of the service.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html">
   *     UpdateShardCount</a>
   */
  private Answer updateCount(Input input) {
    KinesisStream stream = provisioned(input, "UpdateShardCount");
    int target = input.requiredInteger("TargetShardCount", 1, Integer.MAX_VALUE);
    String type = input.requiredText("ScalingType");
    if (!type.equals("UNIFORM_SCALING")) {
      throw input.invalid(
          "ScalingType", type, "Member must satisfy enum value set: [UNIFORM_SCALING]");
    }
    int current = stream.openShards().size();
    if (target > StreamStore.OPEN_SHARDS_MAX) {
      throw countRefused(
          "Target shard count or number of open shards cannot be greater than "
              + StreamStore.OPEN_SHARDS_MAX,
          current,
          target);
    }
    if (target > 2L * current) {
      throw countRefused(
          "UpdateShardCount cannot scale up over double your current open shard count",
          current,
          target);
    }
    if (2L * target < current) {
      throw countRefused(
          "UpdateShardCount cannot scale down below half your current open shard count",
          current,
          target);
    }
    store.requireRoomFor(Math.max(0, target - current));
    if (!stream.scale(target)) {
      throw ServiceError.limitExceeded(
          "UpdateShardCount has been called "
              + ScalingHistory.CALLS_MAX
              + " times in the last "
              + ScalingHistory.WINDOW.toHours()
              + " hours for stream "
              + stream.name()
              + ".");
    }
    return out -> {
      out.text("StreamName", stream.name());
      out.number("CurrentShardCount", current);
      out.number("TargetShardCount", target);
      out.text("StreamARN", stream.arn());
    };
  }

  private static ServiceError countRefused(String why, int current, int target) {
    return ServiceError.limitExceeded(
        why + ". Current open shard count: " + current + ", Target shard count: " + target);
  }

  private KinesisStream provisioned(Input input, String operation) {
    KinesisStream stream = store.find(input);
    if (stream.isOnDemand()) {
      throw ServiceError.validation(
          operation
              + " is only supported for streams in PROVISIONED mode, and stream "
              + stream.name()
              + " is in ON_DEMAND mode.");
    }
    return stream;
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
