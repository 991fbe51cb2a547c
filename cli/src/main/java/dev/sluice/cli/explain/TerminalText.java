package dev.sluice.cli.explain;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Text of a stranger made safe for a terminal: UTF-8 is shown as it is, but for whatever moves,
 * hides or turns text. That, and each byte which is no UTF-8, is shown as its bytes in hexadecimal,
 * such as {@code <1b>}.
 */
final class TerminalText {
  private static final HexFormat HEX = HexFormat.of();

  private TerminalText() {}

  static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return of(bytes, 0, bytes.length);
  }

  static String of(byte[] bytes, int from, int to) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer out = CharBuffer.allocate(to - from + 1);
    var text = new StringBuilder();
    while (in.hasRemaining()) {
      CoderResult result = decoder.reset().decode(in, out, true);
      out.flip();
      out.codePoints().forEach(codePoint -> append(codePoint, text));
      out.clear();
      if (result.isError()) {
        for (int i = 0; i < result.length(); i++) {
          text.append('<').append(HEX.toHexDigits(in.get())).append('>');
        }
      }
    }
    return text.toString();
  }

  private static void append(int codePoint, StringBuilder text) {
    if (isShown(codePoint)) {
      text.appendCodePoint(codePoint);
    } else {
      byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
      text.append('<').append(HEX.formatHex(bytes)).append('>');
    }
  }

  private static boolean isShown(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
