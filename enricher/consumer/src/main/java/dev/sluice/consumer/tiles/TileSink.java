package dev.sluice.consumer.tiles;

/**
 * Takes the lines of a tile before its commit. At least once: a run that is killed in between, or
 * that loses the race for the commit, has written them already. Thread-safe: tiles of many shards
 * are written at the same time.
 */
public interface TileSink {
  /** What it is called in metrics and messages, such as {@code kinesis}. */
  String name();

  /**
   * Writes all lines and returns when each of them is safe. Retries what can heal, within bounds.
   *
   * @throws StoreException if it gave up, or was interrupted and left the thread interrupted
   */
  void write(TileLines lines);
}
