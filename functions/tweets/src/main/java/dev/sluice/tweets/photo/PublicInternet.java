package dev.sluice.tweets.photo;

import dev.sluice.enricher.geo.AddressKind;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The public Internet alone, by the IANA registries of special-purpose addresses: no private,
 * loopback, link-local, multicast, unique local, documentation, IPv4-mapped, NAT64, 6to4 or Teredo
 * address, and none that is given to nobody.
 */
final class PublicInternet implements AddressPolicy {
  /** Bytes 8 to 11 of an IPv4 address in IPv6; those before are 0. */
  private static final long IPV4_MAPPED = 0xFFFF;

  @Override
  public boolean isAllowed(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    if (bytes.remaining() == Integer.BYTES) {
      long low = IPV4_MAPPED << Integer.SIZE | Integer.toUnsignedLong(bytes.getInt());
      return AddressKind.of(0, low) == AddressKind.PUBLIC;
    }
    long high = bytes.getLong();
    return isAllowed(high, bytes.getLong());
  }

  /** Whether an address of IPv6 is; an IPv4-mapped one never is, whatever it maps. */
  static boolean isAllowed(long high, long low) {
    boolean mapped = high == 0 && low >>> Integer.SIZE == IPV4_MAPPED;
    return !mapped && AddressKind.of(high, low) == AddressKind.PUBLIC;
  }
}
