package dev.sluice.enricher.steps;

import dev.sluice.enricher.geo.Address;

/**
 * Finds address literals inside text. Laxer than {@link Address#parse}, because here a miss is
 * worse than a false find: zero-padded numbers count, and letters before or after where enough of
 * an address stands between them. Looks at most {@value #MAX_LENGTH} bytes ahead, so all places of
 * a text take time proportional to its length. Not thread-safe.
 */
final class AddressFinder {
  private static final int MAX_LENGTH = 45;
  private static final int NONE = -1;
  private static final int GROUPS = 8;
  private static final long IPV4_MAPPED = 0xFFFFL << 32;

  /**
   * Groups that make an address of hex digits and colons between letters: {@code std::dec} is none.
   */
  private static final int CERTAIN_GROUPS = 3;

  private final int[] groups = new int[GROUPS];
  private long high;
  private long low;

  /** The address that {@link #end} found. */
  Address address() {
    return new Address(high, low);
  }

  /**
   * One after the last byte of the longest literal that begins at {@code at}, or -1.
   *
   * @param to end of the text; bytes before {@code at} are looked at too
   */
  int end(byte[] text, int at, int to) {
    byte b = text[at];
    if (b == ':') {
      boolean pair = at + 1 < to && text[at + 1] == ':' && (at == 0 || text[at - 1] != ':');
      return pair ? ipv6End(text, at, to) : NONE;
    }
    if (Character.digit(b, 16) < 0 || (at > 0 && Character.digit(text[at - 1], 16) >= 0)) {
      return b >= '0' && b <= '9' && !isDigit(text[at - 1]) ? ipv4End(text, at, to) : NONE;
    }
    int ipv6 = ipv6End(text, at, to);
    return ipv6 != NONE || !isDigit(b) ? ipv6 : ipv4End(text, at, to);
  }

  /**
   * Networks such as 141.0.0.0 are no client's address; user agents of today carry version numbers
   * of that form.
   */
  private int ipv4End(byte[] text, int at, int to) {
    int end = quadEnd(text, at, to);
    if (end == NONE || (low & 0xFFFFFF) == 0) {
      return NONE;
    }
    return end;
  }

  private int quadEnd(byte[] text, int at, int to) {
    long bits = 0;
    int i = at;
    for (int part = 0; part < 4; part++) {
      if (part > 0 && (i >= to || text[i++] != '.')) {
        return NONE;
      }
      int start = i;
      int value = 0;
      while (i < to && isDigit(text[i]) && i - start < 4) {
        value = value * 10 + text[i++] - '0';
      }
      if (i == start || i - start > 3 || value > 255) {
        return NONE;
      }
      bits = bits << 8 | value;
    }
    high = 0;
    low = IPV4_MAPPED | bits;
    return i;
  }

  private int ipv6End(byte[] text, int at, int to) {
    int limit = Math.min(to, at + MAX_LENGTH);
    int i = at;
    int count = 0;
    int gap = NONE;
    int end =
        NONE; // of the longest literal so far, which has endCount groups and its gap at endGap
    int endCount = 0;
    int endGap = NONE;
    if (text[i] == ':') {
      gap = 0;
      i += 2;
      end = i;
      endGap = 0;
    }
    while (count < GROUPS && i < limit) {
      if (count <= GROUPS - 2 && (gap != NONE || count == GROUPS - 2)) {
        int quad = quadEnd(text, i, to);
        if (quad != NONE) {
          groups[count++] = (int) (low >>> 16 & 0xFFFF);
          groups[count++] = (int) (low & 0xFFFF);
          return finish(text, at, quad, to, count, gap);
        }
      }
      int start = i;
      int value = 0;
      while (i < limit && i - start < 5 && Character.digit(text[i], 16) >= 0) {
        value = value << 4 | Character.digit(text[i++], 16);
      }
      if (i == start || i - start > 4) {
        break;
      }
      groups[count++] = value;
      if (gap == NONE ? count == GROUPS : count < GROUPS) {
        end = i;
        endCount = count;
        endGap = gap;
      }
      if (i + 1 >= limit || text[i] != ':') {
        break;
      }
      if (text[i + 1] == ':') {
        if (gap != NONE || count == GROUPS) {
          break;
        }
        gap = count;
        i += 2;
        end = i;
        endCount = count;
        endGap = gap;
      } else {
        i++;
      }
    }
    return end == NONE ? NONE : finish(text, at, end, to, endCount, endGap);
  }

  /** Sets the address; -1 for one without any group, and for too little of one between letters. */
  private int finish(byte[] text, int at, int end, int to, int count, int gap) {
    boolean amidLetters =
        (at > 0 && isLetterOrDigit(text[at - 1])) || (end < to && isLetterOrDigit(text[end]));
    if (count == 0 || (amidLetters && count < CERTAIN_GROUPS)) {
      return NONE;
    }
    int tail = gap == NONE ? 0 : count - gap;
    high = 0;
    low = 0;
    for (int i = 0; i < GROUPS; i++) {
      int head = count - tail;
      int value = i < head ? groups[i] : i < GROUPS - tail ? 0 : groups[i - GROUPS + count];
      high = high << 16 | low >>> 48;
      low = low << 16 | value;
    }
    return end;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isLetterOrDigit(byte b) {
    return isDigit(b) || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }
}
