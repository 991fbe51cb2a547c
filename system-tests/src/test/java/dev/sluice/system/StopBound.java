package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

/** A clean end after SIGTERM, in time. */
final class StopBound {
  private static final double STOP_SECONDS_MAX = 20;

  private StopBound() {}

  /** Sends SIGTERM and asserts a clean end in time. */
  static void assertStopsInTime(Scenario scenario, ConsumerProcess consumer, String what) {
    long start = System.nanoTime();
    int exitCode = consumer.stop();
    scenario.measured("SIGTERM " + what + ", exit code " + exitCode, start, STOP_SECONDS_MAX);
    assertThat(exitCode).as(consumer.printed()).isZero();
  }
}
