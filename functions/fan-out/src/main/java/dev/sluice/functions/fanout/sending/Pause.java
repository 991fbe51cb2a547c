package dev.sluice.functions.fanout.sending;

import java.time.Duration;

/** Waits between two attempts; tests record the duration instead. */
@FunctionalInterface
public interface Pause {
  Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

  void pause(Duration duration) throws InterruptedException;
}
