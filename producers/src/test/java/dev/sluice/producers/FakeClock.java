package dev.sluice.producers;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when somebody waits. Public, since the command's tests use it as well. */
public final class FakeClock implements MonotonicClock {
  private final AtomicLong nanos = new AtomicLong(1_000_000_007L);

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void pause(Duration wait) {
    if (!wait.isNegative()) {
      nanos.addAndGet(wait.toNanos());
    }
  }
}
