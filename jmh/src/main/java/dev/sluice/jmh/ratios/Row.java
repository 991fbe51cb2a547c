package dev.sluice.jmh.ratios;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A line of the table.
 *
 * @param value empty when it was not measured; the note then says why
 * @param note what a reader should know besides; may be empty
 */
public record Row(String name, OptionalDouble value, Bound bound, String note) {

  /** How a row ends. */
  public enum Verdict {
    PASS,
    FAIL,
    /** Not measured here. */
    SKIP,
    /** For information. */
    INFO
  }

  static Row of(String name, double value, Bound bound, String note) {
    return new Row(name, OptionalDouble.of(value), bound, note);
  }

  static Row skipped(String name, Bound bound, String reason) {
    return new Row(name, OptionalDouble.empty(), bound, reason);
  }

  public Verdict verdict() {
    if (value.isEmpty()) {
      return Verdict.SKIP;
    }
    if (bound.equals(Bound.NONE)) {
      return Verdict.INFO;
    }
    return bound.holds(value.getAsDouble()) ? Verdict.PASS : Verdict.FAIL;
  }

  /** The bound as it is printed, such as {@code >= 10}; empty where there is none. */
  public String boundText() {
    return bound.toString();
  }

  String text() {
    String number =
        value.isPresent() ? String.format(Locale.ROOT, "%,.2f", value.getAsDouble()) : "-";
    return String.format(
            Locale.ROOT, "%-62s %12s  %-14s %-4s  %s", name, number, bound, verdict(), note)
        .stripTrailing();
  }
}
