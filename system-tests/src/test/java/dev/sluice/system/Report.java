package dev.sluice.system;

import java.util.Locale;

/** Measured figures, printed for whoever reads the build's log. They fail no test. */
final class Report {
  private static final double NANOS_PER_SECOND = 1e9;

  private Report() {}

  static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /**
   * @param start by {@link System#nanoTime}
   */
  static double secondsSince(long start) {
    return (System.nanoTime() - start) / NANOS_PER_SECOND;
  }
}
