package dev.sluice.enricher.geo;

import dev.sluice.enricher.bytes.Words;
import java.util.Arrays;

/**
 * The IPv4 networks of 256 addresses that came last, by the text of their addresses up to the last
 * point: a host in one of them needs no parsing and no walk through the tree, whether it came
 * before or not. Two places for each hash, 2 longs a network. Compares the whole text, and reads
 * the last number as {@link AddressLiteral} does, so it is never wrong. Not thread-safe.
 */
final class NetworkTable {
  /** What no slot is called. */
  static final int NONE = -1;

  /** 16,384 networks, 256 KB: most networks come again, so that many are worth their place. */
  static final int SLOTS = 1 << 14;

  private static final int WAYS = 2;
  private static final int SETS = SLOTS / WAYS;
  private static final int ENTRY_LONGS = 2;

  /** {@code 0.0.0.0}. */
  private static final int MIN_LENGTH = 7;

  /** {@code 255.255.255.255}. */
  private static final int MAX_LENGTH = 15;

  /** Bytes from the start of the text on that must be there to be read, whatever they are. */
  private static final int READ_BYTES = 3 * Words.BYTES;

  /** Last bytes of the text that are looked at for its last number: three digits, and a point. */
  private static final int LAST_BYTES = Integer.BYTES;

  private static final int POINTS = 0x2E2E_2E2E;
  private static final int ZEROS = 0x3030_3030;
  private static final int LOW_BITS = 0x7F7F_7F7F;
  private static final int ABOVE_NINE = 0x7676_7676;
  private static final int HIGH_BITS = 0x8080_8080;

  /**
   * In the second long of an entry, where a text has no byte: found since it was put, or since
   * another text came.
   */
  private static final long RECENT = 1L << Long.SIZE - 1;

  /** An odd multiplier spreads the bits of the text over the hash (2^64 by the golden ratio). */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final long[] entries = new long[ENTRY_LONGS * SLOTS];
  private long lastStart; // 0 when the text asked for last cannot be that of an address
  private long lastEnd;

  /**
   * The slot of the network that the IPv4 address from {@code from} (in) to {@code to} (out) is in,
   * or {@link #NONE}; also for a text that is no such address.
   */
  int find(byte[] text, int from, int to) {
    int length = to - from;
    lastStart = 0;
    if (length < MIN_LENGTH || length > MAX_LENGTH || from + READ_BYTES > text.length) {
      return NONE;
    }
    int last = (int) Words.at(text, to - LAST_BYTES);
    int toPoint = Integer.SIZE - Integer.numberOfLeadingZeros(points(last)); // bits, with it
    if (!isNumber(last, toPoint)) {
      return NONE;
    }
    int count = length - LAST_BYTES + toPoint / Byte.SIZE;
    long start = Words.at(text, from) & -1L >>> Math.max(0, Words.BYTES - count) * Byte.SIZE;
    long end =
        Words.at(text, from + Words.BYTES)
            & (1L << Math.max(0, count - Words.BYTES) * Byte.SIZE) - 1;
    lastStart = start;
    lastEnd = end;
    int first = first(start, end);
    // Which of the two it is nobody can foresee: 1 for each that it is not.
    int notFirst = differs(first, start, end);
    if ((notFirst & differs(first + 1, start, end)) != 0) {
      return NONE;
    }
    int slot = first + notFirst;
    int second = slot * ENTRY_LONGS + 1;
    if (entries[second] >= 0) {
      entries[second] |= RECENT;
    }
    return slot;
  }

  private int differs(int slot, long start, long end) {
    int entry = slot * ENTRY_LONGS;
    long difference = (entries[entry] ^ start) | (entries[entry + 1] & ~RECENT ^ end);
    return (int) ((difference | -difference) >>> Long.SIZE - 1);
  }

  /**
   * Remembers the network of the address that {@link #find} was asked for last and has not found,
   * in place of one that was not found since the last other network came: networks that come once
   * do not push out those that come often.
   *
   * @return the slot that holds the network now, or {@link #NONE} when there is no place for it
   */
  int put() {
    if (lastStart == 0) {
      return NONE;
    }
    int first = first(lastStart, lastEnd);
    for (int slot = first; slot < first + WAYS; slot++) {
      int entry = slot * ENTRY_LONGS;
      if (entries[entry + 1] >= 0) {
        entries[entry] = lastStart;
        entries[entry + 1] = lastEnd;
        return slot;
      }
    }
    for (int slot = first; slot < first + WAYS; slot++) {
      entries[slot * ENTRY_LONGS + 1] &= ~RECENT;
    }
    return NONE;
  }

  /** Forgets everything. */
  void clear() {
    Arrays.fill(entries, 0);
  }

  /** The highest bit of each byte that is a point. */
  private static int points(int four) {
    int zeros = four ^ POINTS;
    return ~((zeros & LOW_BITS) + LOW_BITS | zeros | LOW_BITS);
  }

  /**
   * Whether the bytes behind the lowest {@code bits} are one to three digits, no more than 255, and
   * without a zero in front.
   */
  private static boolean isNumber(int four, int bits) {
    int numbers = (four ^ ZEROS) & -1 << bits;
    int noDigits = (numbers + ABOVE_NINE | numbers) & HIGH_BITS; // the point, if nothing follows it
    int digits = (Integer.SIZE - bits) / Byte.SIZE;
    int value = (numbers >>> 8 & 0xFF) * 100 + (numbers >>> 16 & 0xFF) * 10 + (numbers >>> 24);
    int least = AddressWords.least(digits); // of four digits more than 255
    return (noDigits | (value - least | 255 - value) >>> Integer.SIZE - 1) == 0;
  }

  /** The first slot that the text may be in. */
  private static int first(long start, long end) {
    long hash = start * SPREAD;
    hash = (hash >>> Integer.SIZE ^ hash ^ end) * SPREAD;
    return ((int) (hash >>> Integer.SIZE) & SETS - 1) * WAYS;
  }
}
