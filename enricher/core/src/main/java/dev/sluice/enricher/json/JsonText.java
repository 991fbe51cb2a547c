package dev.sluice.enricher.json;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.bytes.ByteSearch;
import java.nio.charset.StandardCharsets;

/**
 * Writes bytes of unknown origin as the inside of a JSON string: always valid JSON, always valid
 * UTF-8, always one line for every reader.
 *
 * <p>Quotes, backslashes and all control characters are escaped: U+0000 to U+001F as RFC 8259
 * wants, and also U+007F to U+009F (a terminal takes some of them for commands) and U+2028, U+2029
 * (some readers take them, and U+0085, for line ends). Valid UTF-8 passes as it is; each byte that
 * belongs to no valid sequence becomes one U+FFFD.
 */
public final class JsonText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);
  private static final byte[] LINE_SEPARATOR = "\\u2028".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PARAGRAPH_SEPARATOR = "\\u2029".getBytes(StandardCharsets.US_ASCII);

  private JsonText() {}

  /**
   * Appends the text from {@code from} (in) to {@code to} (out).
   *
   * @return whether every byte was valid UTF-8
   */
  public static boolean append(byte[] text, int from, int to, OutputBuffer out) {
    boolean valid = true;
    int pending = from; // bytes from here to i pass unchanged
    int i = ByteSearch.plainEnd(text, from, to);
    while (i < to) {
      byte b = text[i];
      int length = b >= 0 ? 1 : Utf8.sequenceLength(text, i, to);
      if (length > 1 && !isSeparatorOrControl(text, i)) {
        i = ByteSearch.plainEnd(text, i + length, to);
        continue;
      }
      out.append(text, pending, i);
      if (length == 0) {
        valid = false;
        out.append(REPLACEMENT);
        length = 1;
      } else {
        appendEscaped(text, i, length, out);
      }
      pending = i + length;
      i = ByteSearch.plainEnd(text, pending, to);
    }
    out.append(text, pending, to);
    return valid;
  }

  private static boolean isSeparatorOrControl(byte[] text, int i) {
    if (text[i] == (byte) 0xC2) {
      return text[i + 1] < (byte) 0xA0; // U+0080 to U+009F
    }
    return text[i] == (byte) 0xE2
        && text[i + 1] == (byte) 0x80
        && (text[i + 2] == (byte) 0xA8 || text[i + 2] == (byte) 0xA9);
  }

  private static void appendEscaped(byte[] text, int i, int length, OutputBuffer out) {
    switch (length) {
      case 1 -> appendEscapedAscii(text[i], out);
      case 2 -> appendUnicodeEscape(text[i + 1], out); // C2 xx is U+00xx
      default -> out.append(text[i + 2] == (byte) 0xA8 ? LINE_SEPARATOR : PARAGRAPH_SEPARATOR);
    }
  }

  private static void appendEscapedAscii(byte b, OutputBuffer out) {
    switch (b) {
      case '"', '\\' -> appendPair(b, out);
      case '\b' -> appendPair((byte) 'b', out);
      case '\f' -> appendPair((byte) 'f', out);
      case '\n' -> appendPair((byte) 'n', out);
      case '\r' -> appendPair((byte) 'r', out);
      case '\t' -> appendPair((byte) 't', out);
      default -> appendUnicodeEscape(b, out);
    }
  }

  private static void appendPair(byte second, OutputBuffer out) {
    out.append((byte) '\\');
    out.append(second);
  }

  private static void appendUnicodeEscape(byte codePoint, OutputBuffer out) {
    appendPair((byte) 'u', out);
    out.append((byte) '0');
    out.append((byte) '0');
    out.append(HEX[(codePoint >> 4) & 0xF]);
    out.append(HEX[codePoint & 0xF]);
  }
}
