package dev.sluice.enricher.steps;

/**
 * Text as a reader of it would see it: escapes of the log ({@code \x40}, {@code \"}, {@code
 * \\u0040}) and of URLs ({@code %40}, {@code %2540}, {@code %u0040}) are one byte each, that knows
 * where it came from. Whatever is found in the decoded bytes can so be cut out of the text as it
 * was logged. Takes time proportional to the text; its arrays are used again. Not thread-safe.
 */
final class DecodedText {
  private static final int NOT_HEX = -1;

  private byte[] bytes = new byte[1024];
  private byte[] levels = new byte[1024];
  private int[] starts = new int[1025];
  private int length;

  /** Decodes the text from {@code from} (in) to {@code to} (out). */
  void read(byte[] text, int from, int to) {
    reserve(to - from);
    length = 0;
    int i = from;
    while (i < to) {
      int size = text[i] == '\\' ? logEscapeLength(text, i, to) : 1;
      add(size > 1 ? logEscape(text, i, size) : text[i], i, size > 1 ? 1 : 0);
      i += size;
    }
    starts[length] = to;
    decodePercents();
  }

  private void reserve(int count) {
    if (bytes.length < count) {
      bytes = new byte[count + count / 2];
      levels = new byte[bytes.length];
      starts = new int[bytes.length + 1];
    }
  }

  private void add(byte value, int start, int level) {
    bytes[length] = value;
    starts[length] = start;
    levels[length] = (byte) Math.min(level, Byte.MAX_VALUE);
    length++;
  }

  /** Bytes of the escape at the backslash {@code i}, or 1. */
  private static int logEscapeLength(byte[] text, int i, int to) {
    if (i + 1 == to) {
      return 1;
    }
    switch (text[i + 1]) {
      case 'x':
        return hexPair(text, i + 2, to) == NOT_HEX ? 1 : 4;
      case 'u':
        return isUnicodeEscape(text, i + 1, to) ? 6 : 1;
      case '\\': // httpd doubles the backslash of what a client sent
        return i + 2 < to && isUnicodeEscape(text, i + 2, to) ? 7 : 2;
      case '"', 'b', 'n', 'r', 't', 'v':
        return 2;
      default:
        return 1;
    }
  }

  private static byte logEscape(byte[] text, int i, int size) {
    return switch (size) {
      case 2 ->
          switch (text[i + 1]) {
            case '"', '\\' -> text[i + 1];
            default -> ' '; // white space and backspace: what matters is that they part words
          };
      default -> (byte) hexPair(text, i + size - 2, i + size);
    };
  }

  /** {@code u00} and two hex digits. */
  private static boolean isUnicodeEscape(byte[] text, int i, int to) {
    return i + 5 <= to
        && text[i] == 'u'
        && text[i + 1] == '0'
        && text[i + 2] == '0'
        && hexPair(text, i + 3, to) != NOT_HEX;
  }

  private static int hexPair(byte[] text, int i, int to) {
    if (i + 2 > to) {
      return NOT_HEX;
    }
    int high = Character.digit(text[i], 16);
    int low = Character.digit(text[i + 1], 16);
    return high < 0 || low < 0 ? NOT_HEX : high << 4 | low;
  }

  /** In place: what is written never overtakes what is read. */
  private void decodePercents() {
    int count = length;
    int end = starts[count];
    length = 0;
    int i = 0;
    while (i < count) {
      int start = starts[i];
      int level = levels[i];
      byte value = bytes[i];
      int next = i + 1;
      if (value == '%') {
        if (next < count && isUnicodeEscape(bytes, next, count)) {
          value = (byte) hexPair(bytes, next + 3, count);
          level++;
          next += 5;
        } else {
          int pair = hexPair(bytes, next, count);
          while (pair != NOT_HEX) {
            value = (byte) pair;
            level++;
            next += 2;
            // A percent sign that was encoded itself: %25 and what follows are one byte again.
            pair = value == '%' ? hexPair(bytes, next, count) : NOT_HEX;
          }
        }
      }
      add(value, start, level);
      i = next;
    }
    starts[length] = end;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Where the byte came from in the text; for {@link #length()} the end of the text. */
  int start(int index) {
    return starts[index];
  }

  /** How many times the byte was encoded: 0 for one that stands for itself. */
  int level(int index) {
    return levels[index];
  }
}
