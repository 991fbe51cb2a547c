package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.kcl.FakeShard;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StallWatchTest {
  private static final Duration LIMIT = WatchedWorker.LIMIT;
  private static final Duration OVER = LIMIT.plusSeconds(1);

  private final WatchedWorker worker = new WatchedWorker();

  @BeforeEach
  void begin() {
    worker.beat("s1", "s2");
  }

  @AfterEach
  void end() {
    worker.close();
  }

  @Test
  void isQuietWhileBatchesComeEmptyOnesToo() {
    FakeShard shard = worker.open("s1");
    for (int i = 0; i < 10; i++) {
      worker.pass(LIMIT, "s1");
      shard.batch(worker.shards);
    }
    assertThat(worker.done).isEmpty();
  }

  @Test
  void aSilentShardIsSubscribedAnewAndItsNeighbourIsNot() {
    FakeShard neighbour = worker.open("s2");
    FakeShard shard = worker.open("s1");
    shard.batch(worker.shards);
    worker.passWithoutBeats(LIMIT);
    neighbour.batch(worker.shards);
    worker.pass(Duration.ofSeconds(1), "s1", "s2");
    assertThat(worker.done).containsExactly("s1 silent for 121 s, time 1", "restart s1");
    assertThat(worker.watch.isStalled("s1")).isTrue();
    assertThat(worker.watch.isStalled("s2")).isFalse();
  }

  @Test
  void waitsAgainAfterANewSubscriptionAndForgetsItWithTheNextBatch() {
    FakeShard shard = worker.open("s1");
    worker.pass(OVER, "s1");
    shard.leave(worker.shards);
    FakeShard next = worker.open("s1"); // by KCL
    worker.pass(LIMIT, "s1");
    assertThat(worker.done).hasSize(2);
    next.batch(worker.shards);
    worker.pass(Duration.ofSeconds(1), "s1");
    assertThat(worker.watch.isStalled("s1")).isFalse();
    worker.pass(LIMIT, "s1");
    assertThat(worker.done.subList(2, 4))
        .containsExactly("s1 silent for 121 s, time 1", "restart s1");
  }

  @Test
  void aNewRunWithoutABatchIsNoProgress() {
    worker.open("s1").batch(worker.shards);
    for (int i = 0; i < StallWatch.MAX_RESTARTS; i++) {
      worker.pass(OVER, "s1");
      worker.shards.runs().forEach(run -> ((FakeShard) run).leave(worker.shards));
      worker.open("s1");
    }
    worker.pass(OVER, "s1");
    assertThat(worker.done)
        .hasSize(2 * StallWatch.MAX_RESTARTS + 1)
        .contains("s1 silent for 121 s, time 3")
        .last()
        .isEqualTo("fail: s1 gives no batch, not even an empty one, after 3 new subscriptions");
  }

  @Test
  void aShardThatNeverComesBackEndsTheWorkerToo() {
    FakeShard shard = worker.open("s1");
    worker.pass(OVER, "s1");
    shard.leave(worker.shards);
    for (int i = 0; i < StallWatch.MAX_RESTARTS; i++) {
      worker.pass(OVER, "s1");
    }
    assertThat(worker.done).last().asString().startsWith("fail: s1 gives no batch");
  }

  @Test
  void aLeaseThatMovedElsewhereIsForgotten() {
    FakeShard shard = worker.open("s1");
    worker.pass(OVER, "s1");
    shard.leave(worker.shards);
    for (int i = 0; i < 5; i++) {
      worker.pass(OVER);
    }
    assertThat(worker.done).hasSize(2);
    assertThat(worker.watch.isStalled("s1")).isFalse();
  }

  @Test
  void whoeverWaitsForASinkIsNotSilent() {
    FakeShard shard = worker.open("s1");
    shard.works(worker.shards);
    worker.pass(Duration.ofHours(1), "s1");
    assertThat(worker.done).isEmpty();
  }

  @Test
  void aRunThatIsOverIsNotSilent() {
    worker.open("s1").open = false;
    worker.pass(OVER, "s1");
    assertThat(worker.done).isEmpty();
  }

  @Test
  void aLoopThatStandsStillEndsTheWorker() {
    worker.passWithoutBeats(LIMIT);
    assertThat(worker.watch.isLoopAlive()).isTrue();
    worker.passWithoutBeats(Duration.ofSeconds(1));
    assertThat(worker.watch.isLoopAlive()).isFalse();
    assertThat(worker.done).containsExactly("fail: KCL's loop stands still, for more than 120 s");
  }

  @Test
  void aLoopThatNeverBeginsEndsTheWorker() {
    try (var late = new WatchedWorker()) {
      late.passWithoutBeats(StallWatch.START_LIMIT);
      assertThat(late.done).isEmpty();
      late.passWithoutBeats(Duration.ofSeconds(1));
      assertThat(late.done).containsExactly("fail: KCL has not prepared its leases within 10 min");
    }
  }

  @Test
  void aStopIsNotDisturbed() {
    worker.open("s1");
    worker.stopping = true;
    worker.passWithoutBeats(Duration.ofHours(1));
    assertThat(worker.done).isEmpty();
  }

  @Test
  void aProcessThatStoodStillItselfGetsItsTimeAnew() {
    FakeShard shard = worker.open("s1");
    worker.sleep(Duration.ofHours(1));
    worker.watch.look();
    assertThat(worker.watch.isLoopAlive()).isTrue();
    worker.pass(LIMIT, "s1");
    assertThat(worker.done).isEmpty();
    shard.batch(worker.shards);
    worker.pass(OVER, "s1");
    assertThat(worker.done).containsExactly("s1 silent for 121 s, time 1", "restart s1");
  }
}
