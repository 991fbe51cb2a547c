package dev.sluice.consumer;

import dev.sluice.consumer.kcl.ActiveShards;
import dev.sluice.consumer.tiles.ShardReader;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;

/** Gauges of each shard, only while this worker reads it, and the worst of all. Thread-safe. */
final class ShardGauges {
  private final ActiveShards shards;
  private final InstantSource clock;
  private final MultiGauge millisBehindLatest;
  private final MultiGauge oldestUncommittedAgeMillis;

  ShardGauges(MeterRegistry meters, ActiveShards shards, InstantSource clock) {
    this.shards = shards;
    this.clock = clock;
    millisBehindLatest = MultiGauge.builder("MillisBehindLatest").register(meters);
    oldestUncommittedAgeMillis = MultiGauge.builder("OldestUncommittedAgeMillis").register(meters);
    Gauge.builder("MillisBehindLatestMax", this::millisBehindLatestMax).register(meters);
    Gauge.builder("OldestUncommittedAgeMillisMax", this::oldestAgeMillisMax).register(meters);
  }

  /** NaN, which is not sent, while nobody knows. */
  private double millisBehindLatestMax() {
    return shards.runs().stream()
        .filter(ShardReader::isOpen)
        .flatMapToLong(run -> run.millisBehindLatest().stream())
        .mapToDouble(millis -> millis)
        .max()
        .orElse(Double.NaN);
  }

  private double oldestAgeMillisMax() {
    Instant now = clock.instant();
    return shards.runs().stream()
        .filter(ShardReader::isOpen)
        .flatMap(run -> run.oldestUncommitted().stream())
        .mapToDouble(since -> Duration.between(since, now).toMillis())
        .max()
        .orElse(0);
  }

  /** Takes the values of this moment; shards that are gone lose their gauges. */
  synchronized void refresh() {
    Instant now = clock.instant();
    var behind = new ArrayList<MultiGauge.Row<?>>();
    var ages = new ArrayList<MultiGauge.Row<?>>();
    var seen = new HashSet<String>();
    for (ShardReader run : shards.runs()) {
      if (run.isOpen() && seen.add(run.shardId())) {
        Tags shard = Tags.of("shard", run.shardId());
        run.millisBehindLatest().ifPresent(millis -> behind.add(MultiGauge.Row.of(shard, millis)));
        long age =
            run.oldestUncommitted()
                .map(since -> Duration.between(since, now).toMillis())
                .orElse(0L);
        ages.add(MultiGauge.Row.of(shard, age));
      }
    }
    millisBehindLatest.register(behind, true);
    oldestUncommittedAgeMillis.register(ages, true);
  }
}
