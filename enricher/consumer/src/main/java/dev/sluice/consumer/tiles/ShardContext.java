package dev.sluice.consumer.tiles;

import dev.sluice.enricher.BatchEnricher;
import java.time.InstantSource;

/**
 * What one run of one shard works with.
 *
 * @param runId unique to this run: one worker may lose a shard and get it back while a write of its
 *     earlier run is still on its way
 * @param enricher used by this run only
 * @param sinks take the lines of a tile before its commit
 * @param commits runs the commits, of many shards
 */
public record ShardContext(
    ShardAddress address,
    String runId,
    Layout layout,
    TileLimits limits,
    TileStore store,
    TileSinks sinks,
    CommitLane commits,
    BatchEnricher enricher,
    InstantSource clock,
    ConsumerEvents events,
    Failpoints failpoints) {

  TileKeys keys() {
    return new TileKeys(layout, address);
  }
}
