package dev.sluice.enricher.geo;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Addresses that share their first bits.
 *
 * @param network the lowest of them
 * @param prefixBits bits that they share, 0 to 128; an IPv4 prefix is 96 more than it is written
 */
public record AddressRange(Address network, int prefixBits) {
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  public AddressRange {
    Objects.requireNonNull(network, "network");
    if (prefixBits < 0 || prefixBits > IPV6_BITS) {
      throw new IllegalArgumentException("prefix out of range: " + prefixBits);
    }
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or an address that stands for itself.
   *
   * @throws IllegalArgumentException if the text is none of these, or names an address inside its
   *     range instead of the first
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] literal = (slash < 0 ? text : text.substring(0, slash)).getBytes(StandardCharsets.UTF_8);
    Address address = Address.parse(literal, 0, literal.length);
    if (address == null) {
      throw new IllegalArgumentException("\"" + text + "\" is no address and no address/prefix");
    }
    int bits = address.isIpv4() && text.indexOf(':') < 0 ? IPV4_BITS : IPV6_BITS;
    int prefix = slash < 0 ? bits : prefix(text, slash + 1, bits);
    var range = new AddressRange(address, IPV6_BITS - bits + prefix);
    if (!range.equals(new AddressRange(range.firstOf(address), range.prefixBits))) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is an address inside its range, not the first of it");
    }
    return range;
  }

  private static int prefix(String text, int from, int max) {
    String digits = text.substring(from);
    if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > max) {
      throw new IllegalArgumentException(
          "\"" + text + "\" needs a prefix from 0 to " + max + " after its slash");
    }
    return Integer.parseInt(digits);
  }

  public boolean contains(Address address) {
    return contains(address.high(), address.low());
  }

  /** Allocates nothing. */
  public boolean contains(long high, long low) {
    return (high & mask(prefixBits)) == network.high()
        && (low & mask(prefixBits - Long.SIZE)) == network.low();
  }

  /** The address with every bit after the prefix cleared. */
  private Address firstOf(Address address) {
    return new Address(
        address.high() & mask(prefixBits), address.low() & mask(prefixBits - Long.SIZE));
  }

  /** The first {@code bits} of 64, where too few are none and too many are all. */
  private static long mask(int bits) {
    if (bits <= 0) {
      return 0;
    }
    return bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
  }
}
