package dev.sluice.lookups;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final ManualTicker ticker = new ManualTicker();
  private final CircuitBreaker breaker = new CircuitBreaker(3, PAUSE, ticker);

  @Test
  void opensAfterFailuresInARow() {
    assertThat(breaker.failed()).isFalse();
    assertThat(breaker.failed()).isFalse();
    assertThat(breaker.succeeded()).isFalse();
    assertThat(breaker.failed()).isFalse();
    assertThat(breaker.failed()).isFalse();
    assertThat(breaker.permits()).isTrue();
    assertThat(breaker.failed()).isTrue();
    assertThat(breaker.isOpen()).isTrue();
    assertThat(breaker.permits()).isFalse();
  }

  @Test
  void letsOneCallThroughAfterThePause() {
    open();
    ticker.advance(PAUSE.minusNanos(1));
    assertThat(breaker.permits()).isFalse();
    ticker.advance(Duration.ofNanos(1));
    assertThat(breaker.permits()).isTrue();
    assertThat(breaker.permits()).isFalse();
    assertThat(breaker.succeeded()).isTrue();
    assertThat(breaker.isOpen()).isFalse();
    assertThat(breaker.permits()).isTrue();
    assertThat(breaker.permits()).isTrue();
  }

  @Test
  void restsAgainWhenThatCallFails() {
    open();
    ticker.advance(PAUSE);
    assertThat(breaker.permits()).isTrue();
    assertThat(breaker.failed()).as("told already").isFalse();
    assertThat(breaker.permits()).isFalse();
    ticker.advance(PAUSE.minusNanos(1));
    assertThat(breaker.permits()).isFalse();
    ticker.advance(Duration.ofNanos(1));
    assertThat(breaker.permits()).isTrue();
  }

  @Test
  void failuresOfCallsFromBeforeMakeThePauseNoLonger() {
    open();
    ticker.advance(PAUSE.minusNanos(1));
    assertThat(breaker.failed()).isFalse();
    ticker.advance(Duration.ofNanos(1));
    assertThat(breaker.permits()).isTrue();
  }

  private void open() {
    breaker.failed();
    breaker.failed();
    breaker.failed();
  }
}
