package dev.sluice.producers;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Elapsed time and waiting, in one hand, so that a test can let both pass without waiting. */
public interface MonotonicClock {

  /** The machine's own: {@link System#nanoTime()}, and a wait that sleeps. */
  MonotonicClock SYSTEM =
      new MonotonicClock() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration wait) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        }
      };

  /** Nanoseconds since a fixed but unknown moment; only differences mean anything. */
  long nanoTime();

  /** Waits for this long; not at all when {@code wait} is zero or negative. */
  void pause(Duration wait) throws InterruptedException;
}
