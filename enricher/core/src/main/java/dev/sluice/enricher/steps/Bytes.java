package dev.sluice.enricher.steps;

/** Classes of bytes that finders go by. */
final class Bytes {
  private static final int DIGIT = 1;
  private static final int LETTER = 2;
  private static final int HEX = 4;
  private static final int WORD = 8;
  private static final int MAILBOX = 16;
  private static final int DOMAIN = 32;
  private static final int NAME = 64;

  private static final int[] CLASSES = new int[256];

  static {
    for (int b = 0; b < CLASSES.length; b++) {
      boolean digit = b >= '0' && b <= '9';
      boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
      boolean beyondAscii = b >= 0x80;
      CLASSES[b] =
          (digit ? DIGIT : 0)
              | (letter ? LETTER : 0)
              | (Character.digit(b, 16) >= 0 && !beyondAscii ? HEX : 0)
              | (digit || letter || b == '-' || b == '_' ? WORD : 0)
              | (digit || letter || beyondAscii || isOneOf(b, ".!$%'*+-^_`{|}~") ? MAILBOX : 0)
              | (digit || letter || beyondAscii || isOneOf(b, ".-_") ? DOMAIN : 0)
              | (digit || letter || beyondAscii || isOneOf(b, "_-.~[]") ? NAME : 0);
    }
  }

  private Bytes() {}

  private static boolean isOneOf(int b, String chars) {
    return chars.indexOf(b) >= 0;
  }

  static boolean isDigit(byte b) {
    return (CLASSES[b & 0xFF] & DIGIT) != 0;
  }

  static boolean isLetter(byte b) {
    return (CLASSES[b & 0xFF] & LETTER) != 0;
  }

  static boolean isLetterOrDigit(byte b) {
    return (CLASSES[b & 0xFF] & (LETTER | DIGIT)) != 0;
  }

  static boolean isHex(byte b) {
    return (CLASSES[b & 0xFF] & HEX) != 0;
  }

  /** Letters, digits, hyphen, underscore: what base64url is made of. */
  static boolean isWord(byte b) {
    return (CLASSES[b & 0xFF] & WORD) != 0;
  }

  /** What stands before the @ of an e-mail address, but for what parts the words of a URL. */
  static boolean isMailbox(byte b) {
    return (CLASSES[b & 0xFF] & MAILBOX) != 0;
  }

  /** What stands behind the @ of an e-mail address. */
  static boolean isDomain(byte b) {
    return (CLASSES[b & 0xFF] & DOMAIN) != 0;
  }

  /** What names of parameters are made of. */
  static boolean isName(byte b) {
    return (CLASSES[b & 0xFF] & NAME) != 0;
  }

  static boolean equalsIgnoringCase(byte[] text, int from, int to, byte[] lowerCase) {
    return to - from == lowerCase.length && startsWithIgnoringCase(text, from, to, lowerCase);
  }

  static boolean startsWithIgnoringCase(byte[] text, int from, int to, byte[] lowerCase) {
    if (to - from < lowerCase.length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      if (Substrings.lowerCase(text[from + i]) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }
}
