package dev.sluice.enricher.geo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The hosts that came last, by their text: where hosts come again and again, this is quicker than
 * to parse the address and to walk the tree. For all that {@link NetworkTable} does not know: IPv6,
 * and IPv4 where a database parts its networks of 256 addresses. Two places for each hash, 6 longs
 * a host: length and text. Compares the whole text, so it is never wrong. Not thread-safe.
 */
final class HostTable {
  /** What no slot is called. */
  static final int NONE = -1;

  /** 4,096 hosts, 192 KB: what fits the second-level cache of a processor beside other tables. */
  static final int SLOTS = 1 << 12;

  private static final int WAYS = 2;
  private static final int SETS = SLOTS / WAYS;

  private static final int ENTRY_LONGS = 6;
  private static final int TEXT = 1; // first eight bytes, last eight, then those between

  /** Where the words between begin; in a shorter text they are the last eight bytes again. */
  private static final int SECOND = Long.BYTES;

  private static final int THIRD = 2 * Long.BYTES;
  private static final int FOURTH = 3 * Long.BYTES;

  /** In a mark: found since it was put, or since another text came. */
  private static final int RECENT = 1;

  /** In a mark: a host is there. The other bits are of its hash. */
  private static final int TAKEN = 2;

  /** {@code 1.2.3.40}; shorter texts are rare, and have no eight bytes. */
  private static final int MIN_LENGTH = Long.BYTES;

  /** Every IPv6 address without an IPv4 address in it. */
  private static final int MAX_LENGTH = 39;

  /** Odd multipliers spread the bits of the text over the hash (2^64 by the golden ratio). */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** What is asked first, so that hosts which are not there are hardly looked for. 8 KB. */
  private final short[] marks = new short[SLOTS];

  private final long[] entries = new long[ENTRY_LONGS * SLOTS];
  private int lastFirst;
  private int lastMark;

  /** The slot that holds the text, or {@link #NONE}. */
  int find(byte[] text, int from, int to) {
    if (!takes(to - from)) {
      return NONE;
    }
    long hash = hash(text, from, to);
    int first = ((int) (hash >>> Integer.SIZE) & SETS - 1) * WAYS;
    int mark = (int) (hash >>> Long.SIZE - Short.SIZE) & ~RECENT | TAKEN;
    lastFirst = first;
    lastMark = mark;
    for (int slot = first; slot < first + WAYS; slot++) {
      if ((marks[slot] & 0xFFFF & ~RECENT) == mark && holds(slot * ENTRY_LONGS, text, from, to)) {
        marks[slot] |= RECENT;
        return slot;
      }
    }
    return NONE;
  }

  /** Looks at all words of every text, however short, as lengths are not to be foreseen. */
  private boolean holds(int entry, byte[] text, int from, int to) {
    int last = to - Long.BYTES;
    return ((entries[entry] ^ to - from)
            | (entries[entry + TEXT] ^ longAt(text, from))
            | (entries[entry + TEXT + 1] ^ longAt(text, last))
            | (entries[entry + TEXT + 2] ^ longAt(text, Math.min(from + SECOND, last)))
            | (entries[entry + TEXT + 3] ^ longAt(text, Math.min(from + THIRD, last)))
            | (entries[entry + TEXT + 4] ^ longAt(text, Math.min(from + FOURTH, last))))
        == 0;
  }

  /**
   * Remembers the text that {@link #find} was asked for last and has not found, in place of one
   * that was not found since the last other text came: hosts that come once do not push out those
   * that come often.
   *
   * @return the slot that holds the text now, or {@link #NONE} when there is no place for it
   */
  int put(byte[] text, int from, int to) {
    if (!takes(to - from)) {
      return NONE;
    }
    int first = lastFirst;
    for (int slot = first; slot < first + WAYS; slot++) {
      if ((marks[slot] & RECENT) == 0) {
        marks[slot] = (short) lastMark;
        write(slot * ENTRY_LONGS, text, from, to);
        return slot;
      }
    }
    for (int slot = first; slot < first + WAYS; slot++) {
      marks[slot] &= ~RECENT;
    }
    return NONE;
  }

  private void write(int entry, byte[] text, int from, int to) {
    int last = to - Long.BYTES;
    entries[entry] = to - from;
    entries[entry + TEXT] = longAt(text, from);
    entries[entry + TEXT + 1] = longAt(text, last);
    entries[entry + TEXT + 2] = longAt(text, Math.min(from + SECOND, last));
    entries[entry + TEXT + 3] = longAt(text, Math.min(from + THIRD, last));
    entries[entry + TEXT + 4] = longAt(text, Math.min(from + FOURTH, last));
  }

  private static boolean takes(int length) {
    return length >= MIN_LENGTH && length <= MAX_LENGTH;
  }

  /** Of the first word and the last two: those between are the same for a network. */
  private static long hash(byte[] text, int from, int to) {
    long hash = longAt(text, from) * SPREAD ^ longAt(text, to - Long.BYTES);
    hash = (hash >>> Integer.SIZE ^ hash) * SPREAD;
    hash ^= longAt(text, Math.max(from, to - 2 * Long.BYTES));
    return (hash >>> Integer.SIZE ^ hash) * SPREAD;
  }

  /** Forgets everything. */
  void clear() {
    Arrays.fill(marks, (short) 0);
  }

  private static long longAt(byte[] text, int index) {
    return (long) LONGS.get(text, index);
  }
}
