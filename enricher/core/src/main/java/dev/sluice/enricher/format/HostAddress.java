package dev.sluice.enricher.format;

import dev.sluice.enricher.geo.Address;
import dev.sluice.enricher.geo.AddressBits;

/**
 * Where the address is in a host that may be written with a port: {@code 203.0.113.42:51234},
 * {@code [2001:db8::1]:443}, {@code [2001:db8::1]}. Load balancers and other servers write that
 * where httpd writes the address alone.
 */
public final class HostAddress {
  private HostAddress() {}

  /** First byte of the address. */
  public static int from(byte[] text, int from, int to) {
    return isBracketed(text, from, withoutPort(text, from, to)) ? from + 1 : from;
  }

  /** One after the last byte of the address. */
  public static int to(byte[] text, int from, int to) {
    int end = withoutPort(text, from, to);
    return isBracketed(text, from, end) ? end - 1 : end;
  }

  /** Whether there is an address, with or without port. */
  static boolean isPresent(byte[] text, int from, int to) {
    return Address.isLiteral(text, from(text, from, to), to(text, from, to));
  }

  /** Reads the address, with or without port; false when there is none. */
  public static boolean parse(byte[] text, int from, int to, AddressBits into) {
    return into.parse(text, from(text, from, to), to(text, from, to));
  }

  private static boolean isBracketed(byte[] text, int from, int to) {
    return to - from > 2 && text[from] == '[' && text[to - 1] == ']';
  }

  /** A colon and digits are a port behind a bracket, or when no other colon is there. */
  private static int withoutPort(byte[] text, int from, int to) {
    int colon = VirtualHost.portColon(text, from, to);
    if (colon <= from || text[colon - 1] == ']') {
      return colon <= from ? to : colon;
    }
    for (int i = from; i < colon; i++) {
      if (text[i] == ':') {
        return to;
      }
    }
    return colon;
  }
}
