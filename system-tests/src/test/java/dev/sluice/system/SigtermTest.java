package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.AwsService;
import dev.sluice.local.proxy.FaultProxy;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SIGTERM under load, and SIGTERM while the sink is away: a clean end in time. */
@FaultTest
@Order(4)
class SigtermTest {
  private static final FaultForm FORM = FaultForm.ofThisRun();
  private static final double LINES_PER_SECOND = 400;
  private static final int MAX_LINES_AT_STOP = 1_000;
  private static final double RESUME_SECONDS_MAX = 30;

  @Test
  @Tag("R2")
  void stopsUnderLoadLoseAndDoubleNothing(SystemStack stack) {
    var scenario = Scenario.create(stack, "r2-sigterm");
    scenario.startLoad(LINES_PER_SECOND);
    long stoppedAt = System.nanoTime();
    for (int stop = 0; stop <= FORM.stops(); stop++) {
      boolean last = stop == FORM.stops();
      try (var consumer = scenario.startConsumer("consumer-" + stop)) {
        long before = scenario.output().lines();
        int enough = scenario.random().nextInt(1, MAX_LINES_AT_STOP);
        consumer.await("output again", () -> scenario.output().lines() > before);
        if (stop > 0) {
          scenario.measured("output again after stop " + stop, stoppedAt, RESUME_SECONDS_MAX);
        }
        consumer.await(
            enough + " lines more in S3", () -> scenario.output().lines() >= before + enough);
        if (last) {
          scenario.finishLoad();
          scenario.awaitDelivery(consumer);
        }
        assertThat(scenario.isUnderLoad()).as("under load").isEqualTo(!last);
        StopBound.assertStopsInTime(scenario, consumer, last ? "while idle" : "under load");
        stoppedAt = System.nanoTime();
      }
    }
    Books.assertBalanced(scenario);
  }

  @Test
  @Tag("R3")
  void aStopWhileTheSinkIsAwayLosesNothing(SystemStack stack) {
    var scenario = Scenario.create(stack, "r3-sigterm-sink-down");
    FaultProxy s3 = scenario.startProxy(AwsService.S3);
    scenario.startLoad(LINES_PER_SECOND);
    try (var first = scenario.startConsumer("first")) {
      first.await("output", () -> scenario.output().lines() > 0);
      first.awaitShards(Scenario.SHARDS);
      s3.refuseConnections(true);
      first.await("every shard tries again", () -> first.retries() > Scenario.SHARDS);
      StopBound.assertStopsInTime(scenario, first, "while the sink is down");
    }
    assertThat(scenario.output().audit().findings())
        .as("no checkpoint lies past a record that is not in S3")
        .isEmpty();
    assertThat(scenario.output().lines()).isLessThan(scenario.acceptedLines());
    s3.clear();
    long back = System.nanoTime();
    try (var second = scenario.startConsumer("second")) {
      long before = scenario.output().lines();
      second.await("output again", () -> scenario.output().lines() > before);
      scenario.measured("output again", back, RESUME_SECONDS_MAX);
      scenario.finishLoad();
      scenario.awaitDelivery(second);
      assertThat(second.stop()).as(second.printed()).isZero();
    }
    Books.assertBalanced(scenario);
  }
}
