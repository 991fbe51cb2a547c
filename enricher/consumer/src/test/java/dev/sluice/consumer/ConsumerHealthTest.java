package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.kcl.FakeShard;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code /health} and {@code /ready} say. */
class ConsumerHealthTest {
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  private final WatchedWorker worker = new WatchedWorker();
  private boolean alive = true;
  private boolean running = true;
  private final ConsumerHealth health =
      new ConsumerHealth(
          worker.shards, () -> alive, worker.watch::isStalled, MAX_AGE, () -> worker.now);
  private final ConsumerReadiness readiness =
      new ConsumerReadiness(worker.shards, worker.beats, () -> running, () -> worker.now);

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void isGoodWhileRecordsAreCommittedInTimeAndBadWhileTheyAreNot() {
    FakeShard shard = worker.open("s1");
    shard.oldestUncommitted = worker.now;
    worker.sleep(MAX_AGE);
    assertThat(health.report().good()).isTrue();
    assertThat(health.report().json())
        .contains(
            "\"status\":\"ok\"",
            "\"oldestUncommittedAgeMillis\":300000,\"maxUncommittedAgeMillis\":300000",
            "\"shard\":\"s1\",\"open\":true,\"lastProgress\":\"2026-01-01T00:00:00Z\"");
    worker.sleep(Duration.ofMillis(1));
    assertThat(health.report().good()).isFalse();
    shard.oldestUncommitted = null;
    assertThat(health.report().good()).isTrue();
  }

  @Test
  void isBadWhileAShardIsSilentInSpiteOfANewSubscription() {
    worker.beat("s1");
    FakeShard shard = worker.open("s1");
    worker.pass(WatchedWorker.LIMIT.plusSeconds(1), "s1");
    assertThat(health.report().good()).isFalse();
    assertThat(health.report().json()).contains("\"stalled\":true");
    worker.pass(Duration.ofSeconds(1), "s1");
    shard.batch(worker.shards);
    worker.watch.look();
    assertThat(health.report().good()).isTrue();
  }

  @Test
  void isBadWithoutASchedulerOrWithAShardThatWasGivenUp() {
    FakeShard shard = worker.open("s1");
    alive = false;
    assertThat(health.report().good()).isFalse();
    assertThat(health.report().json()).contains("\"schedulerAlive\":false");
    alive = true;
    shard.abandon(new IllegalStateException());
    assertThat(health.report().good()).isFalse();
  }

  private void assertReadiness(boolean good, String json) {
    assertThat(readiness.report()).isEqualTo(new ConsumerHealth.Report(good, json));
  }

  @Test
  void isReadyOnceAShardIsOpenAndNoMoreOnceItStops() {
    assertReadiness(false, "{\"status\":\"preparing leases\",\"leases\":0,\"openShards\":0}");
    worker.beat();
    assertReadiness(false, "{\"status\":\"taking leases\",\"leases\":0,\"openShards\":0}");
    worker.beat("s1", "s2");
    assertReadiness(false, "{\"status\":\"opening shards\",\"leases\":2,\"openShards\":0}");
    worker.open("s1");
    assertReadiness(true, "{\"status\":\"ready\",\"leases\":2,\"openShards\":1}");
    running = false;
    assertReadiness(false, "{\"status\":\"not running\",\"leases\":2,\"openShards\":1}");
  }

  @Test
  void aWorkerWithoutALeaseStandsByAfterAWhile() {
    worker.beat();
    worker.sleep(ConsumerReadiness.STANDBY_AFTER.minusMillis(1));
    worker.beat();
    assertThat(readiness.report().good()).isFalse();
    worker.sleep(Duration.ofMillis(1));
    assertReadiness(true, "{\"status\":\"standing by\",\"leases\":0,\"openShards\":0}");
  }
}
