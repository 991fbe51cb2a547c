package dev.sluice.cli.enrich;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds line feeds eight bytes at a time: a word XOR eight line feeds has a zero byte where one is.
 * Nothing outside {@code [from, to)} is read.
 *
 * @see <a href="https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord">Bit Twiddling
 *     Hacks, zero byte in word</a>
 */
final class LineFeeds {
  /** Answer of {@link #last} where there is none. */
  static final int NONE = -1;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = LOW_BITS << 7;
  private static final long LINE_FEEDS = '\n' * LOW_BITS;

  private LineFeeds() {}

  /** Index of the first, or {@code to}. */
  static int first(byte[] bytes, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORD.get(bytes, i) ^ LINE_FEEDS;
      long hits = (word - LOW_BITS) & ~word & HIGH_BITS; // exact up to the first hit
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (i < to && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  /** Index of the last, or {@link #NONE}. */
  static int last(byte[] bytes, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return NONE;
  }

  static int count(byte[] bytes, int from, int to) {
    int count = 0;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORD.get(bytes, i) ^ LINE_FEEDS;
      // Seven low bits all zero carry nothing into the high bit: exact for every byte.
      long notZero = ((word & ~HIGH_BITS) + ~HIGH_BITS) | word;
      count += Long.bitCount(~notZero & HIGH_BITS);
    }
    for (; i < to; i++) {
      if (bytes[i] == '\n') {
        count++;
      }
    }
    return count;
  }
}
