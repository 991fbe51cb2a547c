package dev.sluice.enricher.format;

import dev.sluice.enricher.bytes.ByteSearch;

/** How {@code auto} tells lines that begin with {@code %v:%p}. */
final class VirtualHost {
  static final int MAX_PORT_DIGITS = 5;

  private VirtualHost() {}

  /**
   * Whether the line begins with a name, a colon, a port, and then an address where other formats
   * have the identity. No line of those could be read otherwise: an address is no identity.
   */
  static boolean isAnnounced(byte[] text, int from, int to) {
    int space = ByteSearch.indexOf(' ', text, from, to);
    int colon = portColon(text, from, space);
    if (colon <= from || !isName(text, from, colon)) {
      return false;
    }
    int host = space + 1;
    int hostTo = ByteSearch.indexOf(' ', text, Math.min(host, to), to);
    return hostTo < to && FieldChecks.isAddress(text, host, hostTo);
  }

  /** Index of the colon before one to five digits that end at {@code to}, or -1. */
  static int portColon(byte[] text, int from, int to) {
    int i = to;
    while (i > from && to - i < MAX_PORT_DIGITS && text[i - 1] >= '0' && text[i - 1] <= '9') {
      i--;
    }
    return i > from && i < to && text[i - 1] == ':' ? i - 1 : -1;
  }

  private static boolean isName(byte[] text, int from, int to) {
    if (text[from] == '[' && text[to - 1] == ']') {
      return FieldChecks.isAddress(text, from + 1, to - 1);
    }
    for (int i = from; i < to; i++) {
      if (!RemoteHost.isNameByte(text[i])) {
        return false;
      }
    }
    return true;
  }
}
