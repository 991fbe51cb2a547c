package dev.sluice.system;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SIGTERM under load: a clean end in time, and nothing lost or doubled after the restart. */
class SigtermTest {
  /** They flow for 12 s, beyond the stop. */
  private static final int LINES = 12_000;

  /** Sent after the stop, so that output is due in any case. */
  private static final int LINES_AFTER = 1_000;

  private static final double LINES_PER_SECOND = 1_000;
  private static final int MAX_LINES_AT_STOP = 3_000;

  private static SystemStack stack;

  @BeforeAll
  static void startStack() {
    stack = SystemStack.start();
  }

  @AfterAll
  static void stopStack() {
    stack.close();
  }

  @Test
  void sigtermUnderLoadEndsCleanlyAndLosesNothing() {
    var scenario = Scenario.create(stack, "sigterm");
    try (var first = scenario.startConsumer("first")) {
      first.awaitShards(Scenario.SHARDS);
      scenario.startLoad(LINES, LINES_PER_SECOND);
      int enough = scenario.random().nextInt(1, MAX_LINES_AT_STOP);
      first.await(enough + " lines in S3", () -> scenario.output().lines() >= enough);
      StopBound.assertStopsInTime(
          first, scenario.isUnderLoad() ? "sigterm under load" : "sigterm AFTER THE LOAD");
    }
    long stoppedAt = System.nanoTime();
    long before = scenario.output().lines();
    scenario.startLoad(LINES_AFTER, LINES_PER_SECOND);
    try (var second = scenario.startConsumer("second")) {
      second.await("output again", () -> scenario.output().lines() > before);
      double resumed = Report.secondsSince(stoppedAt);
      scenario.awaitDelivery(second);
      Report.line(
          "sigterm: stopped with %,d of %,d lines in S3, output again after %.1f s, all in S3 after"
              + " %.1f s",
          before, LINES + LINES_AFTER, resumed, Report.secondsSince(stoppedAt));
      StopBound.assertStopsInTime(second, "sigterm while idle");
    }
    Books.assertBalanced(scenario);
  }
}
