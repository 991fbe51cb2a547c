package dev.sluice.enricher;

import java.util.EnumSet;
import java.util.Set;

/** The warnings of one line: a set that is used again for the next. Not thread-safe. */
public final class Warnings {
  private static final Warning[] ALL = Warning.values();

  private int bits;

  public void clear() {
    bits = 0;
  }

  public void add(Warning warning) {
    bits |= 1 << warning.ordinal();
  }

  /** Adds the warning unless {@code fine}. */
  public void addUnless(boolean fine, Warning warning) {
    if (!fine) {
      add(warning);
    }
  }

  public boolean has(Warning warning) {
    return (bits & 1 << warning.ordinal()) != 0;
  }

  public boolean isEmpty() {
    return bits == 0;
  }

  /** A copy; allocates. */
  public Set<Warning> toSet() {
    var set = EnumSet.noneOf(Warning.class);
    for (Warning warning : ALL) {
      if (has(warning)) {
        set.add(warning);
      }
    }
    return set;
  }
}
