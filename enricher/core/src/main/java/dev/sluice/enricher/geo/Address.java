package dev.sluice.enricher.geo;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An IP address as 128 bits; an IPv4 address is its IPv4-mapped form (RFC 4291, 2.5.5.2), so that
 * {@code 203.0.113.42} and {@code ::ffff:203.0.113.42} are equal.
 *
 * @param high first eight bytes
 * @param low last eight bytes
 */
public record Address(long high, long low) {
  private static final long IPV4_MAPPED = 0xFFFF;
  private static final int IPV4_BYTES = 4;

  /**
   * The address that the text from {@code from} (in) to {@code to} (out) is a literal of, or null.
   * Only the text is looked at: a host name is null, never resolved.
   */
  public static Address parse(byte[] text, int from, int to) {
    var bits = new AddressBits();
    return bits.parse(text, from, to) ? bits.toAddress() : null;
  }

  /** Whether {@link #parse} would find an address; allocates nothing. */
  public static boolean isLiteral(byte[] text, int from, int to) {
    return AddressLiteral.parse(text, from, to, null);
  }

  static Address ofIpv4(int bits) {
    return new Address(0, lowOfIpv4(bits));
  }

  /** Last eight bytes of an IPv4 address; the first are 0. */
  static long lowOfIpv4(int bits) {
    return IPV4_MAPPED << Integer.SIZE | Integer.toUnsignedLong(bits);
  }

  static boolean isIpv4(long high, long low) {
    return high == 0 && low >>> Integer.SIZE == IPV4_MAPPED;
  }

  public boolean isIpv4() {
    return isIpv4(high, low);
  }

  /** The same address for libraries; no name service is asked. */
  public InetAddress toInetAddress() {
    byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    try {
      return InetAddress.getByAddress(
          isIpv4() ? Arrays.copyOfRange(bytes, bytes.length - IPV4_BYTES, bytes.length) : bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes are always an address", e);
    }
  }
}
