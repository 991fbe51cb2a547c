package dev.sluice.enricher.steps;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.geo.Address;
import java.nio.charset.StandardCharsets;

/**
 * Keeps the first bits of an address and clears the rest; nothing is left of a name, which has no
 * bits. IPv6 is written as RFC 5952 has it. An address of 6to4, which holds an IPv4 address behind
 * its first 16 bits (RFC 3056), keeps no more of that than an IPv4 address would.
 */
final class TruncatedAddress implements AddressMask {
  private static final int IPV4_BITS = 32;
  private static final int GROUPS = 8;
  private static final long SIX_TO_FOUR = 0x2002;
  private static final int SIX_TO_FOUR_BITS = 16;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final int ipv4Bits;
  private final int ipv6Bits;
  private final int[] groups = new int[GROUPS];

  /**
   * @param ipv4Bits kept of 32
   * @param ipv6Bits kept of 128
   */
  TruncatedAddress(int ipv4Bits, int ipv6Bits) {
    this.ipv4Bits = ipv4Bits;
    this.ipv6Bits = ipv6Bits;
  }

  @Override
  public void appendAddress(Address address, OutputBuffer out) {
    if (address.isIpv4()) {
      long bits = address.low() & mask(IPV4_BITS + ipv4Bits);
      for (int shift = 24; shift >= 0; shift -= 8) {
        appendDecimal((int) (bits >>> shift & 0xFF), out);
        if (shift > 0) {
          out.append((byte) '.');
        }
      }
      return;
    }
    boolean sixToFour = address.high() >>> (Long.SIZE - SIX_TO_FOUR_BITS) == SIX_TO_FOUR;
    int kept = sixToFour ? Math.min(ipv6Bits, SIX_TO_FOUR_BITS + ipv4Bits) : ipv6Bits;
    appendIpv6(address.high() & mask(kept), address.low() & mask(kept - Long.SIZE), out);
  }

  @Override
  public void appendName(byte[] text, int from, int to, OutputBuffer out) {
    out.append((byte) '-');
  }

  /** The first {@code bits} of 64, where too few are none and too many are all. */
  private static long mask(int bits) {
    if (bits <= 0) {
      return 0;
    }
    return bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
  }

  private static void appendDecimal(int value, OutputBuffer out) {
    if (value >= 100) {
      out.append((byte) ('0' + value / 100));
    }
    if (value >= 10) {
      out.append((byte) ('0' + value / 10 % 10));
    }
    out.append((byte) ('0' + value % 10));
  }

  private void appendIpv6(long high, long low, OutputBuffer out) {
    for (int i = 0; i < GROUPS; i++) {
      long half = i < GROUPS / 2 ? high : low;
      groups[i] = (int) (half >>> (48 - 16 * (i % (GROUPS / 2))) & 0xFFFF);
    }
    int gap = -1; // the first of the longest run of zeros, which :: stands for
    int gapLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = 0;
      while (i + run < GROUPS && groups[i + run] == 0) {
        run++;
      }
      if (run > gapLength) {
        gap = i;
        gapLength = run;
      }
      i += run;
    }
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap) {
        out.append((byte) ':');
        out.append((byte) ':');
        i += gapLength - 1;
        continue;
      }
      if (i > 0 && i != gap + gapLength) {
        out.append((byte) ':');
      }
      appendHex(groups[i], out);
    }
  }

  private static void appendHex(int value, OutputBuffer out) {
    boolean written = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
      int digit = value >>> shift & 0xF;
      if (digit != 0 || written || shift == 0) {
        out.append(HEX[digit]);
        written = true;
      }
    }
  }
}
