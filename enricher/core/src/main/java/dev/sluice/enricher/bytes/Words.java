package dev.sluice.enricher.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Eight bytes at a time as one {@code long}, the first of them lowest. Masks that tell of bytes
 * have the highest bit of each such byte set.
 *
 * @see <a href="https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord">Bit Twiddling
 *     Hacks, zero byte in word</a>
 */
public final class Words {
  /** Bytes of a word. */
  public static final int BYTES = Long.BYTES;

  /** Bytes of eight words. */
  private static final int EIGHT = 8 * BYTES;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = LOW_BITS << 7;

  /** Moves the lowest bit of byte i to bit 56 + i. */
  private static final long GATHER = 0x0102_0408_1020_4080L;

  private static final long ZEROS = '0' * LOW_BITS;
  private static final long ABOVE_NINE = (0x7F - 9) * LOW_BITS;
  private static final long TWOS = 2 * LOW_BITS;
  private static final long AFTER_CONTROLS_AND_QUOTE = 0x21 * LOW_BITS;
  private static final long BACKSLASHES = '\\' * LOW_BITS;

  /** The masks of {@link #find}, in an array as those of {@link #findSpecial}. */
  private static final long[] FIND = {LOW_BITS, HIGH_BITS};

  /**
   * The masks of {@link #findSpecial}, in an array so that a loop keeps them where it finds them:
   * HotSpot makes a constant of 64 bits anew for each use, by an instruction of ten bytes.
   */
  private static final long[] SPECIAL = {
    TWOS, AFTER_CONTROLS_AND_QUOTE, BACKSLASHES, LOW_BITS, HIGH_BITS
  };

  private Words() {}

  /** The bytes from {@code i} on, which may be any index with eight bytes behind it. */
  public static long at(byte[] text, int i) {
    return (long) WORD.get(text, i);
  }

  /** Writes the bytes from {@code i} on. */
  public static void put(byte[] text, int i, long word) {
    WORD.set(text, i, word);
  }

  /**
   * The last {@code count} bytes before {@code to}, which must be at least 8, and NUL in the places
   * behind them.
   *
   * @param count 1 to 8
   */
  public static long before(byte[] text, int to, int count) {
    return at(text, to - BYTES) >>> (BYTES - count) * Byte.SIZE;
  }

  /** A word of one ASCII character in all places. */
  public static long of(char ascii) {
    return ascii * LOW_BITS;
  }

  /** A word of eight ASCII characters. */
  public static long ofText(String eightCharacters) {
    return at(eightCharacters.getBytes(StandardCharsets.US_ASCII), 0);
  }

  /**
   * Where the word has the byte that {@code wanted} has in all places: exact for the first such
   * byte, while later ones may be told wrongly.
   */
  public static long find(long word, long wanted) {
    long zeros = word ^ wanted;
    return (zeros - FIND[0]) & ~zeros & FIND[1];
  }

  /**
   * Where the word has a byte that does not stand for itself inside a JSON string on one line:
   * controls, quote, backslash, DEL, all of non-ASCII. Exact as {@link #find}.
   */
  public static long findSpecial(long word) {
    // Swapping bit 1 puts the quote right behind the controls. What has its highest bit set keeps
    // it beside DEL, but for 0xFF, which keeps it beside the controls.
    long controlsAndQuote = (word ^ SPECIAL[0]) - SPECIAL[1];
    long backslash = (word ^ SPECIAL[2]) - SPECIAL[3];
    long del = word + SPECIAL[3];
    return (controlsAndQuote | backslash | del) & SPECIAL[4];
  }

  /**
   * Whether {@code count} bytes, eight at least, are the same in both places. Looks at all words,
   * whether one differs or not, the last over the end of those before. Where there are so many,
   * eight at a time: how often is to be foreseen for most texts, how many words there are is not.
   */
  public static boolean areSame(byte[] one, int i, byte[] other, int j, int count) {
    return count < EIGHT
        ? wordsDiffer(one, i, other, j, count) == 0
        : eightsDiffer(one, i, other, j, count) == 0;
  }

  private static long wordsDiffer(byte[] one, int i, byte[] other, int j, int count) {
    int last = count - BYTES;
    long differences = at(one, i + last) ^ at(other, j + last);
    for (int at = 0; at < last; at += BYTES) {
      differences |= at(one, i + at) ^ at(other, j + at);
    }
    return differences;
  }

  private static long eightsDiffer(byte[] one, int i, byte[] other, int j, int count) {
    int last = count - EIGHT;
    long differences = eightDiffer(one, i + last, other, j + last);
    for (int at = 0; at < last; at += EIGHT) {
      differences |= eightDiffer(one, i + at, other, j + at);
    }
    return differences;
  }

  private static long eightDiffer(byte[] one, int i, byte[] other, int j) {
    return (at(one, i) ^ at(other, j))
        | (at(one, i + BYTES) ^ at(other, j + BYTES))
        | (at(one, i + 2 * BYTES) ^ at(other, j + 2 * BYTES))
        | (at(one, i + 3 * BYTES) ^ at(other, j + 3 * BYTES))
        | (at(one, i + 4 * BYTES) ^ at(other, j + 4 * BYTES))
        | (at(one, i + 5 * BYTES) ^ at(other, j + 5 * BYTES))
        | (at(one, i + 6 * BYTES) ^ at(other, j + 6 * BYTES))
        | (at(one, i + 7 * BYTES) ^ at(other, j + 7 * BYTES));
  }

  /**
   * Whether each byte that {@code mask} asks for is, without the bits of {@code base}, at most 127
   * less the byte of {@code room} there: 0x76 takes digits over a base of {@code '0'}, 0x7F the
   * byte of the base alone. Exact for all bytes.
   */
  public static boolean areWithin(long word, long base, long mask, long room) {
    long above = (word ^ base) & mask;
    return ((above + room | above) & HIGH_BITS & mask) == 0;
  }

  /** Where the word has a byte that is no decimal digit. Exact as {@link #find}. */
  public static long findNoDigit(long word) {
    long numbers = word ^ ZEROS; // 0 to 9 for digits
    return (numbers + ABOVE_NINE | numbers) & HIGH_BITS;
  }

  /** As {@link #find}, and exact for all bytes. */
  public static long findAll(long word, long wanted) {
    long zeros = word ^ wanted;
    return ~((zeros & ~HIGH_BITS) + ~HIGH_BITS | zeros | ~HIGH_BITS);
  }

  /**
   * Where the word has a byte above {@code limit}, exact for all bytes.
   *
   * @param limit 0 to 127
   */
  public static long findAbove(long word, int limit) {
    return ((word & ~HIGH_BITS) + (0x7F - limit) * LOW_BITS | word) & HIGH_BITS;
  }

  /** Eight bits, the first byte's lowest, for a mask that tells of all bytes exactly. */
  public static int bits(long mask) {
    return (int) ((mask >>> 7) * GATHER >>> 56);
  }

  /** Index in the word of the first byte that a mask tells of; 8 for none. */
  public static int first(long mask) {
    return Long.numberOfTrailingZeros(mask) >>> 3;
  }

  /**
   * Index in two words of the first byte that a mask tells of; 16 for none. In which of them it is
   * nobody can foresee: without a branch.
   */
  public static int first(long mask, long next) {
    int first = first(mask);
    return first + (first(next) & -(first >>> 3));
  }
}
