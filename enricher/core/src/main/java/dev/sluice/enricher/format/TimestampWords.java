package dev.sluice.enricher.format;

import dev.sluice.enricher.bytes.Words;

/**
 * Whether {@code [dd/MMM/yyyy:HH:mm:ss +zzzz] "} stands somewhere, looked at in four words of eight
 * bytes.
 */
final class TimestampWords {
  /** Bytes from the bracket to the quote. */
  static final int LENGTH = 30;

  /** From the bracket: 9 is a digit, A and a a letter in its case, S a sign, the rest itself. */
  private static final String SHAPE = "[99/Aaa/9999:99:99:99 S9999] \"";

  private static final int[] WORD_STARTS = {0, 8, 16, LENGTH - Long.BYTES};
  private static final long[] DIGITS = new long[WORD_STARTS.length];
  private static final long[] LITERALS = new long[WORD_STARTS.length];
  private static final long[] LITERAL_VALUES = new long[WORD_STARTS.length];

  static {
    for (int word = 0; word < WORD_STARTS.length; word++) {
      for (int i = 0; i < Long.BYTES; i++) {
        char shape = SHAPE.charAt(WORD_STARTS[word] + i);
        int shift = i * Byte.SIZE;
        if (shape == '9') {
          DIGITS[word] |= 0xFFL << shift;
        } else if ("AaS".indexOf(shape) < 0) {
          LITERALS[word] |= 0xFFL << shift;
          LITERAL_VALUES[word] |= (long) shape << shift;
        }
      }
    }
  }

  private static final long HIGH_NIBBLES = 0xF0F0F0F0F0F0F0F0L;
  private static final long DIGIT_NIBBLES = 0x3030303030303030L;
  private static final long SIXES = 0x0606060606060606L;

  private TimestampWords() {}

  /** Whether the bracket at {@code i} opens a timestamp that a quote follows. */
  static boolean standAt(byte[] text, int i, int to) {
    if (to - i < LENGTH || text[i] != '[') {
      return false;
    }
    boolean fits = true;
    for (int word = 0; word < WORD_STARTS.length; word++) {
      fits &= fits(Words.at(text, i + WORD_STARTS[word]), word);
    }
    return fits
        && isUpperCase(text[i + 4])
        && isLowerCase(text[i + 5])
        && isLowerCase(text[i + 6])
        && isSign(text[i + 22]);
  }

  /**
   * A digit has the high nibble 3, and still has it after adding 6. The sum carries into the next
   * byte only from a byte above F9, which is wrong in every place of the shape.
   */
  private static boolean fits(long bytes, int word) {
    long notDigits =
        ((bytes & HIGH_NIBBLES) ^ DIGIT_NIBBLES)
            | (((bytes + SIXES) & HIGH_NIBBLES) ^ DIGIT_NIBBLES);
    return ((notDigits & DIGITS[word]) | ((bytes & LITERALS[word]) ^ LITERAL_VALUES[word])) == 0;
  }

  private static boolean isUpperCase(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  private static boolean isLowerCase(byte b) {
    return b >= 'a' && b <= 'z';
  }

  private static boolean isSign(byte b) {
    return b == '+' || b == '-';
  }
}
