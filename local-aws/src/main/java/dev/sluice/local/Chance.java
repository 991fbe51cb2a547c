package dev.sluice.local;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A seeded share of things that happen; none until it is set. Not thread-safe. */
public final class Chance {
  private double share;
  private RandomGenerator random;

  /**
   * @param newShare 0 to 1
   * @param seed which ones: the same seed and as many questions give the same ones
   */
  public void set(double newShare, long seed) {
    if (!(newShare >= 0 && newShare <= 1)) {
      throw new IllegalArgumentException("share is not between 0 and 1: " + newShare);
    }
    share = newShare;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** From now on nothing happens. */
  public void end() {
    share = 0;
  }

  /** Whether it happens this time. */
  public boolean hits() {
    return share > 0 && random.nextDouble() < share;
  }

  /** One of two ways in which it happens; only when it does. */
  public boolean half() {
    return random.nextBoolean();
  }
}
