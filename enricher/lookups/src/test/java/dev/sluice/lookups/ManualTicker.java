package dev.sluice.lookups;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that somebody moves. */
final class ManualTicker implements Ticker {
  private final AtomicLong nanos = new AtomicLong(1);

  void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public long read() {
    return nanos.get();
  }
}
