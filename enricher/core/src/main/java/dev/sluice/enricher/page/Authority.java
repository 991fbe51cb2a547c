package dev.sluice.enricher.page;

import dev.sluice.enricher.bytes.ByteSearch;

/**
 * The host of an absolute URI (RFC 3986, section 3.2), without user and port, IPv6 in its brackets:
 * a view, used again for the next. Not thread-safe.
 */
public final class Authority {
  private static final int NONE = -1;

  private int schemeTo;
  private int hostFrom = NONE;
  private int hostTo;

  /**
   * Looks at the text from {@code from} (in) to {@code to} (out); false when it is not absolute.
   */
  public boolean find(byte[] text, int from, int to) {
    hostFrom = NONE;
    int start = Uris.authorityStart(text, from, to);
    if (start == Uris.NO_AUTHORITY) {
      return false;
    }
    schemeTo = start - "://".length();
    int end = ByteSearch.indexOf('/', text, start, Uris.pathEnd(text, start, to));
    hostFrom = ByteSearch.lastIndexOf('@', text, start, end) + 1;
    if (hostFrom <= start) {
      hostFrom = start;
    }
    hostTo = end;
    while (hostTo > hostFrom && text[hostTo - 1] >= '0' && text[hostTo - 1] <= '9') {
      hostTo--;
    }
    if (hostTo > hostFrom && text[hostTo - 1] == ':') {
      hostTo--;
    } else {
      hostTo = end;
    }
    return hostTo > hostFrom;
  }

  /** One after the last byte of the scheme, which stands first. */
  public int schemeTo() {
    return schemeTo;
  }

  public int hostFrom() {
    return hostFrom;
  }

  public int hostTo() {
    return hostTo;
  }
}
