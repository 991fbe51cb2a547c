package dev.sluice.lookups;

import dev.sluice.enricher.geo.AddressBits;

/**
 * The name under which the DNS keeps the name of an address.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-3.5">RFC 1035, section 3.5</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3596#section-2.5">RFC 3596, section 2.5</a>
 */
final class PointerName {
  private static final int NIBBLES_OF_HALF = 16;

  private PointerName() {}

  /** Such as {@code 42.113.0.203.in-addr.arpa}; an IPv4-mapped address is the IPv4 address. */
  static String of(AddressBits address) {
    var name = new StringBuilder();
    if (address.isIpv4()) {
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        name.append(address.low() >>> shift & 0xFF).append('.');
      }
      return name.append("in-addr.arpa").toString();
    }
    appendNibbles(address.low(), name);
    appendNibbles(address.high(), name);
    return name.append("ip6.arpa").toString();
  }

  private static void appendNibbles(long half, StringBuilder name) {
    for (int i = 0; i < NIBBLES_OF_HALF; i++) {
      name.append(Character.forDigit((int) (half >>> 4 * i) & 0xF, 16)).append('.');
    }
  }
}
