package dev.sluice.enricher.geo;

import java.util.Arrays;

/**
 * One thread's way to the fragments of a database: walks the tree to the record, and looks for its
 * fragment in a small table of this thread before it asks the shared cache. Allocates nothing once
 * a record is known. Not thread-safe.
 */
final class RecordFinder<T> {
  /** 8,192 records, 100 KB: most of what a log asks for. */
  private static final int TABLE_BITS = 13;

  private final RecordFragments<T> shared;
  private final RecordKey key = new RecordKey();
  private final long[] records = new long[1 << TABLE_BITS];
  private final byte[][] fragments = new byte[1 << TABLE_BITS][];
  private Opening<T> opening;
  private TreeWalk walk;

  RecordFinder(RecordFragments<T> shared) {
    this.shared = shared;
    opening = shared.current();
    walk = opening.database().newWalk();
  }

  /** Turns to the newest opening of the database; answers whether that is another one. */
  boolean refresh() {
    Opening<T> current = shared.current();
    if (current == opening) {
      return false;
    }
    Arrays.fill(records, SearchTree.NOTHING);
    Arrays.fill(fragments, null);
    opening = current;
    walk = current.database().newWalk();
    return true;
  }

  /** Whether all addresses that share 24 bits with this IPv4 address are in the same record. */
  boolean isOneNetwork(AddressBits address) {
    return walk.isOneNetwork(address.low());
  }

  byte[] find(AddressBits address) {
    long record = walk.find(address.high(), address.low());
    if (record == SearchTree.NOTHING) {
      return GeoFragment.NOTHING;
    }
    int slot = RecordKey.slot(record, TABLE_BITS);
    if (records[slot] != record) {
      fragments[slot] = shared.find(opening, record, key);
      records[slot] = record;
    }
    return fragments[slot];
  }
}
