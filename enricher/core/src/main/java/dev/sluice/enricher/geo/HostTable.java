package dev.sluice.enricher.geo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The hosts that came last, by their text: where hosts come again and again, this is quicker than
 * to parse the address and to walk the tree. A direct-mapped table, 6 longs a host: length and
 * text. Compares the whole text, so it is never wrong. Not thread-safe.
 */
final class HostTable {
  /** Answer of {@link #slot} for a text that the table does not take. */
  static final int NONE = -1;

  /** 4,096 hosts, 192 KB: what fits the second-level cache of a processor. */
  private static final int SLOT_BITS = 13;

  static final int SLOTS = 1 << SLOT_BITS;

  private static final int ENTRY_LONGS = 6;
  private static final int TEXT = 1; // first eight bytes, last eight, then those between
  private static final int MIDDLE = 3;

  /** In the long of the length: found since it was put, or since another text came. */
  private static final long RECENT = 1L << Integer.SIZE;

  /** {@code 1.2.3.40}; shorter texts are rare, and have no eight bytes. */
  private static final int MIN_LENGTH = Long.BYTES;

  /** Every IPv6 address without an IPv4 address in it. */
  private static final int MAX_LENGTH = 39;

  /** Odd multipliers spread the bits of the text over the hash (2^64 by the golden ratio). */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long[] entries = new long[ENTRY_LONGS * SLOTS];

  /** Where the text belongs, or {@link #NONE}. */
  int slot(byte[] text, int from, int to) {
    int length = to - from;
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      return NONE;
    }
    long hash = longAt(text, from) * SPREAD ^ longAt(text, to - Long.BYTES);
    for (int i = Long.BYTES; i < length - Long.BYTES; i += Long.BYTES) {
      hash = (hash >>> Integer.SIZE ^ hash) * SPREAD ^ longAt(text, from + i);
    }
    hash = (hash >>> Integer.SIZE ^ hash) * SPREAD;
    return (int) (hash >>> Long.SIZE - SLOT_BITS);
  }

  /** Whether the slot holds this text. */
  boolean find(int slot, byte[] text, int from, int to) {
    int entry = slot * ENTRY_LONGS;
    int length = to - from;
    if ((int) entries[entry] != length
        || entries[entry + TEXT] != longAt(text, from)
        || entries[entry + TEXT + 1] != longAt(text, to - Long.BYTES)) {
      return false;
    }
    int middle = entry + MIDDLE;
    for (int i = Long.BYTES; i < length - Long.BYTES; i += Long.BYTES) {
      if (entries[middle++] != longAt(text, from + i)) {
        return false;
      }
    }
    entries[entry] = length | RECENT;
    return true;
  }

  /**
   * Remembers a text in its slot in place of what was there, unless that was found since the last
   * other text came for the slot: hosts that come once do not push out those that come often.
   *
   * @return whether the text is there now
   */
  boolean put(int slot, byte[] text, int from, int to) {
    int entry = slot * ENTRY_LONGS;
    if ((entries[entry] & RECENT) != 0) {
      entries[entry] ^= RECENT;
      return false;
    }
    int length = to - from;
    entries[entry] = length;
    entries[entry + TEXT] = longAt(text, from);
    entries[entry + TEXT + 1] = longAt(text, to - Long.BYTES);
    int middle = entry + MIDDLE;
    for (int i = Long.BYTES; i < length - Long.BYTES; i += Long.BYTES) {
      entries[middle++] = longAt(text, from + i);
    }
    return true;
  }

  /** Forgets everything. */
  void clear() {
    Arrays.fill(entries, 0);
  }

  private static long longAt(byte[] text, int index) {
    return (long) LONGS.get(text, index);
  }
}
