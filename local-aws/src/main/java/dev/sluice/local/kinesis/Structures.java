package dev.sluice.local.kinesis;

import java.io.IOException;
import java.util.List;

/** Structures that several answers share. */
final class Structures {
  private Structures() {}

  static void records(WireWriter out, Shard shard, List<StoredRecord> records) throws IOException {
    out.objects(
        "Records",
        records,
        record -> {
          out.text("SequenceNumber", shard.sequenceNumber(record.position()));
          out.timestamp("ApproximateArrivalTimestamp", record.arrivalMillis());
          out.blob("Data", record.data());
          out.text("PartitionKey", record.partitionKey());
        });
  }

  static void childShards(WireWriter out, List<Shard> children) throws IOException {
    out.objects(
        "ChildShards",
        children,
        child -> {
          out.text("ShardId", child.id());
          out.texts("ParentShards", child.parents());
          hashKeyRange(out, child.range());
        });
  }

  static void shards(WireWriter out, List<Shard> shards) throws IOException {
    out.objects("Shards", shards, shard -> shard(out, shard));
  }

  static void consumer(WireWriter out, StreamConsumer consumer) throws IOException {
    out.text("ConsumerName", consumer.name());
    out.text("ConsumerARN", consumer.arn());
    out.text("ConsumerStatus", "ACTIVE");
    out.timestamp("ConsumerCreationTimestamp", consumer.creationMillis());
  }

  private static void shard(WireWriter out, Shard shard) throws IOException {
    out.text("ShardId", shard.id());
    List<String> parents = shard.parents();
    out.text("ParentShardId", parents.isEmpty() ? null : parents.get(0));
    out.text("AdjacentParentShardId", parents.size() < 2 ? null : parents.get(1));
    hashKeyRange(out, shard.range());
    out.object(
        "SequenceNumberRange",
        range -> {
          range.text("StartingSequenceNumber", shard.startingSequenceNumber());
          range.text("EndingSequenceNumber", shard.endingSequenceNumber().orElse(null));
        });
  }

  private static void hashKeyRange(WireWriter out, HashRange range) throws IOException {
    out.object(
        "HashKeyRange",
        keys -> {
          keys.text("StartingHashKey", range.start().toString());
          keys.text("EndingHashKey", range.end().toString());
        });
  }
}
