package dev.sluice.enricher.geo;

/**
 * The address that was parsed last, as 128 bits; the reusable twin of {@link Address} for code that
 * allocates nothing. Not thread-safe.
 */
public final class AddressBits {
  private long high;
  private long low;

  /**
   * Takes the address that the text from {@code from} (in) to {@code to} (out) is a literal of, see
   * {@link Address#parse}.
   *
   * @return false, with the address before left in place, when the text is no literal
   */
  public boolean parse(byte[] text, int from, int to) {
    return AddressLiteral.parse(text, from, to, this);
  }

  /** Takes an address; an IPv4 address in its IPv4-mapped form. */
  public void set(long newHigh, long newLow) {
    high = newHigh;
    low = newLow;
  }

  /** First eight bytes. */
  public long high() {
    return high;
  }

  /** Last eight bytes. */
  public long low() {
    return low;
  }

  public boolean isIpv4() {
    return Address.isIpv4(high, low);
  }

  public Address toAddress() {
    return new Address(high, low);
  }
}
