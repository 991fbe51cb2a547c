package dev.sluice.local.kinesis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads all records that come into a stream from now on, in this process and beside its limits:
 * each shard in its order, the children of a reshard after their parents. Not thread-safe.
 */
public final class StreamTail {

  private static final long BYTES_MAX = 10L * 1024 * 1024;

  /**
   * A record with its place in the stream.
   *
   * @param arrivalMillis epoch milliseconds
   */
  public record Item(
      String shardId,
      String sequenceNumber,
      String partitionKey,
      long arrivalMillis,
      byte[] data) {}

  private final KinesisStream stream;
  private final long start;
  private final Map<String, Long> positions = new HashMap<>();
  private final Set<String> finished = new HashSet<>();

  StreamTail(KinesisStream stream, long start) {
    this.stream = stream;
    this.start = start;
  }

  public String streamArn() {
    return stream.arn();
  }

  /** Up to that many of the records that have come since; none at the tip of the stream. */
  public List<Item> next(int recordsMax) {
    var items = new ArrayList<Item>();
    List<Shard> shards = stream.shards();
    Set<String> unfinished = new HashSet<>();
    shards.stream().map(Shard::id).filter(id -> !finished.contains(id)).forEach(unfinished::add);
    for (Shard shard : shards) { // parents have the smaller ids
      if (items.size() == recordsMax) {
        break;
      }
      if (unfinished.contains(shard.id())
          && shard.parents().stream().noneMatch(unfinished::contains)) {
        Shard.Batch batch =
            shard.read(
                positions.getOrDefault(shard.id(), start),
                recordsMax - items.size(),
                BYTES_MAX,
                stream.horizon());
        positions.put(shard.id(), batch.last());
        batch.records().forEach(record -> items.add(item(shard, record)));
        if (batch.endOfShard()) {
          finished.add(shard.id());
          unfinished.remove(shard.id());
        }
      }
    }
    return items;
  }

  private static Item item(Shard shard, StoredRecord record) {
    return new Item(
        shard.id(),
        shard.sequenceNumber(record.position()),
        record.partitionKey(),
        record.arrivalMillis(),
        record.data());
  }
}
