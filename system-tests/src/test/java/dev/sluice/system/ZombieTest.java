package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An owner stands still until another worker has its shards, and then goes on as if it had them.
 */
@FaultTest
@Tag("R4")
class ZombieTest {
  private static final FaultForm FORM = FaultForm.ofThisRun();
  private static final double LINES_PER_SECOND = 400;
  private static final double TAKEOVER_SECONDS_MAX = 30;
  private static final Pattern STEP =
      Pattern.compile("(shardId-\\d+): (opened|checkpoint at|lease lost)");

  @Test
  void aZombieDoublesAndCheckpointsNothing(SystemStack stack) {
    var scenario = Scenario.create(stack, "r4-zombie");
    scenario.startLoad(LINES_PER_SECOND);
    try (var zombie = scenario.startConsumer("zombie")) {
      zombie.awaitShards(Scenario.SHARDS);
      zombie.await("output", () -> scenario.output().lines() > 0);
      try (var heir = scenario.startConsumer("heir")) {
        heir.workerId();
        zombie.freeze();
        long frozenAt = System.nanoTime();
        String before = zombie.log();
        heir.await(
            "all shards taken over", () -> LeaseTable.isShared(scenario, heir) && hasAll(heir));
        scenario.measured("the second worker has all shards", frozenAt, TAKEOVER_SECONDS_MAX);
        heir.await(
            "the zombie slept on",
            () -> Report.secondsSince(frozenAt) >= FORM.frozen().toSeconds());
        zombie.thaw();
        zombie.await(
            "the zombie has lost its shards",
            () -> lostOf(zombie.log().substring(before.length())).size() == Scenario.SHARDS);
        long lines = scenario.output().lines();
        heir.await("output goes on", () -> scenario.output().lines() > lines);
        scenario.finishLoad();
        scenario.awaitDelivery(heir);
        assertNoCheckpoint(zombie.log().substring(before.length()));
        StopBound.assertStopsInTime(scenario, zombie, "to the zombie");
        StopBound.assertStopsInTime(scenario, heir, "to the second worker");
      }
    }
    Books.assertBalanced(scenario);
  }

  private static boolean hasAll(ConsumerProcess heir) {
    return heir.shardsOpened() >= Scenario.SHARDS;
  }

  private static Set<String> lostOf(String log) {
    var lost = new HashSet<String>();
    for (Matcher step = STEP.matcher(log); step.find(); ) {
      if (step.group(2).equals("lease lost")) {
        lost.add(step.group(1));
      }
    }
    return lost;
  }

  /** Of each shard, until it has it anew, which it may. */
  private static void assertNoCheckpoint(String log) {
    var opened = new HashSet<String>();
    for (Matcher step = STEP.matcher(log); step.find(); ) {
      switch (step.group(2)) {
        case "opened" -> opened.add(step.group(1));
        case "checkpoint at" ->
            assertThat(opened).as("opened before a checkpoint").contains(step.group(1));
        default -> opened.remove(step.group(1));
      }
    }
  }
}
