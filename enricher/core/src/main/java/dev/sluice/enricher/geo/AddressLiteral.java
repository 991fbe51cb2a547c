package dev.sluice.enricher.geo;

/**
 * Reads address literals: IPv4 as four decimal numbers without leading zeros, IPv6 as RFC 4291
 * section 2.2 has it (groups, {@code ::}, IPv4 in the last 32 bits). Nothing else is an address: no
 * octal or short forms, no brackets, no zone.
 */
final class AddressLiteral {
  /** {@code ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255}. */
  private static final int MAX_LENGTH = 45;

  private static final int GROUPS = 8;
  private static final int GROUP_DIGITS = 4;
  private static final int NONE = -1;

  private AddressLiteral() {}

  static Address parse(byte[] text, int from, int to) {
    if (to - from < 2 || to - from > MAX_LENGTH) {
      return null;
    }
    for (int i = from; i < to; i++) {
      if (text[i] == ':') {
        return parseIpv6(text, from, to);
      }
    }
    long bits = parseIpv4(text, from, to);
    return bits == NONE ? null : Address.ofIpv4((int) bits);
  }

  /** The 32 bits of a dotted quad, or {@link #NONE}. */
  private static long parseIpv4(byte[] text, int from, int to) {
    long bits = 0;
    int i = from;
    for (int part = 0; part < 4; part++) {
      if (part > 0 && (i >= to || text[i++] != '.')) {
        return NONE;
      }
      int start = i;
      int value = 0;
      while (i < to && i - start < 3 && isDigit(text[i])) {
        value = value * 10 + text[i++] - '0';
      }
      if (i == start || value > 255 || (text[start] == '0' && i - start > 1)) {
        return NONE;
      }
      bits = bits << 8 | value;
    }
    return i == to ? bits : NONE;
  }

  private static Address parseIpv6(byte[] text, int from, int to) {
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = NONE; // index of the group before which :: stands
    int i = from;
    if (text[i] == ':') {
      if (text[i + 1] != ':') {
        return null;
      }
      gap = 0;
      i += 2;
    }
    while (i < to) {
      if (count == GROUPS) {
        return null;
      }
      int start = i;
      int value = 0;
      while (i < to && i - start < GROUP_DIGITS && Character.digit(text[i], 16) >= 0) {
        value = value << 4 | Character.digit(text[i++], 16);
      }
      if (i < to && text[i] == '.') {
        long bits = parseIpv4(text, start, to);
        if (bits == NONE || count > GROUPS - 2) {
          return null;
        }
        groups[count++] = (int) (bits >>> 16);
        groups[count++] = (int) (bits & 0xFFFF);
        break;
      }
      if (i == start) {
        return null;
      }
      groups[count++] = value;
      if (i == to) {
        break;
      }
      if (text[i++] != ':' || i == to) {
        return null;
      }
      if (text[i] == ':') {
        if (gap != NONE) {
          return null;
        }
        gap = count;
        i++;
      }
    }
    return assemble(groups, count, gap);
  }

  private static Address assemble(int[] groups, int count, int gap) {
    if (gap == NONE ? count != GROUPS : count == GROUPS) {
      return null;
    }
    if (gap != NONE) {
      int moved = count - gap;
      System.arraycopy(groups, gap, groups, GROUPS - moved, moved);
      for (int i = gap; i < GROUPS - moved; i++) {
        groups[i] = 0;
      }
    }
    return new Address(pack(groups, 0), pack(groups, GROUPS / 2));
  }

  private static long pack(int[] groups, int first) {
    long bits = 0;
    for (int i = first; i < first + GROUPS / 2; i++) {
      bits = bits << 16 | groups[i];
    }
    return bits;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
