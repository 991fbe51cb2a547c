package dev.sluice.enricher.json;

/** What is well-formed UTF-8: table 3-7 of the Unicode Standard. */
public final class Utf8 {
  private Utf8() {}

  /**
   * Bytes of the well-formed sequence that starts at {@code i}: 1 to 4, or 0 when none does before
   * {@code to}.
   */
  public static int sequenceLength(byte[] text, int i, int to) {
    int lead = text[i] & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    if (lead < 0xC2 || lead > 0xF4) {
      return 0;
    }
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (to - i < length || !isSecond(lead, text[i + 1] & 0xFF)) {
      return 0;
    }
    for (int k = 2; k < length; k++) {
      if (!isContinuation(text[i + k] & 0xFF)) {
        return 0;
      }
    }
    return length;
  }

  /** The second byte rules out overlong forms, surrogates and code points above U+10FFFF. */
  private static boolean isSecond(int lead, int second) {
    return switch (lead) {
      case 0xE0 -> second >= 0xA0 && second <= 0xBF;
      case 0xED -> second >= 0x80 && second <= 0x9F;
      case 0xF0 -> second >= 0x90 && second <= 0xBF;
      case 0xF4 -> second >= 0x80 && second <= 0x8F;
      default -> isContinuation(second);
    };
  }

  private static boolean isContinuation(int b) {
    return (b & 0xC0) == 0x80;
  }

  /** Whether all bytes from {@code from} (in) to {@code to} (out) are well-formed. */
  public static boolean isValid(byte[] text, int from, int to) {
    int i = from;
    while (i < to) {
      int length = sequenceLength(text, i, to);
      if (length == 0) {
        return false;
      }
      i += length;
    }
    return true;
  }
}
