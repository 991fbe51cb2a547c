package dev.sluice.consumer.tiles;

import dev.sluice.consumer.tiles.TileStore.PutAnswer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Writes one sealed tile: into the other sinks first, then its rejects under a key that only this
 * run uses, then the commit that names them, then the counters. Holds the only bytes that are ever
 * sent for its key.
 */
final class TileCommit implements Callable<CommitResult> {
  /** A commit that answers "exists" and then is not found was deleted between the two calls. */
  private static final int MAX_VANISHED = 3;

  private final ShardContext shard;
  private final TileCounts counts;
  private final String key;
  private final Optional<String> rejectsKey;
  private final Optional<byte[]> rejects;
  private final Optional<TileLines> queuedRejects;
  private final TileHeader header;
  private final TileStore.Content content;

  /** Seals the tile; it takes no record afterwards. */
  TileCommit(ShardContext shard, Tile tile) {
    this.shard = shard;
    counts = tile.counts();
    var keys = shard.keys();
    key = keys.commit(tile.continuesFrom(), tile.firstArrival());
    Optional<byte[]> rejected = tile.finishRejects();
    Optional<TileSinks.RejectQueue> queue =
        shard.sinks().rejects().filter(q -> rejected.isPresent());
    rejects = queue.isPresent() ? Optional.empty() : rejected;
    queuedRejects = queue.flatMap(q -> rejected.map(TileLines::new));
    rejectsKey =
        rejects.map(
            bytes -> keys.rejects(tile.continuesFrom(), tile.firstArrival(), shard.runId()));
    header =
        TileHeader.of(
            shard.address(),
            tile,
            rejectsKey,
            queue.map(TileSinks.RejectQueue::url),
            shard.runId(),
            shard.layout());
    content = TileStore.Content.gzip(tile.finishEnriched(), header.toMetadata());
  }

  @Override
  public CommitResult call() {
    writeToSinks();
    rejectsKey.ifPresent(
        k -> shard.store().put(k, TileStore.Content.gzip(rejects.orElseThrow(), Map.of())));
    shard.failpoints().beforeCommit();
    for (int vanished = 0; vanished < MAX_VANISHED; vanished++) {
      if (shard.store().putIfAbsent(key, content) == PutAnswer.CREATED) {
        return committed();
      }
      Optional<Map<String, String>> found = shard.store().head(key);
      if (found.isPresent()) {
        return settle(TileHeader.fromMetadata(key, found.get()));
      }
    }
    throw new ForeignObjectException(key, "it was deleted while it was being written");
  }

  private void writeToSinks() {
    var lines = new TileLines(content.bytes());
    shard.sinks().enriched().forEach(sink -> sink.write(lines));
    queuedRejects.ifPresent(
        documents -> shard.sinks().rejects().orElseThrow().sink().write(documents));
  }

  private CommitResult settle(TileHeader found) {
    if (!found.runId().equals(shard.runId())) {
      // Before our rejects go: a write of ours that is late would stand once a foreign object is
      // taken away, and names them.
      found.requireNextLink(key, shard, header.continuesFrom());
      rejectsKey.ifPresent(this::removeRejects);
      return new CommitResult.Taken(found);
    }
    if (!found.last().equals(header.last())) {
      throw new ForeignObjectException(
          key, "it carries run id " + shard.runId() + " but ends at " + found.last().text());
    }
    return committed(); // our own earlier attempt arrived after all
  }

  private CommitResult committed() {
    shard.events().tileCommitted(shard.address().shardId(), counts, content.bytes().length);
    shard.failpoints().betweenCommitAndCheckpoint();
    return new CommitResult.Committed();
  }

  private void removeRejects(String orphan) {
    try {
      shard.store().delete(orphan);
    } catch (StoreException e) {
      shard.events().rejectsOrphaned(orphan); // no commit names it, so it counts for nobody
    }
  }
}
