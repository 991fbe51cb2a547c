package dev.sluice.local.kinesis;

import java.math.BigInteger;
import java.util.List;

/**
 * Brings the open shards of a stream to equal ranges, by splits and merges as the service does it.
 * Twice as many shards take one split each, half as many one merge of each two; any other number
 * makes shards on the way that do not last.
 */
final class UniformScaling {
  private UniformScaling() {}

  /** To be called while nobody else reshards the stream. */
  static void apply(KinesisStream stream, int target) {
    for (HashRange tile : HashRange.tile(target)) {
      fill(stream, tile);
    }
  }

  /** Makes one shard of the range; what lies before it is done, so a shard starts where it does. */
  private static void fill(KinesisStream stream, HashRange tile) {
    BigInteger after = tile.end().add(BigInteger.ONE);
    Shard shard = startingAt(stream, tile.start());
    while (!shard.range().end().equals(tile.end())) {
      if (shard.range().contains(after)) {
        stream.split(shard, after);
      } else {
        Shard next = startingAt(stream, shard.range().end().add(BigInteger.ONE));
        if (next.range().contains(after)) {
          stream.split(next, after);
          next = startingAt(stream, next.range().start());
        }
        stream.merge(shard, next);
      }
      shard = startingAt(stream, tile.start());
    }
  }

  private static Shard startingAt(KinesisStream stream, BigInteger hashKey) {
    List<Shard> open = stream.openShards();
    return open.stream()
        .filter(shard -> shard.range().start().equals(hashKey))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no open shard starts at " + hashKey));
  }
}
