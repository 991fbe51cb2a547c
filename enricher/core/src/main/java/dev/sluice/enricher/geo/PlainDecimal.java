package dev.sluice.enricher.geo;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Coordinates as text. */
public final class PlainDecimal {
  /** Far below any precision on earth; what is smaller is written as zero. */
  private static final int MAX_DECIMALS = 20;

  /** What the short way is for: coordinates are smaller, and databases have four decimals. */
  private static final double MAX_SHORT = 1_000;

  private static final int MAX_SHORT_DECIMALS = 6;

  private PlainDecimal() {}

  /**
   * The shortest decimal, without exponent, that reads back as the same double. Not {@code
   * Double.toString}, whose digits depend on the JDK (JDK-4511638, fixed in 19).
   *
   * @param value a finite number
   */
  public static String of(double value) {
    if (Math.abs(value) < MAX_SHORT) {
      long scale = 1;
      for (int decimals = 1; decimals <= MAX_SHORT_DECIMALS; decimals++) {
        scale *= 10;
        // Both numbers are exact, so that their quotient is the double nearest to the decimal; and
        // decimals are so much further apart than doubles here that no other one reads back.
        double digits = Math.rint(value * scale);
        if (digits / scale == value) {
          return text((long) digits, scale, decimals);
        }
      }
    }
    return ofAny(value);
  }

  /** {@link #of} by exact arithmetic; slower. */
  static String ofAny(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int decimals = 1; decimals < MAX_DECIMALS; decimals++) {
      BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_EVEN);
      if (rounded.doubleValue() == value) {
        return rounded.toPlainString();
      }
    }
    return exact.setScale(MAX_DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String text(long digits, long scale, int decimals) {
    long magnitude = Math.abs(digits);
    String fraction = Long.toString(scale + magnitude % scale); // its leading 1 keeps the zeros
    StringBuilder text = new StringBuilder(decimals + 5);
    if (digits < 0) {
      text.append('-');
    }
    return text.append(magnitude / scale).append('.').append(fraction, 1, decimals + 1).toString();
  }
}
