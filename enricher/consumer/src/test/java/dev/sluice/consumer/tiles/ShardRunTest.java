package dev.sluice.consumer.tiles;

import static dev.sluice.consumer.tiles.Fixture.FOLDER;
import static dev.sluice.consumer.tiles.Fixture.at;
import static dev.sluice.consumer.tiles.Fixture.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.tiles.ShardCheckpointer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShardRunTest {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final String MARKER =
      "_sluice/app/logs-1700000000000/shard-ends/shardId-000000000000.json";

  private final Fixture f = new Fixture();
  private final RecordingLeaseTable leaseTable = new RecordingLeaseTable(f.effects);
  private final AtomicInteger workerStops = new AtomicInteger();
  private final List<Duration> pauses = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private ShardRun open(ContinuesFrom start) {
    return new ShardRun(f.context("a"), start, INTERVAL, pauses::add, workerStops::incrementAndGet);
  }

  private void accept(ShardRun run, long from, long to) {
    run.accept(
        LongStream.rangeClosed(from, to).mapToObj(Fixture::record).toList(),
        OptionalLong.of(0),
        leaseTable);
  }

  @Test
  void commitsBeforeItCheckpointsAndOnlyAtTheEndOfATile() {
    ShardRun run = open(at(0));
    f.clock.advance(INTERVAL);
    accept(run, 1, 5);
    assertThat(f.effects).containsExactly("head 0.0", "commit 0.0", "count 3", "checkpoint 3.0");
  }

  @Test
  void checkpointsOnceInAnIntervalAndNeverTwiceAtTheSamePlace() {
    ShardRun run = open(at(0));
    accept(run, 1, 3);
    accept(run, 4, 6);
    assertThat(f.effects).doesNotContain("checkpoint 3.0", "checkpoint 6.0");
    f.clock.advance(INTERVAL);
    run.tick();
    f.clock.advance(INTERVAL);
    run.tick();
    assertThat(f.effects)
        .filteredOn(e -> e.startsWith("checkpoint"))
        .containsExactly("checkpoint 6.0");
  }

  @Test
  void backsOffWhenTheLeaseTableRefusesAndGoesOnCommitting() {
    ShardRun run = open(at(0));
    leaseTable.answers.addAll(List.of(Answer.THROTTLED, Answer.UNAVAILABLE));
    f.clock.advance(INTERVAL);
    accept(run, 1, 3); // refused: the next attempt is due in 20 s
    f.clock.advance(INTERVAL);
    run.tick();
    f.clock.advance(INTERVAL);
    run.tick(); // refused again: 40 s
    f.clock.advance(INTERVAL.multipliedBy(4));
    accept(run, 4, 6);
    assertThat(f.effects)
        .filteredOn(e -> e.startsWith("checkpoint"))
        .containsExactly(
            "checkpoint 3.0 THROTTLED", "checkpoint 3.0 UNAVAILABLE", "checkpoint 6.0");
    assertThat(run.isOpen()).isTrue();
  }

  @Test
  void aZombieIsRefusedItsCheckpointAndStaysHarmless() {
    ShardRun run = open(at(0));
    leaseTable.answers.add(Answer.LEASE_GONE);
    f.clock.advance(INTERVAL);
    accept(run, 1, 3);
    run.leaseLost();
    accept(run, 4, 9);
    assertThat(f.effects)
        .containsExactly("head 0.0", "commit 0.0", "count 3", "checkpoint 3.0 LEASE_GONE");
    assertThat(workerStops).hasValue(0);
  }

  @Test
  void aBatchWaitsForItsCommitFromTheMomentThatItCame() {
    ShardRun run = open(at(0));
    var seen = new ArrayList<Optional<Instant>>();
    f.store.probe =
        (operation, key) -> {
          if (operation.equals("head")) {
            seen.add(run.oldestUncommitted());
            f.clock.advance(INTERVAL); // the store takes its time to answer
          }
        };
    Instant came = f.clock.instant();
    accept(run, 1, 2);
    assertThat(seen).containsExactly(Optional.of(came));
  }

  @Test
  void abandonsTheShardWithoutACheckpointAndStopsTheWorkerOnce() {
    f.store.probe =
        (operation, key) -> {
          if (operation.equals("putIfAbsent")) {
            throw new StoreException("gave up", null);
          }
        };
    ShardRun run = open(at(0));
    f.clock.advance(INTERVAL);
    accept(run, 1, 4);
    accept(run, 5, 9);
    run.tick();
    run.endOfShard(leaseTable);
    run.release(leaseTable);
    run.leaseLost();
    assertThat(f.effects).containsExactly("head 0.0", "abandoned StoreException");
    assertThat(workerStops).hasValue(1);
    assertThat(run.isAbandoned()).isTrue();
  }

  @Test
  void anErrorAtAFailpointAbandonsTheShardToo() {
    f.failpoints =
        new Failpoints() {
          @Override
          public void betweenCommitAndCheckpoint() {
            throw new AssertionError("on purpose");
          }
        };
    ShardRun run = open(at(0));
    f.clock.advance(INTERVAL);
    accept(run, 1, 3);
    assertThat(f.effects)
        .containsExactly("head 0.0", "commit 0.0", "count 3", "abandoned AssertionError");
  }

  @Test
  void sealsAnOldTileByItsTimer() {
    ShardRun run = open(at(0));
    accept(run, 1, 1);
    f.clock.advance(Duration.ofSeconds(61));
    run.tick();
    assertThat(f.idsIn(FOLDER + "0.0.ndjson.gz")).containsExactly("1");
    assertThat(f.effects).endsWith("checkpoint 1.0");
  }

  @Test
  void endOfShardCommitsTheRestMarksTheEndAndThenCheckpoints() {
    ShardRun run = open(StartWord.TRIM_HORIZON);
    accept(run, 1, 4);
    f.effects.clear();
    run.endOfShard(leaseTable);
    assertThat(f.effects)
        .containsExactly(
            "commit 3.0",
            "count 1",
            "marker shardId-000000000000.json",
            "checkpoint SHARD_END",
            "completed");
    assertThat(ShardEnd.fromJson(MARKER, f.store.objects.get(MARKER).bytes()))
        .isEqualTo(new ShardEnd("shardId-000000000000", at(4)));
    assertThat(run.isOpen()).isFalse();
  }

  @Test
  void endOfAnEmptyShardIsMarkedToo() {
    open(StartWord.TRIM_HORIZON).endOfShard(leaseTable);
    assertThat(f.effects)
        .containsExactly("marker shardId-000000000000.json", "checkpoint SHARD_END", "completed");
  }

  @Test
  void endOfShardMayBeAskedAgainAfterTheLeaseTableRefused() {
    ShardRun run = open(at(0));
    accept(run, 1, 2);
    for (int i = 0; i < ShardRun.MAX_FINAL_CHECKPOINTS; i++) {
      leaseTable.answers.add(Answer.UNAVAILABLE);
    }
    run.endOfShard(leaseTable);
    assertThat(run.isOpen()).isTrue();
    assertThat(pauses).hasSize(ShardRun.MAX_FINAL_CHECKPOINTS - 1);
    run.endOfShard(leaseTable);
    assertThat(f.effects).endsWith("checkpoint SHARD_END", "completed");
  }

  /** The lease table may have made the checkpoint whose answer was lost. */
  @Test
  void afterTheEndOfTheShardWasAskedForNoEarlierCheckpointFollows() {
    ShardRun run = open(at(0));
    accept(run, 1, 2);
    for (int i = 0; i < ShardRun.MAX_FINAL_CHECKPOINTS; i++) {
      leaseTable.answers.add(Answer.UNAVAILABLE);
    }
    run.endOfShard(leaseTable);
    f.clock.advance(INTERVAL.multipliedBy(100));
    run.tick();
    run.release(leaseTable);
    assertThat(f.effects)
        .filteredOn(e -> e.startsWith("checkpoint"))
        .allMatch(e -> e.startsWith("checkpoint SHARD_END"));
  }

  @Test
  void endOfShardAdoptsWhatAnotherRunHasCommittedAndCommitsTheRest() {
    ShardRun run = open(at(0));
    accept(run, 1, 2);
    ShardTiles other = f.tiles("other", at(0));
    other.accept(record(1));
    other.sealEverything();
    other.advance();
    f.effects.clear();
    run.endOfShard(leaseTable);
    assertThat(f.idsIn(FOLDER + "0.0.ndjson.gz")).containsExactly("1");
    assertThat(f.idsIn(FOLDER + "1.0.ndjson.gz")).containsExactly("2");
    assertThat(f.effects).contains("adopted 1.0").endsWith("checkpoint SHARD_END", "completed");
  }

  @Test
  void refusesAMarkerThatEndsTheShardEarlierAndTakesOneThatReachesFurther() {
    ShardRun run = open(at(0));
    accept(run, 1, 2);
    new ShardEnd("shardId-000000000000", at(1)).writeTo(f.store, MARKER);
    run.endOfShard(leaseTable);
    assertThat(run.isAbandoned()).isTrue();
    assertThat(f.effects).doesNotContain("checkpoint SHARD_END");

    f.store.objects.clear();
    new ShardEnd("shardId-000000000000", at(9)).writeTo(f.store, MARKER);
    ShardRun after = open(at(2));
    after.endOfShard(leaseTable);
    assertThat(f.effects).endsWith("checkpoint SHARD_END", "completed");
  }

  @Test
  void releaseCommitsWhatItHasAndCheckpointsIt() {
    ShardRun run = open(at(0));
    accept(run, 1, 4);
    run.requestStop(f.clock.instant().plusSeconds(5));
    accept(run, 5, 9);
    f.effects.clear();
    run.release(leaseTable);
    assertThat(f.effects)
        .containsExactly("commit 3.0", "count 1", "checkpoint 4.0", "released false");
    assertThat(f.idsIn(FOLDER + "3.0.ndjson.gz")).containsExactly("4");
  }

  @Test
  void afterABatchWasRefusedTheShardIsNeverMarkedAsDone() {
    ShardRun run = open(at(0));
    accept(run, 1, 2);
    run.requestStop(f.clock.instant().plusSeconds(5));
    accept(run, 3, 3);
    run.endOfShard(leaseTable);
    assertThat(f.effects).noneMatch(e -> e.contains("SHARD_END") || e.startsWith("marker"));
  }

  @Test
  void failpointOfAShutdownLiesBetweenTheLastCommitAndItsCheckpoint() {
    f.failpoints =
        new Failpoints() {
          @Override
          public void duringShutdown() {
            f.effects.add("failpoint");
          }
        };
    ShardRun run = open(at(0));
    accept(run, 1, 1);
    run.requestStop(f.clock.instant().plusSeconds(5));
    f.effects.clear();
    run.release(leaseTable);
    assertThat(f.effects)
        .containsExactly("commit 0.0", "count 1", "failpoint", "checkpoint 1.0", "released true");
  }

  @Test
  void waitsForTheStoreInsteadOfFillingMemory() throws Exception {
    var storeIsSlow = new CountDownLatch(1);
    var secondBatchIsIn = new CountDownLatch(1);
    f.executor = threads;
    f.store.probe =
        (operation, key) -> {
          if (operation.equals("putIfAbsent")) {
            awaitQuietly(storeIsSlow);
          }
        };
    ShardRun run = open(at(0));
    accept(run, 1, 3); // in flight
    accept(run, 4, 6); // filled meanwhile
    threads.execute(
        () -> {
          accept(run, 7, 7);
          secondBatchIsIn.countDown();
        });
    assertThat(secondBatchIsIn.await(200, TimeUnit.MILLISECONDS)).isFalse();
    run.tick(); // returns at once: the shard is busy
    assertThat(run.oldestUncommitted()).isPresent();
    storeIsSlow.countDown();
    assertThat(secondBatchIsIn.await(30, TimeUnit.SECONDS)).isTrue();
    run.requestStop(f.clock.instant().plusSeconds(30));
    run.release(leaseTable);
    assertThat(f.idsIn(FOLDER + "6.0.ndjson.gz")).containsExactly("7");
    assertThat(f.effects).endsWith("checkpoint 7.0", "released true");
  }

  @Test
  void aStopEndsTheWaitForAStoreThatHangs() throws Exception {
    var never = new CountDownLatch(1);
    var returned = new CountDownLatch(1);
    f.executor = threads;
    f.store.probe =
        (operation, key) -> {
          if (operation.equals("putIfAbsent")) {
            awaitQuietly(never);
          }
        };
    ShardRun run = open(at(0));
    threads.execute(
        () -> {
          accept(run, 1, 7);
          returned.countDown();
        });
    run.requestStop(f.clock.instant());
    assertThat(returned.await(30, TimeUnit.SECONDS)).isTrue();
    run.release(leaseTable);
    assertThat(f.effects).noneMatch(e -> e.startsWith("checkpoint")).endsWith("released false");
    assertThat(workerStops).hasValue(0);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted", e);
    }
  }
}
