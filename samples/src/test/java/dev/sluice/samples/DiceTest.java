package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DiceTest {

  @Test
  void followsSplitMix64() {
    var dice = new Dice(1234567);
    assertThat(Long.toUnsignedString(dice.nextLong())).isEqualTo("6457827717110365317");
    assertThat(Long.toUnsignedString(dice.nextLong())).isEqualTo("3203168211198807973");
    assertThat(Long.toUnsignedString(dice.nextLong())).isEqualTo("9817491932198370423");
    var other = new Dice(-42);
    var jdk = new SplittableRandom(-42);
    for (int i = 0; i < 1_000; i++) {
      assertThat(other.nextLong()).isEqualTo(jdk.nextLong());
    }
  }

  @Test
  void reachesBothEndsOfARangeAndNothingBeyond() {
    var dice = new Dice(7);
    int[] seen = new int[6];
    for (int i = 0; i < 60_000; i++) {
      seen[dice.between(10, 15) - 10]++;
    }
    assertThat(Arrays.stream(seen).boxed()).allMatch(count -> count > 9_000 && count < 11_000);
  }

  @Test
  void hasTheMomentsOfItsDistributions() {
    var dice = new Dice(8);
    double gaussian = 0;
    double square = 0;
    double exponential = 0;
    int n = 100_000;
    for (int i = 0; i < n; i++) {
      double g = dice.gaussian();
      gaussian += g / n;
      square += g * g / n;
      exponential += dice.exponential() / n;
    }
    assertThat(Math.abs(gaussian)).isLessThan(0.02);
    assertThat(square).isBetween(0.97, 1.03);
    assertThat(exponential).isBetween(0.97, 1.03);
  }
}
