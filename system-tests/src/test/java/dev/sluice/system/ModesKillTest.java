package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.audit.AuditReport;
import dev.sluice.producers.LogReplay;
import dev.sluice.producers.PartitionKeys;
import dev.sluice.producers.ReplayListener;
import dev.sluice.producers.ReplayOptions;
import dev.sluice.system.ModesStack.Application;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Four applications, two of them one behind the other, over a split of the log's stream and a kill
 * -9 of all of them under load. What each sink then holds is what docs/fan-out.md promises, and no
 * more.
 */
@Order(5)
class ModesKillTest {
  /** Twenty minutes of log. */
  private static final int LINES = 4_000;

  /** Behind all others in time, so that every shard has passed the minutes that are compared. */
  private static final int LAST_LINES = 400;

  /**
   * Sent only when the first stage is armed: however slow the machine, a commit is still to come.
   */
  private static final int HELD_LINES = 1_500;

  private static final double LINES_PER_SECOND = 800;
  private static final int MAX_MOMENT_MILLIS = 1_500;
  private static final String RULE = "errors-";
  private static final ChronoUnit MINUTES = ChronoUnit.MINUTES;

  private static ModesStack stack;
  private static ModesLog before;
  private static ModesLog after;
  private static ModesLog last;
  private static Map<Instant, Long> countedAtKill;
  private static ModesOutput basic;
  private static ModesOutput advanced;

  @BeforeAll
  static void runAndKill() {
    stack = new ModesStack();
    basic = new ModesOutput(stack, Application.BASIC);
    advanced = new ModesOutput(stack, Application.ADVANCED);
    SplittableRandom random = Seed.of("modes");
    Instant start = Instant.now().truncatedTo(MINUTES).minus(Duration.ofMinutes(70));
    Duration calm = Duration.ofMinutes(4);
    before = new ModesLog(random.nextLong(), 1, LINES, start, calm);
    after = new ModesLog(random.nextLong(), LINES + 1, LINES, start.plus(25, MINUTES), calm);
    last =
        new ModesLog(random.nextLong(), 2 * LINES + 1, LAST_LINES, start.plus(55, MINUTES), calm);
    Map<Application, ChildProcess> first = startAll("first");
    Map<Application, ChildProcess> second = Map.of();
    try {
      first.forEach((application, process) -> ModesStack.awaitShards(process, ModesStack.SHARDS));
      InputStream[] parts = before.openInTwo(LINES - HELD_LINES);
      CompletableFuture<Void> sent = load(parts[0], random.split());
      first
          .get(Application.METRICS)
          .await("a minute counted", () -> !stack.countedMinutes().isEmpty());
      stack.split();
      first.get(Application.BASIC).letRun(Duration.ofMillis(random.nextInt(MAX_MOMENT_MILLIS)));
      // Its lines are in the second stream then, and nobody knows.
      stack.stopBeforeCommit(Application.BASIC, "first");
      CompletableFuture<Void> loads = sent.thenCompose(done -> load(parts[1], random.split()));
      ModesStack.awaitStopped(first.get(Application.BASIC));
      boolean underLoad = !loads.isDone();
      first.values().forEach(ChildProcess::kill);
      long killedAt = System.nanoTime();
      second = startAll("second");
      countedAtKill = stack.countedMinutes(); // no new process has begun to count yet
      int told = stack.alerts().size();
      loads
          .thenCompose(done -> load(after.open(), random.split()))
          .thenCompose(done -> load(last.open(), random.split()))
          .orTimeout(ChildProcess.MAX_WAIT.toSeconds(), TimeUnit.SECONDS)
          .join();
      awaitAll(second);
      Report.line(
          "modes: killed %s with %d minutes counted and %d alerts told, all through after %.1f s",
          underLoad ? "under load" : "AFTER THE LOAD",
          countedAtKill.size(),
          told,
          Report.secondsSince(killedAt));
      second.values().forEach(ChildProcess::terminate);
      second.forEach(
          (application, process) -> assertThat(process.exitCode()).as(process.printed()).isZero());
      basic.refresh();
      advanced.refresh();
    } finally {
      first.values().forEach(ChildProcess::close);
      second.values().forEach(ChildProcess::close);
    }
  }

  private static Map<Application, ChildProcess> startAll(String run) {
    var processes = new EnumMap<Application, ChildProcess>(Application.class);
    for (Application application : Application.values()) {
      processes.put(application, stack.start(application, run));
    }
    return processes;
  }

  private static CompletableFuture<Void> load(InputStream log, SplittableRandom random) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            LogReplay.inRealTime()
                .replay(
                    log,
                    ReplayOptions.to(ModesStack.LOG_STREAM)
                        .withPartitionKeys(PartitionKeys.random(random))
                        .withInFlight(1) // in the order of the log
                        .withLinesPerSecond(LINES_PER_SECOND),
                    stack.kinesis(),
                    new ReplayListener() {});
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void awaitAll(Map<Application, ChildProcess> processes) {
    Map<Instant, Long> due = dueMinutes();
    processes
        .get(Application.METRICS)
        .await(
            "all minutes counted",
            () -> {
              Map<Instant, Long> counted = stack.countedMinutes();
              return due.entrySet().stream()
                  .allMatch(each -> counted.getOrDefault(each.getKey(), 0L) >= each.getValue());
            });
    processes
        .get(Application.ALERTS)
        .await("the last all-clear", () -> stack.alerts().contains(cleared(after)));
    processes
        .get(Application.ADVANCED)
        .await("all lines in S3", () -> advanced.refresh().eventIds().size() >= allLines());
  }

  @AfterAll
  static void stopStack() {
    stack.close();
  }

  /** Minutes that are over, with the lines that they have. */
  private static Map<Instant, Long> dueMinutes() {
    var minutes = new TreeMap<>(before.minutes());
    after.minutes().forEach((minute, lines) -> minutes.merge(minute, lines, Long::sum));
    return minutes;
  }

  private static int allLines() {
    return 2 * LINES + LAST_LINES;
  }

  private static String raised(ModesLog log, int minute) {
    return RULE + "RAISED-" + log.failsFrom().plus(minute, MINUTES).getEpochSecond();
  }

  /** Two calm minutes after the two that fail. */
  private static String cleared(ModesLog log) {
    return RULE + "CLEARED-" + log.failsFrom().plus(3, MINUTES).getEpochSecond();
  }

  @Test
  void noAlertIsLostAndNoneIsFalse() {
    List<String> told = stack.alerts();
    assertThat(told)
        .as("the burst around the kill, told before it, after it or both")
        .containsAnyOf(raised(before, 0), raised(before, 1));
    assertThat(told)
        .as("the burst after it, told once and over")
        .containsOnlyOnce(raised(after, 0), cleared(after));
    assertThat(new HashSet<>(told))
        .isSubsetOf(
            raised(before, 0),
            raised(before, 1),
            cleared(before),
            raised(after, 0),
            cleared(after));
  }

  @Test
  void noMinuteLosesALineAndOnlyThoseSentBeforeTheKillMayCountTwice() {
    Map<Instant, Long> counted = stack.countedMinutes();
    assertThat(stack.outOfTime()).isZero();
    dueMinutes()
        .forEach(
            (minute, lines) ->
                assertThat(counted.get(minute))
                    .as("minute " + minute)
                    .isBetween(lines, lines + countedAtKill.getOrDefault(minute, 0L)));
    assertThat(countedAtKill).as("minutes that the killed process had sent").isNotEmpty();
  }

  @Test
  void everyLineReachesTheEndOfBothStagesUnderOneId() {
    Map<Long, Set<String>> first = basic.eventIds();
    assertThat(first).hasSize(allLines());
    assertThat(basic.lines()).as("stage 1 is exactly once in S3").isEqualTo(allLines());
    assertThat(advanced.eventIds()).as("ids of stage 2 are those of stage 1").isEqualTo(first);
    assertThat(first.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
    assertThat(advanced.lines())
        .as("the lines of the tile that was never committed came twice")
        .isGreaterThan(allLines());
    Report.line(
        "modes: %,d lines, %,d repeated on the way into the second stream",
        allLines(), advanced.lines() - allLines());
  }

  @Test
  void theAuditOfBothStagesFindsNothing() {
    AuditReport one = stack.audit(Application.BASIC);
    AuditReport two = stack.audit(Application.ADVANCED);
    assertThat(one.findings()).isEmpty();
    assertThat(two.findings()).isEmpty();
    assertThat(one.in()).isEqualTo(allLines());
    assertThat(two.in()).isEqualTo(advanced.lines());
  }
}
