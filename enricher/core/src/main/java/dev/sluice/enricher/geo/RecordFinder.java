package dev.sluice.enricher.geo;

import java.util.Arrays;

/**
 * One thread's way to the fragments of a database: walks the tree to the record, and looks for its
 * fragment in a small table of this thread before it asks the shared cache. Allocates nothing once
 * a record is known. Not thread-safe.
 */
final class RecordFinder<T> {
  /** 2^12 records, 32 KB: what most lines of a log ask for. */
  private static final int TABLE_BITS = 12;

  private final RecordFragments<T> shared;
  private final RecordKey key = new RecordKey();
  private final long[] records = new long[1 << TABLE_BITS];
  private final GeoFragment[] fragments = new GeoFragment[1 << TABLE_BITS];
  private RecordFragments.Opening<T> opening;

  RecordFinder(RecordFragments<T> shared) {
    this.shared = shared;
    opening = shared.current();
  }

  GeoFragment find(AddressBits address) {
    RecordFragments.Opening<T> current = shared.current();
    if (current != opening) {
      Arrays.fill(records, SearchTree.NOTHING);
      Arrays.fill(fragments, null);
      opening = current;
    }
    long record;
    try {
      record = current.database().record(address.high(), address.low());
    } catch (InternalError e) { // the JVM's answer when the mapped file was cut off under it
      return GeoFragment.UNREADABLE;
    }
    if (record == SearchTree.NOTHING) {
      return GeoFragment.NOTHING;
    }
    int slot = RecordKey.slot(record, TABLE_BITS);
    if (records[slot] != record) {
      fragments[slot] = shared.find(current, record, address, key);
      records[slot] = record;
    }
    return fragments[slot];
  }
}
