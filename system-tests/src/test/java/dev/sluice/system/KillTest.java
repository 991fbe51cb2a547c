package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** kill -9 of the consumer under load, then a restart: nothing lost, nothing doubled. */
class KillTest {
  /** They flow for 12 s, beyond the kill. */
  private static final int LINES = 12_000;

  /** Sent after the kill, so that output is due in any case. */
  private static final int LINES_AFTER = 1_000;

  private static final double LINES_PER_SECOND = 1_000;
  private static final int MAX_LINES_AT_KILL = 3_000;
  private static final int MAX_PASSES = 15; // a second or two
  private static final int MAX_MOMENT_MILLIS = 1_000;

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
  void killBeforeACommitLosesAndDoublesNothing() {
    killAt(ArmedConsumer.Point.BEFORE_COMMIT);
  }

  @Test
  void killBetweenCommitAndCheckpointLosesAndDoublesNothing() {
    killAt(ArmedConsumer.Point.BETWEEN_COMMIT_AND_CHECKPOINT);
  }

  private static void killAt(ArmedConsumer.Point point) {
    String name = "kill-" + point.name().toLowerCase(Locale.ROOT).replace('_', '-');
    var scenario = Scenario.create(stack, name);
    int passes = scenario.random().nextInt(MAX_PASSES);
    try (var first = scenario.startConsumer("first", point, passes)) {
      first.awaitShards(Scenario.SHARDS);
      scenario.startLoad(LINES, LINES_PER_SECOND);
      first.awaitFailpoint();
      killAndRestart(scenario, first);
    }
  }

  @Test
  void killDuringAGracefulStopLosesAndDoublesNothing() {
    var scenario = Scenario.create(stack, "kill-during-shutdown");
    int passes = scenario.random().nextInt(2); // every shard passes once
    try (var first = scenario.startConsumer("first", ArmedConsumer.Point.DURING_SHUTDOWN, passes)) {
      loadUntilSomeIsInS3(scenario, first);
      first.terminate();
      first.awaitFailpoint();
      killAndRestart(scenario, first);
    }
  }

  @Test
  void killAtARandomMomentLosesAndDoublesNothing() {
    var scenario = Scenario.create(stack, "kill-at-random");
    try (var first = scenario.startConsumer("first")) {
      loadUntilSomeIsInS3(scenario, first);
      first.letRun(Duration.ofMillis(scenario.random().nextInt(MAX_MOMENT_MILLIS)));
      killAndRestart(scenario, first);
    }
  }

  private static void loadUntilSomeIsInS3(Scenario scenario, ConsumerProcess consumer) {
    consumer.awaitShards(Scenario.SHARDS);
    scenario.startLoad(LINES, LINES_PER_SECOND);
    int enough = scenario.random().nextInt(1, MAX_LINES_AT_KILL);
    consumer.await(enough + " lines in S3", () -> scenario.output().lines() >= enough);
  }

  private static void killAndRestart(Scenario scenario, ConsumerProcess first) {
    first.kill();
    long killedAt = System.nanoTime();
    boolean underLoad = scenario.isUnderLoad();
    long before = scenario.output().lines();
    scenario.startLoad(LINES_AFTER, LINES_PER_SECOND);
    try (var second = scenario.startConsumer("second")) {
      second.await("output again", () -> scenario.output().lines() > before);
      double resumed = Report.secondsSince(killedAt);
      scenario.awaitDelivery(second);
      double complete = Report.secondsSince(killedAt);
      assertThat(second.stop()).as(second.printed()).isZero();
      Report.line(
          "%s: killed %s with %,d of %,d lines in S3, output again after %.1f s (bar: 30 s), all"
              + " in S3 after %.1f s",
          scenario.name(),
          underLoad ? "under load" : "AFTER THE LOAD",
          before,
          LINES + LINES_AFTER,
          resumed,
          complete);
      Books.assertBalanced(scenario);
      var canary = new LogContentCanary();
      scenario.loads().forEach(load -> canary.learn(load.log(), load.lines()));
      canary.assertSilent(first.printed());
      canary.assertSilent(second.printed());
    }
  }
}
