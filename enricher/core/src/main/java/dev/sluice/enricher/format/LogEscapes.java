package dev.sluice.enricher.format;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.json.Utf8;

/**
 * Turns the escapes of httpd and nginx back into bytes. httpd ({@code ap_escape_logitem} in
 * server/util.c) writes {@code \b \n \r \t \v \" \\} and {@code \xhh}, nginx ({@code
 * ngx_http_log_escape}) {@code \xHH} in capitals for the same bytes. Both escape the backslash, so
 * the bytes that a client sent are known exactly; a backslash that begins none of these was written
 * by another program and stays.
 */
public final class LogEscapes {
  private static final int HEX_ESCAPE_BYTES = 4;
  private static final int NOT_HEX = -1;

  private LogEscapes() {}

  /** Whether there is anything to decode. */
  public static boolean areIn(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  /**
   * Appends the bytes that the logged text from {@code from} (in) to {@code to} (out) stands for.
   * Where they are no UTF-8, the text is appended as logged instead: then no JSON could hold the
   * bytes, and this way they can still be told from the text. The same where U+FFFD stands in the
   * text itself: another program has put it there for bytes that nobody knows any more.
   *
   * @return whether the bytes were UTF-8, that is whether the text was decoded
   */
  public static boolean decode(byte[] text, int from, int to, OutputBuffer out) {
    int start = out.length();
    int pending = from; // bytes from here to i pass unchanged
    boolean whole = true;
    int i = from;
    while (i < to) {
      whole &= !isReplacement(text, i, to);
      int length = text[i] == '\\' ? escapeLength(text, i, to) : 1;
      if (length > 1) {
        out.append(text, pending, i);
        out.append(decoded(text, i));
        pending = i + length;
      }
      i += length;
    }
    out.append(text, pending, to);
    if (whole && Utf8.isValid(out.array(), start, out.length())) {
      return true;
    }
    out.truncate(start);
    out.append(text, from, to);
    return false;
  }

  /** Whether U+FFFD stands at {@code i}. */
  public static boolean isReplacement(byte[] text, int i, int to) {
    return text[i] == (byte) 0xEF
        && to - i >= 3
        && text[i + 1] == (byte) 0xBF
        && text[i + 2] == (byte) 0xBD;
  }

  /** Bytes of the escape at {@code i}: 2 or 4, or 1 when the backslash begins none. */
  private static int escapeLength(byte[] text, int i, int to) {
    if (i + 1 == to) {
      return 1;
    }
    return switch (text[i + 1]) {
      case 'b', 'n', 'r', 't', 'v', '"', '\\' -> 2;
      case 'x' ->
          i + HEX_ESCAPE_BYTES <= to && hex(text[i + 2]) != NOT_HEX && hex(text[i + 3]) != NOT_HEX
              ? HEX_ESCAPE_BYTES
              : 1;
      default -> 1;
    };
  }

  private static byte decoded(byte[] text, int i) {
    return switch (text[i + 1]) {
      case 'b' -> '\b';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0B;
      case 'x' -> (byte) (hex(text[i + 2]) << 4 | hex(text[i + 3]));
      default -> text[i + 1];
    };
  }

  private static int hex(byte digit) {
    return Character.digit(digit, 16);
  }
}
