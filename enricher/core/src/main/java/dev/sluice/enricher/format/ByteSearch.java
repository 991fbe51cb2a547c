package dev.sluice.enricher.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes eight at a time: a word XOR the wanted byte in all places has a zero byte where it is
 * found. Nothing at or after {@code to} is read.
 *
 * @see <a href="https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord">Bit Twiddling
 *     Hacks, zero byte in word</a>
 */
final class ByteSearch {
  /** Reads eight bytes, the first of them lowest, from any index. */
  static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = LOW_BITS << 7;
  private static final long SPACES = ' ' * LOW_BITS;
  private static final long QUOTES = '"' * LOW_BITS;
  private static final long BACKSLASHES = '\\' * LOW_BITS;

  private ByteSearch() {}

  /** Index of the first space, or {@code to}. */
  static int space(byte[] text, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long hits = zeroBytes((long) WORD.get(text, i) ^ SPACES);
      if (hits != 0) {
        return i + firstByte(hits);
      }
    }
    while (i < to && text[i] != ' ') {
      i++;
    }
    return i;
  }

  /**
   * Index of the quote that closes the field, or {@code to}. A byte after a backslash closes
   * nothing.
   *
   * @param from first byte of the field, after its opening quote
   */
  static int closingQuote(byte[] text, int from, int to) {
    int i = quoteOrBackslash(text, from, to);
    while (i < to && text[i] == '\\') {
      i = quoteOrBackslash(text, Math.min(i + 2, to), to);
    }
    return i;
  }

  private static int quoteOrBackslash(byte[] text, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORD.get(text, i);
      long hits = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES);
      if (hits != 0) {
        return i + firstByte(hits);
      }
    }
    while (i < to && text[i] != '"' && text[i] != '\\') {
      i++;
    }
    return i;
  }

  /** The highest bit of the first zero byte, and of some bytes after it that do not matter. */
  private static long zeroBytes(long word) {
    return (word - LOW_BITS) & ~word & HIGH_BITS;
  }

  private static int firstByte(long hits) {
    return Long.numberOfTrailingZeros(hits) >>> 3;
  }
}
