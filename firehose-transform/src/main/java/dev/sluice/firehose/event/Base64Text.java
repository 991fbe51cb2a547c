package dev.sluice.firehose.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Base64 (RFC 4648, section 4) between arrays that are there already. Answers are those of {@link
 * java.util.Base64}, whose methods want arrays of exactly the right length.
 */
public final class Base64Text {
  /** Answer for a text that is not Base64. */
  public static final int MALFORMED = -1;

  private static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);
  private static final char PAD = '=';
  private static final int BYTE = 0xFF;
  private static final int TWO_BYTES = 0xFFFF;
  private static final int TWELVE_BITS = 0xFFF;

  /** Mark of two characters that are digits; without it nothing has to be filled in for others. */
  private static final int DIGITS = 0x8000;

  /** The marks of four pairs, each twelve bits above the next. */
  private static final long FOUR_MARKS =
      (long) DIGITS << 36 ^ (long) DIGITS << 24 ^ (long) DIGITS << 12 ^ DIGITS;

  /** A digit that stands for no bits. */
  private static final byte ZERO = 'A';

  /**
   * The twelve bits of each two characters, marked with {@link #DIGITS}; 0 where one of them is no
   * digit. By the first character in the low byte. 128 KB, of which the digits are at 12.
   */
  private static final char[] VALUES = values();

  /** The two characters of each twelve bits, the first of them in the low byte. */
  private static final char[] PAIRS = pairs();

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long LOWEST_DIGITS = '+' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;

  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Base64Text() {}

  private static char[] values() {
    char[] values = new char[TWO_BYTES + 1];
    for (int first = 0; first < ALPHABET.length; first++) {
      for (int second = 0; second < ALPHABET.length; second++) {
        values[ALPHABET[first] | ALPHABET[second] << 8] = (char) (DIGITS | first << 6 | second);
      }
    }
    return values;
  }

  private static char[] pairs() {
    char[] pairs = new char[TWELVE_BITS + 1];
    for (int bits = 0; bits < pairs.length; bits++) {
      pairs[bits] = (char) (ALPHABET[bits >>> 6] | ALPHABET[bits & 0x3F] << 8);
    }
    return pairs;
  }

  /**
   * A place up to which all characters stand for themselves in a JSON string: the first word of
   * eight from {@code from} on that has anything below {@code +}, the lowest digit, a backslash,
   * anything beyond ASCII, or that goes beyond {@code to}. What follows is for a slower search.
   */
  static int wordsEnd(byte[] text, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) LITTLE_ENDIAN.get(text, i);
      // A borrow goes into a higher byte only from one that ends the search anyway.
      long others = word - LOWEST_DIGITS | (word ^ BACKSLASHES) - ONES | word + ONES | word;
      if ((others & HIGH_BITS) != 0) {
        break;
      }
    }
    return i;
  }

  /** Most bytes that so many characters can stand for. */
  public static int decodedBound(int characters) {
    return (int) ((characters + 3L) / 4 * 3);
  }

  /** Characters that so many bytes need, padding included. */
  public static long encodedLength(long bytes) {
    return (bytes + 2) / 3 * 4;
  }

  /**
   * Decodes the characters from {@code from} (in) to {@code to} (out) into {@code out}, which has
   * room for {@link #decodedBound} and may be written to further. Padding may be missing, as {@link
   * java.util.Base64#getDecoder} has it.
   *
   * @param at where to write the first byte
   * @return one after the last byte written, or {@link #MALFORMED}
   */
  public static int decode(byte[] text, int from, int to, byte[] out, int at) {
    int end = withoutPadding(text, from, to);
    if (end == MALFORMED) {
      return MALFORMED;
    }
    int i = from;
    int o = at;
    // Eight characters as a word, six bytes by a word of eight: there must be room for two more.
    int lastWord =
        Math.min(end - Long.BYTES, from + Math.floorDiv(out.length - at - Long.BYTES, 6) * 8);
    for (; i <= lastWord; i += 8, o += 6) {
      long word = (long) LITTLE_ENDIAN.get(text, i);
      int first = VALUES[(int) word & TWO_BYTES];
      int second = VALUES[(int) word >>> 16];
      int third = VALUES[(int) (word >>> 32) & TWO_BYTES];
      int fourth = VALUES[(int) (word >>> 48)];
      if ((first & second & third & fourth) == 0) {
        return MALFORMED;
      }
      // Marks overlap digits, and go out as they came in.
      long bits = (long) first << 36 ^ (long) second << 24 ^ (long) third << 12 ^ fourth;
      BIG_ENDIAN.set(out, o, (bits ^ FOUR_MARKS) << Short.SIZE);
    }
    for (; i <= end - 4; i += 4, o += 3) {
      int group = group(text[i], text[i + 1], text[i + 2], text[i + 3]);
      if (group < 0) {
        return MALFORMED;
      }
      out[o] = (byte) (group >> 16);
      out[o + 1] = (byte) (group >> 8);
      out[o + 2] = (byte) group;
    }
    return decodeRest(text, i, end, out, o);
  }

  /** The 24 bits of four characters; negative when one of them is no digit. */
  private static int group(byte first, byte second, byte third, byte fourth) {
    int high = VALUES[first & BYTE | (second & BYTE) << 8];
    int low = VALUES[third & BYTE | (fourth & BYTE) << 8];
    return (high & low) == 0 ? MALFORMED : (high & TWELVE_BITS) << 12 | low & TWELVE_BITS;
  }

  /** Decodes the last group, of none, two or three characters. */
  private static int decodeRest(byte[] text, int from, int end, byte[] out, int at) {
    int rest = end - from;
    if (rest == 0) {
      return at;
    }
    if (rest == 1) {
      return MALFORMED;
    }
    int group = group(text[from], text[from + 1], rest == 3 ? text[from + 2] : ZERO, ZERO);
    if (group < 0) {
      return MALFORMED;
    }
    out[at] = (byte) (group >> 16);
    if (rest == 3) {
      out[at + 1] = (byte) (group >> 8);
    }
    return at + rest - 1;
  }

  /** End of the digits; padding must fill up a group when there is any. */
  private static int withoutPadding(byte[] text, int from, int to) {
    if (to == from || text[to - 1] != PAD) {
      return to;
    }
    int padding = to - from >= 2 && text[to - 2] == PAD ? 2 : 1;
    return (to - from) % 4 == 0 ? to - padding : MALFORMED;
  }

  /**
   * Encodes the bytes from {@code from} (in) to {@code to} (out), with padding, into {@code out},
   * which has room for {@link #encodedLength}.
   *
   * @param at where to write the first character
   * @return one after the last character written
   */
  public static int encode(byte[] bytes, int from, int to, byte[] out, int at) {
    int i = from;
    int o = at;
    // Six bytes by a word of eight: two more must be there to be read.
    int lastWord = Math.min(to - 6, bytes.length - Long.BYTES);
    for (; i <= lastWord; i += 6, o += 8) {
      long word = (long) BIG_ENDIAN.get(bytes, i);
      long characters =
          PAIRS[(int) (word >>> 52)]
              | (long) PAIRS[(int) (word >>> 40) & TWELVE_BITS] << 16
              | (long) PAIRS[(int) (word >>> 28) & TWELVE_BITS] << 32
              | (long) PAIRS[(int) (word >>> 16) & TWELVE_BITS] << 48;
      LITTLE_ENDIAN.set(out, o, characters);
    }
    for (; i <= to - 3; i += 3, o += 4) {
      int group = (bytes[i] & BYTE) << 16 | (bytes[i + 1] & BYTE) << 8 | bytes[i + 2] & BYTE;
      putPair(group >>> 12, out, o);
      putPair(group & TWELVE_BITS, out, o + 2);
    }
    return encodeRest(bytes, i, to, out, o);
  }

  /** Encodes the last group, of none, one or two bytes. */
  private static int encodeRest(byte[] bytes, int from, int to, byte[] out, int at) {
    if (from == to) {
      return at;
    }
    putPair(
        (bytes[from] & BYTE) << 4 | (from + 1 < to ? (bytes[from + 1] & BYTE) >> 4 : 0), out, at);
    out[at + 2] = from + 1 < to ? ALPHABET[(bytes[from + 1] & 0xF) << 2] : (byte) PAD;
    out[at + 3] = (byte) PAD;
    return at + 4;
  }

  private static void putPair(int twelveBits, byte[] out, int at) {
    char pair = PAIRS[twelveBits];
    out[at] = (byte) pair;
    out[at + 1] = (byte) (pair >> 8);
  }
}
