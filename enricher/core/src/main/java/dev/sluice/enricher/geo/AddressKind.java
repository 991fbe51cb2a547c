package dev.sluice.enricher.geo;

import java.util.Locale;

/**
 * What an address is for. Of the networks that the IANA registries of special-purpose addresses
 * name, those that say something about a client of a web server; all others are {@link #PUBLIC}.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry/">IPv4 Special-Purpose
 *     Address Registry</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry/">IPv6 Special-Purpose
 *     Address Registry</a>
 */
public enum AddressKind {
  /** Anybody's, as far as the registries know. */
  PUBLIC,
  /** Inside of one network: RFC 1918, and unique local addresses, RFC 4193. */
  PRIVATE,
  /** Between a provider and its customers' routers ("carrier-grade NAT"): RFC 6598. */
  SHARED,
  /** The machine itself: RFC 1122, RFC 4291. */
  LOOPBACK,
  /** One link only, given to itself by a machine: RFC 3927, RFC 4291. */
  LINK_LOCAL,
  /** Many machines; never a sender: RFC 5771, RFC 4291. */
  MULTICAST,
  /** Every machine of the link; never a sender: RFC 919, RFC 8190. */
  BROADCAST,
  /** For examples: RFC 5737, RFC 3849, RFC 9637. */
  DOCUMENTATION,
  /** For tests of network devices: RFC 2544, RFC 5180. */
  BENCHMARKING,
  /** An IPv4 address inside of IPv6: RFC 6052, RFC 8215, RFC 3056, RFC 4380. */
  TRANSLATED,
  /** No address at all: RFC 1122, RFC 4291. */
  UNSPECIFIED,
  /** Kept for something else, or for the future: RFC 1112, RFC 791, RFC 6890, RFC 6666. */
  RESERVED;

  private record Network(AddressRange range, AddressKind kind) {
    static Network of(String range, AddressKind kind) {
      return new Network(AddressRange.parse(range), kind);
    }
  }

  /**
   * The first network that holds an address decides, so that exceptions stand before their rule.
   */
  private static final Network[] IPV4 = {
    Network.of("10.0.0.0/8", PRIVATE), // RFC 1918
    Network.of("172.16.0.0/12", PRIVATE), // RFC 1918
    Network.of("192.168.0.0/16", PRIVATE), // RFC 1918
    Network.of("100.64.0.0/10", SHARED), // RFC 6598
    Network.of("127.0.0.0/8", LOOPBACK), // RFC 1122, 3.2.1.3
    Network.of("169.254.0.0/16", LINK_LOCAL), // RFC 3927
    Network.of("0.0.0.0", UNSPECIFIED), // RFC 1122, 3.2.1.3
    Network.of("0.0.0.0/8", RESERVED), // RFC 791, 3.2: "this network"
    Network.of("192.0.2.0/24", DOCUMENTATION), // RFC 5737: TEST-NET-1
    Network.of("198.51.100.0/24", DOCUMENTATION), // RFC 5737: TEST-NET-2
    Network.of("203.0.113.0/24", DOCUMENTATION), // RFC 5737: TEST-NET-3
    Network.of("198.18.0.0/15", BENCHMARKING), // RFC 2544
    Network.of("192.0.0.9", PUBLIC), // RFC 7723: Port Control Protocol anycast
    Network.of("192.0.0.10", PUBLIC), // RFC 8155: TURN anycast
    Network.of("192.0.0.0/24", RESERVED), // RFC 6890, 2.1: protocol assignments
    Network.of("192.88.99.0/24", RESERVED), // RFC 7526: 6to4 relay anycast, deprecated
    Network.of("224.0.0.0/4", MULTICAST), // RFC 5771
    Network.of("255.255.255.255", BROADCAST), // RFC 8190, RFC 919, section 7
    Network.of("240.0.0.0/4", RESERVED), // RFC 1112, section 4
  };

  private static final Network[] IPV6 = {
    Network.of("2001:db8::/32", DOCUMENTATION), // RFC 3849
    Network.of("3fff::/20", DOCUMENTATION), // RFC 9637
    Network.of("2002::/16", TRANSLATED), // RFC 3056: 6to4
    Network.of("2001::/32", TRANSLATED), // RFC 4380: Teredo
    Network.of("2001:2::/48", BENCHMARKING), // RFC 5180, with its erratum 1752
    Network.of("2001:1::1", PUBLIC), // RFC 7723: Port Control Protocol anycast
    Network.of("2001:1::2", PUBLIC), // RFC 8155: TURN anycast
    Network.of("2001:1::3", PUBLIC), // RFC 9665: DNS-SD service registration anycast
    Network.of("2001:3::/32", PUBLIC), // RFC 7450: AMT
    Network.of("2001:4:112::/48", PUBLIC), // RFC 7535: AS112
    Network.of("2001:20::/28", PUBLIC), // RFC 7343: ORCHIDv2
    Network.of("2001:30::/28", PUBLIC), // RFC 9374: drone remote ID
    Network.of("2001::/23", RESERVED), // RFC 2928: protocol assignments
    Network.of("2000::/3", PUBLIC), // RFC 4291, 2.4: what is given out at all
    Network.of("::1", LOOPBACK), // RFC 4291, 2.5.3
    Network.of("::", UNSPECIFIED), // RFC 4291, 2.5.2
    Network.of("64:ff9b::/96", TRANSLATED), // RFC 6052
    Network.of("64:ff9b:1::/48", TRANSLATED), // RFC 8215
    Network.of("fc00::/7", PRIVATE), // RFC 4193
    Network.of("fe80::/10", LINK_LOCAL), // RFC 4291, 2.5.6
    Network.of("ff00::/8", MULTICAST), // RFC 4291, 2.7
    Network.of("::/0", RESERVED), // RFC 4291, 2.4; RFC 6666, RFC 9602 among them
  };

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in the output, such as {@code link_local}. */
  public String label() {
    return label;
  }

  /**
   * The kind of an address; an IPv4-mapped one is the IPv4 address. Allocates nothing.
   *
   * @param high first eight bytes
   * @param low last eight bytes
   */
  public static AddressKind of(long high, long low) {
    boolean ipv4 = Address.isIpv4(high, low);
    for (Network network : ipv4 ? IPV4 : IPV6) {
      if (network.range.contains(high, low)) {
        return network.kind;
      }
    }
    return PUBLIC;
  }
}
