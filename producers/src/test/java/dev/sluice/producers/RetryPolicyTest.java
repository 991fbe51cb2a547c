package dev.sluice.producers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private final RetryPolicy policy = RetryPolicy.defaults();

  @Test
  void doublesTheCeilingUpToTheLast() {
    assertThat(policy.waitAfter(0, highest())).isEqualTo(Duration.ofMillis(100));
    assertThat(policy.waitAfter(1, highest())).isEqualTo(Duration.ofMillis(200));
    assertThat(policy.waitAfter(5, highest())).isEqualTo(Duration.ofMillis(3200));
    assertThat(policy.waitAfter(6, highest())).isEqualTo(Duration.ofSeconds(5));
    assertThat(policy.waitAfter(1_000_000, highest())).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void drawsWaitsFromTheWholeRange() {
    var random = new SplittableRandom(3);
    double sumMillis = 0;
    for (int i = 0; i < 10_000; i++) {
      sumMillis += policy.waitAfter(10, random).toNanos() / 1e6;
    }

    assertThat(sumMillis / 10_000).isBetween(2400.0, 2600.0);
  }

  @Test
  void refusesBoundsThatMakeNoSense() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new RetryPolicy(Duration.ZERO, second, 1, second))
        .hasMessageContaining("first ceiling");
    assertThatThrownBy(() -> new RetryPolicy(second, Duration.ofMillis(1), 1, second))
        .hasMessageContaining("last ceiling");
    assertThatThrownBy(() -> new RetryPolicy(second, second, 0, second))
        .hasMessageContaining("fruitless attempts");
    assertThatThrownBy(() -> new RetryPolicy(second, second, 1, Duration.ofSeconds(-1)))
        .hasMessageContaining("unreachable limit");
  }

  private static RandomGenerator highest() {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException();
      }

      @Override
      public long nextLong(long bound) {
        return bound - 1;
      }
    };
  }
}
