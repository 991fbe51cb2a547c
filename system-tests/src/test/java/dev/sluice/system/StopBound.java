package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

/** The one bound of time that is asserted: a stop. Measured always, failed only far beyond. */
final class StopBound {
  private static final double STOP_SECONDS_MAX = 20;

  /** A loaded machine is no reason to fail. */
  private static final double TOLERANCE = 5;

  private StopBound() {}

  /** Sends SIGTERM and asserts a clean end in time. */
  static void assertStopsInTime(ConsumerProcess consumer, String name) {
    long start = System.nanoTime();
    int exitCode = consumer.stop();
    double seconds = Report.secondsSince(start);
    Report.line(
        "%s: SIGTERM, exit code %d after %.1f s (bar: %.0f s)",
        name, exitCode, seconds, STOP_SECONDS_MAX);
    assertThat(exitCode).as(consumer.printed()).isZero();
    assertThat(seconds).as("seconds to stop").isLessThan(STOP_SECONDS_MAX * TOLERANCE);
  }
}
