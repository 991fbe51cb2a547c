package dev.sluice.enricher.geo;

/**
 * Reads address literals: IPv4 as four decimal numbers without leading zeros, IPv6 as RFC 4291
 * section 2.2 has it (groups, {@code ::}, IPv4 in the last 32 bits). Nothing else is an address: no
 * octal or short forms, no brackets, no zone. Allocates nothing.
 */
final class AddressLiteral {
  /** {@code ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255}. */
  private static final int MAX_LENGTH = 45;

  private static final int GROUPS = 8;
  private static final int GROUP_BITS = 16;
  private static final int GROUP_DIGITS = 4;
  private static final int NONE = -1;

  private static final byte[] HEX_DIGITS = new byte[256];

  static {
    for (int b = 0; b < HEX_DIGITS.length; b++) {
      HEX_DIGITS[b] = (byte) Character.digit(b < 128 ? b : ' ', 16);
    }
  }

  private AddressLiteral() {}

  /**
   * Whether the text is an address.
   *
   * @param into takes the address; null when only the answer matters
   */
  static boolean parse(byte[] text, int from, int to, AddressBits into) {
    if (to - from < 2 || to - from > MAX_LENGTH) {
      return false;
    }
    return AddressWords.parse(text, from, to, into) || parseAny(text, from, to, into);
  }

  /** {@link #parse} for texts of all lengths at all places, from two characters on. */
  static boolean parseAny(byte[] text, int from, int to, AddressBits into) {
    long bits = parseIpv4(text, from, to);
    if (bits == NONE) {
      return parseIpv6(text, from, to, into);
    }
    if (into != null) {
      into.set(0, Address.lowOfIpv4((int) bits));
    }
    return true;
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

  /** Text without a colon never makes eight groups. */
  private static boolean parseIpv6(byte[] text, int from, int to, AddressBits into) {
    long high = 0; // groups are shifted in from the right
    long low = 0;
    int count = 0;
    int gap = NONE; // index of the group before which :: stands
    int i = from;
    if (text[i] == ':') {
      if (text[i + 1] != ':') {
        return false;
      }
      gap = 0;
      i += 2;
    }
    while (i < to) {
      if (count == GROUPS) {
        return false;
      }
      int start = i;
      int value = 0;
      while (i < to && i - start < GROUP_DIGITS && hexDigit(text[i]) >= 0) {
        value = value << 4 | hexDigit(text[i++]);
      }
      if (i < to && text[i] == '.') {
        long bits = parseIpv4(text, start, to);
        if (bits == NONE || count > GROUPS - 2) {
          return false;
        }
        high = high << Integer.SIZE | low >>> Integer.SIZE;
        low = low << Integer.SIZE | bits;
        count += 2;
        break;
      }
      if (i == start) {
        return false;
      }
      high = high << GROUP_BITS | low >>> Long.SIZE - GROUP_BITS;
      low = low << GROUP_BITS | value;
      count++;
      if (i == to) {
        break;
      }
      if (text[i++] != ':' || i == to) {
        return false;
      }
      if (text[i] == ':') {
        if (gap != NONE) {
          return false;
        }
        gap = count;
        i++;
      }
    }
    if (gap == NONE ? count != GROUPS : count == GROUPS) {
      return false;
    }
    if (into != null) {
      open(high, low, count, gap, into);
    }
    return true;
  }

  /** Moves the groups before the gap to the left, over the zeros that {@code ::} stands for. */
  static void open(long high, long low, int count, int gap, AddressBits into) {
    if (gap == NONE) {
      into.set(high, low);
      return;
    }
    int tailBits = GROUP_BITS * (count - gap);
    long tailHigh = high & lowest(tailBits - Long.SIZE);
    long tailLow = low & lowest(tailBits);
    int shift = GROUP_BITS * (GROUPS - count);
    long headHigh = high & ~lowest(tailBits - Long.SIZE);
    long headLow = low & ~lowest(tailBits);
    if (shift >= Long.SIZE) {
      headHigh = shift == 2 * Long.SIZE ? 0 : headLow << shift - Long.SIZE;
      headLow = 0;
    } else {
      headHigh = headHigh << shift | headLow >>> Long.SIZE - shift;
      headLow <<= shift;
    }
    into.set(headHigh | tailHigh, headLow | tailLow);
  }

  /** The lowest {@code bits} of 64, where too few are none and too many are all. */
  private static long lowest(int bits) {
    if (bits <= 0) {
      return 0;
    }
    return bits >= Long.SIZE ? -1 : (1L << bits) - 1;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /**
   * Value of a hexadecimal digit, or {@link #NONE}. Which it is nobody can foresee: no branches.
   */
  private static int hexDigit(byte b) {
    return HEX_DIGITS[b & 0xFF];
  }
}
