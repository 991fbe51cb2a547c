package dev.sluice.enricher.geo;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Coordinates as text. */
public final class PlainDecimal {
  /** Far below any precision on earth; what is smaller is written as zero. */
  private static final int MAX_DECIMALS = 20;

  private PlainDecimal() {}

  /**
   * The shortest decimal, without exponent, that reads back as the same double. Not {@code
   * Double.toString}, whose digits depend on the JDK (JDK-4511638, fixed in 19).
   *
   * @param value a finite number
   */
  public static String of(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int decimals = 1; decimals < MAX_DECIMALS; decimals++) {
      BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_EVEN);
      if (rounded.doubleValue() == value) {
        return rounded.toPlainString();
      }
    }
    return exact.setScale(MAX_DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
  }
}
