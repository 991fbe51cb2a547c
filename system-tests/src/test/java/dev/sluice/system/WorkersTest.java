package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers come and go under load. */
@FaultTest
@Order(13)
@Tag("R5")
class WorkersTest {
  private static final double LINES_PER_SECOND = 400;
  private static final double OWNED_SECONDS_MAX = 60;

  @Test
  void twoThenThreeThenOneLoseAndDoubleNothing(SystemStack stack) {
    var scenario = Scenario.create(stack, "r5-workers");
    scenario.startLoad(LINES_PER_SECOND);
    try (var first = scenario.startConsumer("first");
        var second = scenario.startConsumer("second")) {
      long startedAt = System.nanoTime();
      second.await("two share", () -> LeaseTable.isShared(scenario, first, second));
      scenario.measured("two share all leases", startedAt, OWNED_SECONDS_MAX);
      try (var third = scenario.startConsumer("third")) {
        long joinedAt = System.nanoTime();
        third.await("three share", () -> LeaseTable.isShared(scenario, first, second, third));
        scenario.measured("three share all leases", joinedAt, OWNED_SECONDS_MAX);
        assertThat(scenario.isUnderLoad()).isTrue();
        first.kill();
        assertThat(second.stop()).as(second.printed()).isZero();
        long aloneAt = System.nanoTime();
        third.await("one has all", () -> LeaseTable.isShared(scenario, third));
        scenario.measured("one has all leases", aloneAt, OWNED_SECONDS_MAX);
        scenario.finishLoad();
        scenario.awaitDelivery(third);
        StopBound.assertStopsInTime(scenario, third, "to the last one");
      }
    }
    Books.assertBalanced(scenario);
  }
}
