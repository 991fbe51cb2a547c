package dev.sluice.jmh.ratios;

import java.util.Locale;

/** What a value must be. Both ends belong to it. */
record Bound(double low, double high) {
  /** Nothing is asked of the value. */
  static final Bound NONE = new Bound(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  static Bound atLeast(double low) {
    return new Bound(low, Double.POSITIVE_INFINITY);
  }

  static Bound atMost(double high) {
    return new Bound(Double.NEGATIVE_INFINITY, high);
  }

  boolean holds(double value) {
    return value >= low && value <= high;
  }

  @Override
  public String toString() {
    if (equals(NONE)) {
      return "";
    }
    if (high == Double.POSITIVE_INFINITY) {
      return ">= " + plain(low);
    }
    return low == Double.NEGATIVE_INFINITY
        ? "<= " + plain(high)
        : plain(low) + " to " + plain(high);
  }

  private static String plain(double number) {
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%.0f", number)
        : String.format(Locale.ROOT, "%.2f", number);
  }
}
