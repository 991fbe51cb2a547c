package dev.sluice.consumer.tiles;

import java.time.Duration;

/**
 * When a tile is sealed. A single record that is larger than a tile gets a tile of its own.
 *
 * @param maxBytes raw bytes of the records, before enrichment
 * @param maxRecords records, not lines
 * @param maxAge from the first record of the tile, by the consumer's clock
 */
public record TileLimits(int maxBytes, int maxRecords, Duration maxAge) {
  public TileLimits {
    if (maxBytes < 1 || maxRecords < 1 || maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("limits of a tile must be above zero");
    }
  }
}
