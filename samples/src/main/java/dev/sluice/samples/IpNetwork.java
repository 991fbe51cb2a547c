package dev.sluice.samples;

/** A network in CIDR terms: the bits behind the prefix are zero. */
public record IpNetwork(IpAddress address, int prefixLength) {

  public IpNetwork {
    if (prefixLength < 0 || prefixLength > address.length()) {
      throw new IllegalArgumentException(
          "prefix length out of range: " + address + "/" + prefixLength);
    }
    if ((address.high() & hostMask(prefixLength)) != 0
        || (address.low() & hostMask(Math.max(0, prefixLength - 64))) != 0 && prefixLength > 64
        || prefixLength <= 64 && address.low() != 0) {
      throw new IllegalArgumentException("bits behind the prefix: " + address + "/" + prefixLength);
    }
  }

  /** Reads {@code 203.0.113.0/24} or {@code 2001:db8::/32}. */
  public static IpNetwork parse(String cidr) {
    int slash = cidr.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("no prefix length: " + cidr);
    }
    return new IpNetwork(
        IpAddress.parse(cidr.substring(0, slash)), Integer.parseInt(cidr.substring(slash + 1)));
  }

  /** The mask of the bits of one 64-bit word that lie behind a prefix. */
  private static long hostMask(int prefixLength) {
    return prefixLength >= 64 ? 0 : -1L >>> prefixLength;
  }

  public boolean contains(IpAddress other) {
    return other.ipv6() == address.ipv6()
        && ((other.high() ^ address.high()) & ~hostMask(prefixLength)) == 0
        && (prefixLength <= 64
            || ((other.low() ^ address.low()) & ~hostMask(prefixLength - 64)) == 0);
  }

  /** The address of this network whose bits behind the prefix are taken from the given words. */
  IpAddress host(long high, long low) {
    if (!address.ipv6()) {
      return new IpAddress(
          false, address.high() | high & hostMask(prefixLength) & 0xFFFFFFFF00000000L, 0);
    }
    long lowMask = prefixLength <= 64 ? -1L : hostMask(prefixLength - 64);
    return new IpAddress(
        true, address.high() | high & hostMask(prefixLength), address.low() | low & lowMask);
  }

  @Override
  public String toString() {
    return address + "/" + prefixLength;
  }
}
