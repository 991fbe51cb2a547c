package dev.sluice.local.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stream whose shards a test fills and closes. */
final class MemoryStream implements ShardedStream {

  static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/2026";

  private static final class MemoryShard {
    private final List<String> parents;
    private final List<SourceRecord> records = new ArrayList<>();
    private boolean closed;

    MemoryShard(List<String> parents) {
      this.parents = parents;
    }
  }

  private final Map<String, MemoryShard> shards = new LinkedHashMap<>();
  private int sequence = 100;
  private int recordsPerRead = Integer.MAX_VALUE;

  void shard(String id, String... parents) {
    shards.put(id, new MemoryShard(List.of(parents)));
  }

  void put(String shard, Instant arrival, String... values) {
    for (String value : values) {
      String number = Integer.toString(++sequence);
      shards
          .get(shard)
          .records
          .add(
              new SourceRecord(
                  number,
                  arrival,
                  ("{\"value\":\"" + value + "\",\"number\":\"" + number + "\"}").getBytes(UTF_8)));
    }
  }

  void close(String shard) {
    shards.get(shard).closed = true;
  }

  void recordsPerRead(int changed) {
    recordsPerRead = changed;
  }

  @Override
  public String arn() {
    return ARN;
  }

  @Override
  public String batchInfo() {
    return "DDBStreamBatchInfo";
  }

  @Override
  public List<StreamShard> shards() {
    return shards.entrySet().stream()
        .map(each -> new StreamShard(each.getKey(), each.getValue().parents))
        .toList();
  }

  @Override
  public ShardReader open(String shardId, StartingPosition from) {
    MemoryShard shard = shards.get(shardId);
    int start = from == StartingPosition.LATEST ? shard.records.size() : 0;
    return new ShardReader() {
      private int next = start;

      @Override
      public List<SourceRecord> read(int recordsMax) {
        int to = Math.min(shard.records.size(), next + Math.min(recordsMax, recordsPerRead));
        List<SourceRecord> found = List.copyOf(shard.records.subList(next, to));
        next = to;
        return found;
      }

      @Override
      public boolean ended() {
        return shard.closed && next == shard.records.size();
      }
    };
  }
}
