package dev.sluice.enricher.geo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Where the walk through a {@link SearchTree} is after the first bits of an address, for prefixes
 * that came before: addresses come from few networks. One place for each hash, 8 bytes each; what
 * comes later takes the place. Threads share a table without waiting for each other: prefix and
 * record are read and written as one long, which is never half of one and half of another.
 */
final class PrefixTable {
  /** What is no record: a walk that came back to the root is not remembered. */
  static final long UNKNOWN = 0;

  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final long RECORD = 0xFFFF_FFFFL;

  /** Odd; spreads the bits of the prefix over the hash (2^32 by the golden ratio). */
  private static final int SPREAD = 0x9E37_79B9;

  private final long[] entries;
  private final int shift;

  /**
   * @param bits places are two to the power of this, 1 to 24
   */
  PrefixTable(int bits) {
    entries = new long[1 << bits];
    shift = Integer.SIZE - bits;
  }

  /** The record after the prefix, or {@link #UNKNOWN}. */
  long find(int prefix) {
    long entry = (long) LONGS.getOpaque(entries, slot(prefix));
    return (int) (entry >>> Integer.SIZE) == prefix ? entry & RECORD : UNKNOWN;
  }

  /**
   * Remembers a record.
   *
   * @param record at most 32 bits
   */
  void put(int prefix, long record) {
    LONGS.setOpaque(entries, slot(prefix), (long) prefix << Integer.SIZE | record);
  }

  private int slot(int prefix) {
    return prefix * SPREAD >>> shift;
  }
}
