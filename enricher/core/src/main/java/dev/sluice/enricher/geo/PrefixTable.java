package dev.sluice.enricher.geo;

/**
 * Where the walk through a {@link SearchTree} is after the first bits of an address, for prefixes
 * that came before: addresses come from few networks. One place for each hash, 8 bytes each; what
 * comes later takes the place. Not thread-safe.
 */
final class PrefixTable {
  /** What is no record: a walk that came back to the root is not remembered. */
  static final long UNKNOWN = 0;

  private static final long RECORD = 0xFFFF_FFFFL;

  /** Odd, so that no two prefixes become one; spreads their bits (2^64 by the golden ratio). */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final long[] entries;
  private final int unusedBits;
  private final int tagBits;

  /**
   * @param prefixBits bits of a prefix, at most 32 more than {@code bits}, and 63
   * @param bits places are two to the power of this, 1 to 24
   */
  PrefixTable(int prefixBits, int bits) {
    entries = new long[1 << bits];
    unusedBits = Long.SIZE - prefixBits;
    tagBits = prefixBits - bits;
  }

  /** The record after the prefix, or {@link #UNKNOWN}. */
  long find(long prefix) {
    long hash = hash(prefix);
    long entry = entries[slot(hash)];
    return (int) (entry >>> Integer.SIZE) == tag(hash) ? entry & RECORD : UNKNOWN;
  }

  /**
   * Remembers a record.
   *
   * @param record at most 32 bits
   */
  void put(long prefix, long record) {
    long hash = hash(prefix);
    entries[slot(hash)] = (long) tag(hash) << Integer.SIZE | record;
  }

  /** Another number of as many bits for each prefix: its place, and what tells it from others. */
  private long hash(long prefix) {
    return prefix * SPREAD << unusedBits >>> unusedBits;
  }

  private int slot(long hash) {
    return (int) (hash >>> tagBits);
  }

  private int tag(long hash) {
    return (int) (hash & (1L << tagBits) - 1);
  }
}
