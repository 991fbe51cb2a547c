package dev.sluice.firehose.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Base64 by tables of two characters each: what {@link Base64Decoder} and {@link Base64Encoder} use
 * where the JVM stops at its first compiler, which does not know how to do the JDK's Base64 by
 * vectors. That is how Lambda starts Java. Answers are those of {@link java.util.Base64}.
 */
final class Base64Tables {
  /** Whether there is only the first compiler; HotSpot says so in its description of itself. */
  static final boolean ARE_FASTER =
      System.getProperty("java.vm.info", "").contains("emulated-client");

  private static final int MALFORMED = Base64Decoder.MALFORMED;

  private static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);
  private static final char PAD = '=';
  private static final int BYTE = 0xFF;
  private static final int TWO_BYTES = 0xFFFF;
  private static final int TWELVE_BITS = 0xFFF;
  private static final int CHARACTER_VALUES = 0x10000;

  /** Characters of six bytes. */
  private static final int DIGITS = 8;

  /** What is decoded and encoded at a time. */
  private static final int BYTES = 6;

  /** What two characters are of which one is no digit: negative, and so is what it is mixed in. */
  private static final short NO_DIGITS = -1;

  /** A digit that stands for no bits. */
  private static final byte ZERO = 'A';

  /**
   * The twelve bits of each two characters, or {@link #NO_DIGITS}. By the first character in the
   * low byte. 128 KB, of which the digits are at 12.
   */
  private static final short[] VALUES = values();

  /** The two characters of each twelve bits, the first of them in the low byte. */
  private static final char[] PAIRS = pairs();

  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Base64Tables() {}

  private static short[] values() {
    short[] values = new short[CHARACTER_VALUES];
    Arrays.fill(values, NO_DIGITS);
    for (int first = 0; first < ALPHABET.length; first++) {
      for (int second = 0; second < ALPHABET.length; second++) {
        values[ALPHABET[first] | ALPHABET[second] << 8] = (short) (first << 6 | second);
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
   * Decodes the digits from {@code from} (in) to {@code end} (out), padding left out, into {@code
   * out}, which has room for a word more and may be written to further.
   *
   * @param at where to write the first byte
   * @return one after the last byte written, or {@link Base64Decoder#MALFORMED}
   */
  static int decode(byte[] text, int from, int end, byte[] out, int at) {
    int words = decodeWords(text, from, end, out, at);
    int i = from + words * DIGITS;
    int o = at + words * BYTES;
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

  /**
   * Decodes eight characters at a time, as long as all of them are digits and {@code out} has room
   * for a word of eight bytes, of which six are meant.
   *
   * @return how many times
   */
  private static int decodeWords(byte[] text, int from, int to, byte[] out, int at) {
    int most =
        Math.min((to - from) / DIGITS, Math.floorDiv(out.length - at - Long.BYTES, BYTES) + 1);
    int end = from + most * DIGITS;
    int i = from;
    int o = at;
    // Four at a time share the checks of the array that is written to.
    for (; i <= end - 4 * DIGITS; i += 4 * DIGITS, o += 4 * BYTES) {
      if (!decodeWord(text, i, out, o)
          || !decodeWord(text, i + DIGITS, out, o + BYTES)
          || !decodeWord(text, i + 2 * DIGITS, out, o + 2 * BYTES)
          || !decodeWord(text, i + 3 * DIGITS, out, o + 3 * BYTES)) {
        break;
      }
    }
    while (i < end && decodeWord(text, i, out, o)) {
      i += DIGITS;
      o += BYTES;
    }
    return (i - from) / DIGITS;
  }

  /** Decodes eight characters; false when one of them is no digit. */
  private static boolean decodeWord(byte[] text, int i, byte[] out, int o) {
    long word = (long) LITTLE_ENDIAN.get(text, i);
    long first = VALUES[(int) word & TWO_BYTES];
    long second = VALUES[(int) word >>> 16];
    long third = VALUES[(int) (word >>> 32) & TWO_BYTES];
    long fourth = VALUES[(int) (word >>> 48)];
    long bits = first << 36 | second << 24 | third << 12 | fourth;
    if (bits < 0) {
      return false;
    }
    BIG_ENDIAN.set(out, o, bits << Short.SIZE);
    return true;
  }

  /** The 24 bits of four characters; negative when one of them is no digit. */
  private static int group(byte first, byte second, byte third, byte fourth) {
    int high = VALUES[first & BYTE | (second & BYTE) << 8];
    int low = VALUES[third & BYTE | (fourth & BYTE) << 8];
    return (high | low) < 0 ? MALFORMED : high << 12 | low;
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

  /**
   * Encodes the bytes from {@code from} (in) to {@code to} (out), with padding, into {@code out},
   * which has room for {@link Base64Encoder#encodedLength}.
   *
   * @param at where to write the first character
   * @return one after the last character written
   */
  static int encode(byte[] bytes, int from, int to, byte[] out, int at) {
    int i = from;
    int o = at;
    int end = Math.min(to, bytes.length - Long.BYTES + BYTES);
    // Four at a time share the checks of the array that is written to.
    for (; i <= end - 4 * BYTES; i += 4 * BYTES, o += 4 * DIGITS) {
      encodeWord(bytes, i, out, o);
      encodeWord(bytes, i + BYTES, out, o + DIGITS);
      encodeWord(bytes, i + 2 * BYTES, out, o + 2 * DIGITS);
      encodeWord(bytes, i + 3 * BYTES, out, o + 3 * DIGITS);
    }
    for (; i <= end - BYTES; i += BYTES, o += DIGITS) {
      encodeWord(bytes, i, out, o);
    }
    for (; i <= to - 3; i += 3, o += 4) {
      int group = (bytes[i] & BYTE) << 16 | (bytes[i + 1] & BYTE) << 8 | bytes[i + 2] & BYTE;
      putPair(group >>> 12, out, o);
      putPair(group & TWELVE_BITS, out, o + 2);
    }
    return encodeRest(bytes, i, to, out, o);
  }

  /**
   * Encodes the six bytes from {@code i} on, behind which there are two more to be read. One access
   * by words each way: the first compiler makes a call of it.
   */
  private static void encodeWord(byte[] bytes, int i, byte[] out, int o) {
    long bits = (long) BIG_ENDIAN.get(bytes, i);
    int first = (int) (bits >>> 40);
    int second = (int) (bits >>> 16);
    int low = PAIRS[first >>> 12] | PAIRS[first & TWELVE_BITS] << 16;
    long high = PAIRS[second >>> 12 & TWELVE_BITS] | PAIRS[second & TWELVE_BITS] << 16;
    LITTLE_ENDIAN.set(out, o, low | high << 32);
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
