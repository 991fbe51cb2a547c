package dev.sluice.lookups;

import java.time.Duration;

/** Waits. */
interface Pause {
  Pause SLEEP = time -> Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);

  void sleep(Duration time) throws InterruptedException;
}
