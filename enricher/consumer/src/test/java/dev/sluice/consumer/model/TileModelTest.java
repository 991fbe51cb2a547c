package dev.sluice.consumer.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TileModelTest {
  @Test
  void everyInterleavingKeepsEveryRule() {
    int n = Integer.getInteger("model.interleavings", 2000);
    long t0 = System.nanoTime();
    try (var interleavings = new Interleavings()) {
      for (long seed = 0; seed < n; seed++) {
        if (interleavings.violation(seed) != null) {
          throw new AssertionError(interleavings.story(seed));
        }
      }
    }
    System.out.println("ms " + (System.nanoTime() - t0) / 1_000_000);
    assertThat(n).isPositive();
  }
}
