package dev.sluice.samples;

import java.util.Locale;

/**
 * An IPv4 or IPv6 address as bits. The first bit of the address is the highest bit of {@code high};
 * an IPv4 address fills the upper half of {@code high} and leaves the rest zero.
 */
public record IpAddress(boolean ipv6, long high, long low) {

  public IpAddress {
    if (!ipv6 && (low != 0 || (high & 0xFFFFFFFFL) != 0)) {
      throw new IllegalArgumentException("an IPv4 address has 32 bits");
    }
  }

  static IpAddress ipv4(int bits) {
    return new IpAddress(false, (long) bits << 32, 0);
  }

  /**
   * Reads a literal; never resolves names.
   *
   * @throws IllegalArgumentException when the text is no IPv4 or IPv6 literal
   */
  public static IpAddress parse(String text) {
    try {
      return text.indexOf(':') >= 0 ? parseIpv6(text) : parseIpv4(text);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("no IP address: " + text, notANumber);
    }
  }

  private static IpAddress parseIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException("no IP address: " + text);
    }
    int bits = 0;
    for (String part : parts) {
      int octet = Integer.parseInt(part);
      if (octet < 0 || octet > 255) {
        throw new IllegalArgumentException("no IP address: " + text);
      }
      bits = bits << 8 | octet;
    }
    return ipv4(bits);
  }

  private static IpAddress parseIpv6(String text) {
    int gap = text.indexOf("::");
    String[] head = groups(gap < 0 ? text : text.substring(0, gap));
    String[] tail = groups(gap < 0 ? "" : text.substring(gap + 2));
    int given = head.length + tail.length;
    if (gap < 0 ? given != 8 : given > 7) {
      throw new IllegalArgumentException("no IP address: " + text);
    }
    var words = new long[2];
    for (int i = 0; i < given; i++) {
      String group = i < head.length ? head[i] : tail[i - head.length];
      int value = Integer.parseInt(group, 16);
      if (value < 0 || value > 0xFFFF) {
        throw new IllegalArgumentException("no IP address: " + text);
      }
      int position = i < head.length ? i : 8 - given + i;
      words[position / 4] |= (long) value << (48 - 16 * (position % 4));
    }
    return new IpAddress(true, words[0], words[1]);
  }

  private static String[] groups(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }

  /** Number of bits: 32 or 128. */
  public int length() {
    return ipv6 ? 128 : 32;
  }

  /** Bit {@code index} from the front: 0 or 1. */
  int bit(int index) {
    return (int) (index < 64 ? high >>> (63 - index) : low >>> (127 - index)) & 1;
  }

  private int group(int index) {
    return (int) ((index < 4 ? high >>> (48 - 16 * index) : low >>> (112 - 16 * index)) & 0xFFFF);
  }

  /** The literal as servers log it: dotted decimal, or the short form of RFC 5952. */
  @Override
  public String toString() {
    return ipv6 ? ipv6Text() : ipv4Text((int) (high >>> 32));
  }

  private static String ipv4Text(int bits) {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 255)
        + "."
        + (bits >>> 8 & 255)
        + "."
        + (bits & 255);
  }

  private String ipv6Text() {
    if (high == 0 && low >>> 32 == 0xFFFF) {
      return "::ffff:" + ipv4Text((int) low);
    }
    int gapStart = -1;
    int gapLength = 1; // a single zero group is not shortened
    for (int i = 0; i < 8; i++) {
      int run = 0;
      while (i + run < 8 && group(i + run) == 0) {
        run++;
      }
      if (run > gapLength) {
        gapStart = i;
        gapLength = run;
      }
      i += run;
    }
    var text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == gapStart) {
        text.append("::");
        i += gapLength - 1;
      } else {
        if (i > 0 && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(i)).toLowerCase(Locale.ROOT));
      }
    }
    return text.toString();
  }
}
