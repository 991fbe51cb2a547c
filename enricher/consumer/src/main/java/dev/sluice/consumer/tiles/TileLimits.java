package dev.sluice.consumer.tiles;

import dev.sluice.enricher.gzip.GzipStream;
import java.time.Duration;

/**
 * When a tile is sealed, and how hard it is compressed. A single record that is larger than a tile
 * gets a tile of its own.
 *
 * @param maxBytes raw bytes of the records, before enrichment
 * @param maxRecords records, not lines
 * @param maxAge from the first record of the tile, by the consumer's clock
 * @param gzipLevel 1, fast, to 9, small
 */
public record TileLimits(int maxBytes, int maxRecords, Duration maxAge, int gzipLevel) {
  /**
   * A third of the time of gzip's own level 6, which is most of what a line costs a worker, for a
   * fifth more bytes.
   */
  public static final int DEFAULT_GZIP_LEVEL = GzipStream.FASTEST;

  public TileLimits {
    if (maxBytes < 1 || maxRecords < 1 || maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("limits of a tile must be above zero");
    }
    if (gzipLevel < GzipStream.FASTEST || gzipLevel > GzipStream.SMALLEST) {
      throw new IllegalArgumentException("the level of gzip is " + gzipLevel + ", not 1 to 9");
    }
  }

  /** Compressed by the {@link #DEFAULT_GZIP_LEVEL}. */
  public TileLimits(int maxBytes, int maxRecords, Duration maxAge) {
    this(maxBytes, maxRecords, maxAge, DEFAULT_GZIP_LEVEL);
  }
}
