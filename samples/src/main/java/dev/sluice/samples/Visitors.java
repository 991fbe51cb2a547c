package dev.sluice.samples;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The clients of a synthetic log: each has an address and mostly one user agent. A few come often,
 * most come rarely (Zipf's law). Most addresses are in networks of {@link SampleGeo}; some are
 * private, reserved or unknown to it.
 */
final class Visitors {
  /** Close to 1, as counted in logs of real sites. */
  private static final double ZIPF_EXPONENT = 0.9;

  private static final int[] SHARES_PERCENT = {93, 3, 2, 1, 1};

  record Visitor(byte[] address, UserAgents.Agent agent) {}

  private final Visitor[] visitors;
  private final WeightedChoice choice;
  private final List<SampleGeo.Located> networks;
  private final WeightedChoice networkChoice;
  private final WeightedChoice groups =
      new WeightedChoice(Arrays.stream(SHARES_PERCENT).asDoubleStream().toArray());

  Visitors(int size, SampleGeo geo, UserAgents agents, Dice dice) {
    networks = geo.networks();
    networkChoice =
        new WeightedChoice(networks.stream().mapToDouble(SampleGeo.Located::weight).toArray());
    visitors = new Visitor[size];
    for (int i = 0; i < size; i++) {
      byte[] text = address(dice).toString().getBytes(StandardCharsets.US_ASCII);
      visitors[i] = new Visitor(text, agents.draw(dice));
    }
    choice = WeightedChoice.zipf(size, ZIPF_EXPONENT);
  }

  Visitor draw(Dice dice) {
    return visitors[choice.draw(dice)];
  }

  private IpAddress address(Dice dice) {
    return switch (groups.draw(dice)) {
      case 0 -> hostIn(networks.get(networkChoice.draw(dice)).network(), dice);
      case 1 -> hostIn(unlocated(dice), dice);
      case 2 -> hostIn(privateNetwork(dice), dice);
      case 3 -> IpAddress.parse(dice.chance(0.5) ? "127.0.0.1" : "::1");
      default -> hostIn(reservedNetwork(dice), dice);
    };
  }

  private static IpAddress hostIn(IpNetwork network, Dice dice) {
    long high = dice.nextLong();
    long low = dice.nextLong();
    if (network.address().ipv6() && dice.chance(0.3)) {
      low &= 0xFFFF; // a server's short interface id, written with ::
      high &= 0xFFFFFFFF_FFFF0000L;
    }
    return network.host(high, low);
  }

  private static IpNetwork unlocated(Dice dice) {
    int octet = AddressPlan.UNLOCATED_OCTETS[dice.below(AddressPlan.UNLOCATED_OCTETS.length)];
    return IpNetwork.parse(dice.chance(0.8) ? octet + ".0.0.0/8" : "2c00:e00::/32");
  }

  private static IpNetwork privateNetwork(Dice dice) {
    return IpNetwork.parse(
        dice.oneOf(new String[] {"10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12", "fd00::/8"}));
  }

  private static IpNetwork reservedNetwork(Dice dice) {
    return IpNetwork.parse(
        dice.oneOf(
            new String[] {"198.51.100.0/24", "100.64.0.0/10", "2001:db8::/32", "fe80::/64"}));
  }
}
