package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** kill -9 of the consumer under load, each time followed by a restart. */
@FaultTest
@Order(3)
@Tag("R1")
class KillTest {
  private static final FaultForm FORM = FaultForm.ofThisRun();
  private static final double LINES_PER_SECOND = 400;
  private static final int MAX_PASSES = 15; // a second or two
  private static final int MAX_MOMENT_MILLIS = 1_000;
  private static final double RESUME_SECONDS_MAX = 30;

  /** Enough to find them in what is printed. */
  private static final int CANARIES = 2_000;

  /** Taken in turns; NONE stands for a random moment. */
  private static final List<ArmedConsumer.Point> POINTS =
      List.of(
          ArmedConsumer.Point.BEFORE_COMMIT,
          ArmedConsumer.Point.NONE,
          ArmedConsumer.Point.DURING_SHUTDOWN,
          ArmedConsumer.Point.BETWEEN_COMMIT_AND_CHECKPOINT);

  @Test
  void killsAtAnyMomentLoseAndDoubleNothing(SystemStack stack) {
    var scenario = Scenario.create(stack, "r1-kill");
    var printed = new StringBuilder();
    scenario.startLoad(LINES_PER_SECOND);
    long killedAt = System.nanoTime();
    for (int kill = 0; kill < FORM.kills(); kill++) {
      ArmedConsumer.Point point = POINTS.get(kill % POINTS.size());
      int passes =
          scenario
              .random()
              .nextInt(
                  point == ArmedConsumer.Point.DURING_SHUTDOWN
                      ? 2 // every shard passes once
                      : MAX_PASSES);
      try (var victim = scenario.startConsumer("consumer-" + kill, point, passes)) {
        awaitOutput(scenario, victim, kill, killedAt);
        assertThat(scenario.isUnderLoad()).as("under load").isTrue();
        letComeTo(point, scenario, victim);
        victim.kill();
        killedAt = System.nanoTime();
        printed.append(victim.printed());
      }
    }
    try (var last = scenario.startConsumer("consumer-" + FORM.kills())) {
      awaitOutput(scenario, last, FORM.kills(), killedAt);
      scenario.finishLoad();
      scenario.awaitDelivery(last);
      assertThat(last.stop()).as(last.printed()).isZero();
      printed.append(last.printed());
    }
    Books.assertBalanced(scenario);
    var canary = new LogContentCanary();
    scenario.loads().forEach(load -> canary.learn(load.log(), Math.min(load.lines(), CANARIES)));
    canary.assertSilent(printed.toString());
  }

  private static void letComeTo(
      ArmedConsumer.Point point, Scenario scenario, ConsumerProcess victim) {
    victim.arm();
    switch (point) {
      case NONE -> victim.letRun(Duration.ofMillis(scenario.random().nextInt(MAX_MOMENT_MILLIS)));
      case DURING_SHUTDOWN -> {
        victim.terminate();
        victim.awaitFailpoint();
      }
      default -> victim.awaitFailpoint();
    }
  }

  /** Of all shards, or shards that the last one had are still to be waited for. */
  private static void awaitOutput(
      Scenario scenario, ConsumerProcess consumer, int kills, long killedAt) {
    long before = scenario.output().lines();
    consumer.await("output again", () -> scenario.output().lines() > before);
    if (kills > 0) {
      scenario.measured("output again after kill " + kills, killedAt, RESUME_SECONDS_MAX);
    }
    consumer.awaitShards(Scenario.SHARDS);
  }
}
