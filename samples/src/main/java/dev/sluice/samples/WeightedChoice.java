package dev.sluice.samples;

import java.util.ArrayDeque;

/**
 * Draws indexes with given weights in constant time (alias method of Walker and Vose). Immutable.
 */
final class WeightedChoice {
  private final double[] keep;
  private final int[] alias;

  /** Weights need not add up to 1; none is negative and at least one is positive. */
  WeightedChoice(double... weights) {
    int n = weights.length;
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException("no positive weight among " + n);
    }
    keep = new double[n];
    alias = new int[n];
    var small = new ArrayDeque<Integer>();
    var large = new ArrayDeque<Integer>();
    for (int i = 0; i < n; i++) {
      keep[i] = weights[i] * n / sum;
      alias[i] = i;
      (keep[i] < 1 ? small : large).addLast(i);
    }
    while (!small.isEmpty() && !large.isEmpty()) {
      int poor = small.removeFirst();
      int rich = large.removeFirst();
      alias[poor] = rich;
      keep[rich] -= 1 - keep[poor];
      (keep[rich] < 1 ? small : large).addLast(rich);
    }
    // What rounding leaves over stands for itself.
    small.forEach(i -> keep[i] = 1);
    large.forEach(i -> keep[i] = 1);
  }

  /** Index i with a weight of {@code 1 / (i + 1)^exponent}: Zipf's law. */
  static WeightedChoice zipf(int size, double exponent) {
    var weights = new double[size];
    for (int i = 0; i < size; i++) {
      weights[i] = StrictMath.pow(i + 1, -exponent);
    }
    return new WeightedChoice(weights);
  }

  int draw(Dice dice) {
    int i = dice.below(keep.length);
    return dice.unit() < keep[i] ? i : alias[i];
  }
}
