package dev.sluice.samples;

/**
 * Seeded random numbers that are the same on every JDK: SplitMix64 (Steele, Lea, Flood: "Fast
 * splittable pseudorandom number generators", OOPSLA 2014), written out because the bounded draws
 * of {@code java.util.random} are not specified and have changed between releases. Not thread-safe,
 * not for secrets.
 */
public final class Dice {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  public Dice(long seed) {
    this.state = seed;
  }

  public long nextLong() {
    state += GOLDEN_GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * A number from 0 to {@code bound - 1}; the bias of the multiplication is below {@code bound /
   * 2^32}.
   */
  public int below(int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** A number from {@code low} to {@code high}, both included. */
  public int between(int low, int high) {
    return low + below(high - low + 1);
  }

  /** A number in [0, 1), a multiple of 2^-53. */
  public double unit() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  public boolean chance(double probability) {
    return unit() < probability;
  }

  public <T> T oneOf(T[] choices) {
    return choices[below(choices.length)];
  }

  /**
   * A normally distributed number with mean 0 and deviation 1 (Box and Muller; StrictMath, so the
   * same everywhere).
   */
  double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
    return radius * StrictMath.cos(2 * Math.PI * unit());
  }

  /** An exponentially distributed number with mean 1. */
  double exponential() {
    return -StrictMath.log(1 - unit());
  }
}
