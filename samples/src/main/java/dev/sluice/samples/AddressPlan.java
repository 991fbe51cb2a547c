package dev.sluice.samples;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Hands out networks that look like those of a continent's registry, each at most once. First
 * octets are those that the registry of the continent mostly serves (IANA IPv4 address space
 * registry); the networks themselves are invented. Octets with private, reserved or documentation
 * ranges are left out.
 */
final class AddressPlan {
  /** Public first octets that no continent has, so the sample database never locates them. */
  static final int[] UNLOCATED_OCTETS = {15, 20, 44, 53, 56};

  private static final Map<String, int[]> IPV4_OCTETS =
      Map.of(
          "EU",
              octets(
                  2, 2, 5, 5, 31, 31, 37, 37, 46, 46, 62, 62, 77, 95, 109, 109, 176, 176, 178, 178,
                  185, 185, 188, 188, 193, 195, 212, 213, 217, 217),
          "NA",
              octets(
                  23, 24, 50, 50, 63, 76, 96, 99, 104, 104, 107, 108, 173, 174, 184, 184, 199, 199,
                  204, 209, 216, 216),
          "AS",
              octets(
                  1, 1, 14, 14, 27, 27, 36, 36, 39, 39, 42, 42, 49, 49, 58, 61, 106, 106, 111, 125,
                  175, 175, 180, 180, 182, 183, 210, 211, 218, 223),
          "OC", octets(101, 101, 103, 103, 110, 110, 202, 202),
          "SA", octets(177, 177, 179, 179, 181, 181, 186, 187, 189, 191, 200, 201),
          "AF", octets(41, 41, 102, 102, 105, 105, 154, 154, 196, 197));

  /** The first 16 bits of IPv6 networks, from and to. */
  private static final Map<String, int[]> IPV6_GROUPS =
      Map.of(
          "EU", new int[] {0x2a00, 0x2a0f},
          "NA", new int[] {0x2600, 0x2607},
          "AS", new int[] {0x2400, 0x2409},
          "OC", new int[] {0x240a, 0x240b},
          "SA", new int[] {0x2800, 0x2804},
          "AF", new int[] {0x2c0e, 0x2c0f});

  private static final int[] IPV4_PREFIXES = {16, 17, 18, 19, 20, 21, 22, 23, 24};
  private static final int[] IPV6_PREFIXES = {32, 36, 40, 44, 48};

  /**
   * A step without a common factor with any number of slots, so that neighbours go to different
   * cities.
   */
  private static final int STRIDE = 10_007;

  private final Dice dice;
  private final Map<String, Integer> ipv4Used = new HashMap<>();
  private final Map<String, Integer> ipv6Used = new HashMap<>();

  AddressPlan(Dice dice) {
    this.dice = dice;
  }

  /** First octets of the continent's IPv4 networks. */
  static int[] ipv4Octets(String continent) {
    return IPV4_OCTETS.get(continent).clone();
  }

  /** The next IPv4 network of a continent, inside a /16 of its own. */
  IpNetwork nextIpv4(String continent) {
    int[] octets = IPV4_OCTETS.get(continent);
    int slots = octets.length << 8;
    int slot = (int) ((long) STRIDE * next(ipv4Used, continent, slots) % slots);
    int prefixLength = IPV4_PREFIXES[dice.below(IPV4_PREFIXES.length)];
    int inside = dice.below(1 << (prefixLength - 16)) << (32 - prefixLength);
    return new IpNetwork(
        IpAddress.ipv4(octets[slot >> 8] << 24 | (slot & 255) << 16 | inside), prefixLength);
  }

  /** The next IPv6 network of a continent, inside a /32 of its own. */
  IpNetwork nextIpv6(String continent) {
    int[] groups = IPV6_GROUPS.get(continent);
    int slots = (groups[1] - groups[0] + 1) << 16;
    int slot = (int) ((long) STRIDE * next(ipv6Used, continent, slots) % slots);
    int prefixLength = IPV6_PREFIXES[dice.below(IPV6_PREFIXES.length)];
    long inside = (long) dice.below(1 << (prefixLength - 32)) << (64 - prefixLength);
    long high = (long) (groups[0] + (slot >> 16)) << 48 | (long) (slot & 0xFFFF) << 32 | inside;
    return new IpNetwork(new IpAddress(true, high, 0), prefixLength);
  }

  private static int next(Map<String, Integer> used, String continent, int slots) {
    int index = used.merge(continent, 1, Integer::sum) - 1;
    if (index >= slots) {
      throw new IllegalStateException("no networks left for " + continent);
    }
    return index;
  }

  private static int[] octets(int... ranges) {
    var octets = new int[256];
    int count = 0;
    for (int i = 0; i < ranges.length; i += 2) {
      for (int octet = ranges[i]; octet <= ranges[i + 1]; octet++) {
        octets[count++] = octet;
      }
    }
    return Arrays.copyOf(octets, count);
  }
}
