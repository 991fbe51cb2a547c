package dev.sluice.enricher.page;

import dev.sluice.enricher.bytes.ByteSearch;

/** The outer structure of a URI (RFC 3986, section 3). */
final class Uris {
  static final int NO_AUTHORITY = -1;

  private Uris() {}

  /** Index after {@code scheme://}, or {@link #NO_AUTHORITY} when the text has no such start. */
  static int authorityStart(byte[] text, int from, int to) {
    if (from == to || !isLetter(text[from])) {
      return NO_AUTHORITY;
    }
    int i = from + 1;
    while (i < to && isSchemeByte(text[i])) {
      i++;
    }
    return to - i >= 3 && text[i] == ':' && text[i + 1] == '/' && text[i + 2] == '/'
        ? i + 3
        : NO_AUTHORITY;
  }

  private static boolean isSchemeByte(byte b) {
    return isLetter(b) || (b >= '0' && b <= '9') || b == '+' || b == '-' || b == '.';
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  /** End of the path that starts at {@code from}: a question mark, a hash sign, or {@code to}. */
  static int pathEnd(byte[] text, int from, int to) {
    return ByteSearch.indexOfEither('?', '#', text, from, to);
  }
}
