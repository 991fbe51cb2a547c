package dev.sluice.enricher.steps;

/** Tells random words from written ones. */
final class Base64Runs {
  private static final int MIN_DIGITS = 2;
  private static final int PERCENT = 33;

  /** For base64 with a plus sign or a slash in it, which hardly any word has. */
  private static final int PERCENT_WITH_SIGNS = 30;

  private Base64Runs() {}

  /**
   * Whether small letters, capitals and digits change at a third of the places or more. In random
   * base64 they change at 63 %, in random letters of one case with digits at 40 %, in words joined
   * by their capitals at less than 30 %.
   */
  static boolean isRandom(byte[] text, int from, int to) {
    return isRandom(text, from, to, MIN_DIGITS, PERCENT);
  }

  private static boolean isRandom(byte[] text, int from, int to, int minDigits, int percent) {
    int changes = 0;
    int digits = 0;
    int letters = 0;
    int last = 0;
    for (int i = from; i < to; i++) {
      int kind = kind(text[i]);
      digits += kind == 1 ? 1 : 0;
      letters += kind > 1 ? 1 : 0;
      if (kind != 0) {
        changes += last != 0 && kind != last ? 1 : 0;
        last = kind;
      }
    }
    return digits >= minDigits && letters > 0 && 100L * changes >= (long) percent * (to - from);
  }

  private static int kind(byte b) {
    if (Bytes.isDigit(b)) {
      return 1;
    }
    if (!Bytes.isLetter(b)) {
      return 0;
    }
    return b >= 'a' ? 2 : 3;
  }

  /** Marks base64 with its plus signs and slashes, of {@code minBytes} or more. */
  static void mark(DecodedText text, TextMarks marks, int minBytes) {
    byte[] bytes = text.bytes();
    int length = text.length();
    int from = 0;
    while (from < length) {
      int to = from;
      int slashes = 0;
      int signs = 0;
      while (to < length && isBase64(bytes[to])) {
        slashes += bytes[to] == '/' ? 1 : 0;
        signs += bytes[to] == '/' || bytes[to] == '+' ? 1 : 0;
        to++;
      }
      // Of 64 letters one is a slash; more of them are a path.
      if (to - from >= minBytes
          && 8 * slashes <= to - from
          && isRandom(bytes, from, to, 1, signs > 0 ? PERCENT_WITH_SIGNS : PERCENT)) {
        while (to < length && bytes[to] == '=') {
          to++;
        }
        marks.mark(from, to, TextMarks.TOKEN);
      }
      from = to + 1;
    }
  }

  private static boolean isBase64(byte b) {
    return Bytes.isLetterOrDigit(b) || b == '+' || b == '/';
  }
}
