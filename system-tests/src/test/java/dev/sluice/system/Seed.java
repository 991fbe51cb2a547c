package dev.sluice.system;

import java.util.SplittableRandom;

/**
 * The seed of everything random in a test run. It is printed; {@code -Dsluice.test.seed=N} repeats
 * a run's schedule.
 */
final class Seed {
  static final String PROPERTY = "sluice.test.seed";

  private static final long VALUE = Long.getLong(PROPERTY, System.nanoTime());

  private Seed() {}

  static long value() {
    return VALUE;
  }

  /** A source of its own for each name, so that one test does not move the schedule of another. */
  static SplittableRandom of(String name) {
    System.out.println(name + ": seed " + VALUE + " (repeat it with -D" + PROPERTY + ")");
    return new SplittableRandom(VALUE ^ name.hashCode());
  }
}
