package dev.sluice.cli.demo;

import java.util.List;
import java.util.Locale;

/**
 * One thing that was checked, in one line.
 *
 * @param text the figures that were compared
 * @param discrepancies what is off, one sentence each; none when it holds
 */
record Proof(String text, List<String> discrepancies) {

  Proof {
    discrepancies = List.copyOf(discrepancies);
  }

  /** A proof whose text is formatted. */
  static Proof of(List<String> discrepancies, String format, Object... values) {
    return new Proof(String.format(Locale.ROOT, format, values), discrepancies);
  }

  boolean holds() {
    return discrepancies.isEmpty();
  }
}
