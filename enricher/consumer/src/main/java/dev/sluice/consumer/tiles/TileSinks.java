package dev.sluice.consumer.tiles;

import java.util.List;
import java.util.Optional;

/**
 * Where the lines of a tile go besides its objects, before its commit.
 *
 * @param enriched sinks of the enriched lines, in the order in which they are written
 * @param rejects queue of the rejected lines; they go into an object of the store without one
 */
public record TileSinks(List<TileSink> enriched, Optional<RejectQueue> rejects) {
  /** Everything goes into the store alone. */
  public static final TileSinks NONE = new TileSinks(List.of(), Optional.empty());

  public TileSinks {
    enriched = List.copyOf(enriched);
  }

  /**
   * A queue for rejected lines.
   *
   * @param url what commits name it by
   * @param sink takes each reject document as a line
   * @param maxRawBytes raw bytes of a line that fit into a message; of a longer one only these go
   */
  public record RejectQueue(String url, TileSink sink, int maxRawBytes) {}

  /** Most raw bytes of a line in its reject document. */
  int maxRawBytes() {
    return rejects.map(RejectQueue::maxRawBytes).orElse(Integer.MAX_VALUE);
  }
}
