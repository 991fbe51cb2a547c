package dev.sluice.web.files;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The header that has a browser save an answer under a name (RFC 6266, RFC 8187). */
final class AttachmentName {

  private static final String ATTR_CHARS = "!#$&+-.^_`|~"; // RFC 8187, beside letters and digits
  private static final int MAX_PLAIN_CHARS = 200;

  private AttachmentName() {}

  static String header(String name) {
    return "attachment; filename=\"" + plain(name) + "\"; filename*=UTF-8''" + encoded(name);
  }

  /** For clients that know nothing but ASCII; whatever means something in a header or path is _. */
  private static String plain(String name) {
    var plain = new StringBuilder();
    int from = Math.max(0, name.length() - MAX_PLAIN_CHARS); // the end says what it is
    for (int i = from; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean harmless =
          c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '/' && c != ';' && c != '%';
      plain.append(harmless ? c : '_');
    }
    return plain.toString();
  }

  private static String encoded(String name) {
    var encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || ATTR_CHARS.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
