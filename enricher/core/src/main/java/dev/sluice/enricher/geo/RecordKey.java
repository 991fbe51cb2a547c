package dev.sluice.enricher.geo;

/**
 * A record of one opening of a database, as the key of a cache. Mutable, so that a look-up can ask
 * with the same key again and again; a key inside a cache never changes.
 */
final class RecordKey {
  /** Spreads the low bits over all (2^64 divided by the golden ratio). */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private long bits;

  /**
   * @param opening number of the opening, so that no record of an older file is taken for one of a
   *     newer file
   */
  RecordKey set(int opening, long record) {
    bits = (long) opening << Integer.SIZE | record;
    return this;
  }

  RecordKey copy() {
    var copy = new RecordKey();
    copy.bits = bits;
    return copy;
  }

  /** The highest {@code count} bits of a hash of the record, {@code count} at most 31. */
  static int slot(long record, int count) {
    return (int) (record * SPREAD >>> Long.SIZE - count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordKey key && key.bits == bits;
  }

  @Override
  public int hashCode() {
    return (int) (bits * SPREAD >>> Integer.SIZE);
  }
}
