package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WeightedChoiceTest {
  private static final int DRAWS = 200_000;

  private static int[] draw(WeightedChoice choice, int size) {
    var dice = new Dice(3);
    int[] counts = new int[size];
    for (int i = 0; i < DRAWS; i++) {
      counts[choice.draw(dice)]++;
    }
    return counts;
  }

  @Test
  void drawsInProportionToTheWeights() {
    int[] counts = draw(new WeightedChoice(5, 0, 1, 3, 1), 5);
    assertThat(counts[0]).isBetween(98_000, 102_000);
    assertThat(counts[1]).isZero();
    assertThat(counts[2]).isBetween(19_000, 21_000);
    assertThat(counts[3]).isBetween(58_500, 61_500);
  }

  @Test
  void followsZipfsLaw() {
    int[] counts = draw(WeightedChoice.zipf(1_000, 1), 1_000);
    assertThat((double) counts[0] / counts[1]).isBetween(1.9, 2.1);
    assertThat((double) counts[0] / counts[9]).isBetween(9.0, 11.0);
    assertThat(counts).doesNotContain(0);
  }

  @Test
  void refusesWeightsThatChooseNothing() {
    assertThatThrownBy(() -> new WeightedChoice(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(WeightedChoice::new).isInstanceOf(IllegalArgumentException.class);
  }
}
