package dev.sluice.enricher.geo;

import dev.sluice.enricher.bytes.Words;

/**
 * Reads address literals eight bytes at a time: where the digits and the points are is told by bit
 * masks, one bit for each byte, so that hardly anything depends on branches, which nobody could
 * foresee. {@link AddressLiteral} is the definition; its answers are these.
 */
final class AddressWords {
  /** Bytes from the start of the text on that must be there to be read, whatever they are. */
  private static final int READ_BYTES = 48;

  private static final int MAX_IPV4_LENGTH = 15;

  /** Eight groups of four digits. */
  private static final int MAX_IPV6_LENGTH = 39;

  private static final long DIGIT_ZEROS = Words.of('0');
  private static final long POINTS = Words.of('.');
  private static final long COLONS = Words.of(':');
  private static final long LOWER_CASE = Words.of(' ');
  private static final long BEFORE_LETTERS = Words.of('`');

  private static final int GROUPS = 8;
  private static final int GROUP_BITS = 16;
  private static final int NO_GAP = -1;

  private AddressWords() {}

  /**
   * Takes an address of at least two characters; not one with colons and points, and none at the
   * end of an array.
   *
   * @return false when the text is no such address, and may be another
   */
  static boolean parse(byte[] text, int from, int to, AddressBits into) {
    return from + READ_BYTES <= text.length
        && (parseIpv4(text, from, to, into) || parseIpv6(text, from, to, into));
  }

  private static boolean parseIpv4(byte[] text, int from, int to, AddressBits into) {
    int length = to - from;
    if (length > MAX_IPV4_LENGTH) {
      return false;
    }
    long first = Words.at(text, from);
    long second = Words.at(text, from + Words.BYTES);
    int all = (1 << length) - 1;
    int points =
        (Words.bits(Words.findAll(first, POINTS)) | Words.bits(Words.findAll(second, POINTS)) << 8)
            & all;
    int others =
        Words.bits(Words.findAbove(first ^ DIGIT_ZEROS, 9))
            | Words.bits(Words.findAbove(second ^ DIGIT_ZEROS, 9)) << 8;
    if (points != (others & all) || Integer.bitCount(points) != 3) {
      return false;
    }
    int one = Integer.numberOfTrailingZeros(points);
    int rest = points & points - 1;
    int two = Integer.numberOfTrailingZeros(rest);
    int three = Integer.numberOfTrailingZeros(rest & rest - 1);
    int a = part(text, from, one);
    int b = part(text, from + one + 1, two - one - 1);
    int c = part(text, from + two + 1, three - two - 1);
    int d = part(text, from + three + 1, length - three - 1);
    if ((a | b | c | d) < 0) {
      return false;
    }
    if (into != null) {
      into.set(0, Address.lowOfIpv4(a << 24 | b << 16 | c << 8 | d));
    }
    return true;
  }

  /**
   * The number of some digits; negative when there are none or more than three, when it is above
   * 255, and when it has a zero in front.
   */
  private static int part(byte[] text, int from, int length) {
    int digits = ((int) Words.at(text, from) & 0x0F0F_0F0F) << (4 - length) * Byte.SIZE;
    int hundreds = digits >>> 8 & 0xF;
    int tens = digits >>> 16 & 0xF;
    int value = hundreds * 100 + tens * 10 + (digits >>> 24);
    int wrongIfNegative = value - least(length) | 255 - value | length - 1 | 3 - length;
    return value | wrongIfNegative >> Integer.SIZE - 1;
  }

  /** The smallest number of one, two and three digits without a zero in front: 0, 10, 100. */
  static int least(int digits) {
    return (digits >> 1) * (90 * digits - 170);
  }

  private static boolean parseIpv6(byte[] text, int from, int to, AddressBits into) {
    int length = to - from;
    if (length > MAX_IPV6_LENGTH) {
      return false;
    }
    long colons = 0;
    long others = 0;
    for (int i = 0; i < length; i += Words.BYTES) {
      long word = Words.at(text, from + i);
      colons |= (long) Words.bits(Words.findAll(word, COLONS)) << i;
      others |= (long) Words.bits(notHexadecimal(word)) << i;
    }
    long all = (1L << length) - 1;
    colons &= all;
    long pairs = colons & colons >>> 1;
    // A colon at an end is one of a pair, and there is one pair at most.
    boolean misplaced =
        (colons & ~pairs & 1) != 0
            || (colons >>> length - 1 & ~(pairs >>> length - 2)) != 0
            || (pairs & pairs - 1) != 0;
    return colons == (others & all)
        && colons != 0
        && !misplaced
        && groups(text, from, length, colons, into);
  }

  private static boolean groups(byte[] text, int from, int length, long colons, AddressBits into) {
    long high = 0; // groups are shifted in from the right
    long low = 0;
    int count = 0;
    int gap = NO_GAP; // index of the group before which :: stands
    int start = 0;
    for (long ends = colons | 1L << length; ends != 0; ends &= ends - 1) {
      int end = Long.numberOfTrailingZeros(ends);
      int digits = end - start;
      if (digits == 0) {
        gap = count;
      } else {
        if (digits > 4) {
          return false;
        }
        high = high << GROUP_BITS | low >>> Long.SIZE - GROUP_BITS;
        low = low << GROUP_BITS | group(text, from + start, digits);
        count++;
      }
      start = end + 1;
    }
    if (gap == NO_GAP ? count != GROUPS : count >= GROUPS) {
      return false;
    }
    if (into != null) {
      AddressLiteral.open(high, low, count, gap, into);
    }
    return true;
  }

  /** The number of one to four hexadecimal digits. */
  private static int group(byte[] text, int from, int digits) {
    int characters = (int) Words.at(text, from);
    int values = (characters & 0x0F0F_0F0F) + 9 * (characters >>> 6 & 0x0101_0101);
    int nibbles = Integer.reverseBytes(values << (4 - digits) * Byte.SIZE);
    int bytes = (nibbles | nibbles >>> 4) & 0x00FF_00FF;
    return (bytes | bytes >>> 8) & 0xFFFF;
  }

  private static long notHexadecimal(long word) {
    long letters = (word | LOWER_CASE) ^ BEFORE_LETTERS; // 1 to 6
    return Words.findAbove(word ^ DIGIT_ZEROS, 9)
        & (Words.findAbove(letters, 6) | Words.findAll(letters, 0));
  }
}
