package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShardTest {
  private static final int MANY = 1_000;
  private static final long MUCH = 1_000_000;

  private final ManualClock time = new ManualClock();
  private final SequenceClock clock = new SequenceClock(time);
  private final Shard shard = newShard(0, List.of());

  private Shard newShard(int index, List<String> parents) {
    return new Shard(index, HashRange.tile(1).get(0), parents, clock.next(), clock, false);
  }

  private long append(int bytes) {
    return shard.append("k", new byte[bytes], bytes + 1).orElseThrow();
  }

  @Test
  void readsAfterAPosition() {
    append(1);
    long second = append(2);
    append(3);

    Shard.Batch batch = shard.read(second, MANY, MUCH, 0);

    assertThat(batch.records())
        .singleElement()
        .satisfies(record -> assertThat(record.data()).hasSize(3));
    assertThat(batch.last()).isEqualTo(shard.last());
    assertThat(batch.millisBehindLatest()).isZero();
    assertThat(batch.endOfShard()).isFalse();
  }

  @Test
  void stopsAtTheBoundsOfRecordsAndBytesButGivesOne() {
    append(100);
    append(100);
    append(100);

    assertThat(shard.read(0, 2, MUCH, 0).records()).hasSize(2);
    assertThat(shard.read(0, MANY, 250, 0).records()).hasSize(2);
    assertThat(shard.read(0, MANY, 1, 0).records()).hasSize(1);
  }

  @Test
  void tellsHowFarBehindAReadIs() {
    append(1);
    append(1);
    time.advance(Duration.ofSeconds(7));

    assertThat(shard.read(0, 1, MUCH, 0).millisBehindLatest()).isEqualTo(7_000);
    assertThat(shard.read(0, 2, MUCH, 0).millisBehindLatest()).isZero();
  }

  @Test
  void staysWhereItIsOnAnEmptyShard() {
    assertThat(shard.read(shard.start(), MANY, MUCH, 0).last()).isEqualTo(shard.start());
  }

  @Test
  void namesTheChildrenOnlyBehindTheLastRecord() {
    append(1);
    append(1);
    Shard child = newShard(1, List.of(shard.id()));
    shard.close(clock.next(), List.of(child));

    assertThat(shard.read(0, 1, MUCH, 0).children()).isEmpty();
    assertThat(shard.read(0, 2, MUCH, 0).children()).containsExactly(child);
    assertThat(shard.read(shard.last(), 1, MUCH, 0).children()).containsExactly(child);
  }

  @Test
  void givesNoExpiredRecord() {
    append(1);
    time.advance(Duration.ofHours(25));
    append(2);
    long horizon = SequenceClock.firstAt(time.millis() - Duration.ofHours(24).toMillis());

    assertThat(shard.read(0, MANY, MUCH, horizon).records()).hasSize(1);
    assertThat(shard.trimBefore(horizon)).isEqualTo(StoredRecord.retainedBytes("k", new byte[1]));
    assertThat(shard.trimBefore(horizon)).isZero();
    assertThat(shard.read(0, MANY, MUCH, 0).records()).hasSize(1);
  }

  @Test
  void wakesItsWatchersWhenItCloses() {
    var woken = new AtomicInteger();
    Runnable watcher = woken::incrementAndGet;
    shard.watch(watcher);
    shard.close(clock.next(), List.of(newShard(1, List.of(shard.id()))));
    shard.unwatch(watcher);
    shard.wake();

    assertThat(woken).hasValue(1);
  }
}
