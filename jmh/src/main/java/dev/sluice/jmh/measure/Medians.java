package dev.sluice.jmh.measure;

import java.util.Arrays;
import java.util.List;

/** The middle of a few numbers. */
public final class Medians {
  private Medians() {}

  /** The median of at least one number; of an even count, the mean of the two in the middle. */
  public static double of(List<Double> numbers) {
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no numbers");
    }
    return Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
        .average()
        .orElse(0);
  }
}
