package dev.sluice.enricher.format;

import dev.sluice.enricher.geo.Address;

/**
 * What may stand in {@code %h}: an IPv4 or IPv6 address, one with a port ({@link HostAddress}), an
 * IPv6 address with a zone, a host name of letters, digits, dots, hyphens and underscores, a dash,
 * or {@code unix:} (nginx, for a client on a local socket). Strict, because the first field tells
 * formats apart: {@code name:port} is a virtual host, and a list with commas is X-Forwarded-For.
 */
final class RemoteHost {
  private static final String LOCAL_SOCKET = "unix:";

  private static final boolean[] NAME_BYTES = new boolean[256];

  static {
    String nameBytes = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_";
    nameBytes.chars().forEach(c -> NAME_BYTES[c] = true);
  }

  private RemoteHost() {}

  /** Index of the first byte that no host has there, or -1 for a host. */
  static int firstWrong(byte[] text, int from, int to) {
    if (from < to && text[from] == '[') {
      return HostAddress.isPresent(text, from, to) ? -1 : from;
    }
    int colon = -1;
    int zone = to;
    for (int i = from; i < to; i++) {
      byte b = text[i];
      if (b == ':' && colon < 0) {
        colon = i;
      } else if (b == '%' && colon >= 0 && zone == to) {
        zone = i;
      } else if (b != ':' && !isNameByte(b)) {
        return i;
      }
    }
    boolean fine =
        colon < 0
            || Address.isLiteral(text, from, zone)
            || HostAddress.isPresent(text, from, to)
            || isLocalSocket(text, from, to);
    return fine ? -1 : colon;
  }

  static boolean isNameByte(byte b) {
    return NAME_BYTES[b & 0xFF];
  }

  private static boolean isLocalSocket(byte[] text, int from, int to) {
    if (to - from != LOCAL_SOCKET.length()) {
      return false;
    }
    for (int i = 0; i < LOCAL_SOCKET.length(); i++) {
      if (text[from + i] != LOCAL_SOCKET.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
