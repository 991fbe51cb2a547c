package dev.sluice.consumer.model;

import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.ShardAddress;
import dev.sluice.consumer.tiles.StartWord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws streams of one to three generations of shards: single ones, splits, merges. */
final class Shards {
  private static final Instant FIRST_ARRIVAL = Instant.parse("2026-03-01T10:00:00Z");

  /** So far apart, records of one tile often lie in several hours. */
  private static final Duration APART = Duration.ofMinutes(11);

  private static final int MIN_RECORDS = 5;
  private static final int MAX_RECORDS = 40;

  private final SplittableRandom random;
  private final Plan plan;
  private final List<Shard> shards = new ArrayList<>();
  private int sequence = 5;

  private Shards(SplittableRandom random, Plan plan) {
    this.random = random;
    this.plan = plan;
  }

  static List<Shard> draw(SplittableRandom random, Plan plan) {
    return new Shards(random, plan).draw();
  }

  private List<Shard> draw() {
    StartWord start = random.nextInt(5) == 0 ? StartWord.AT_TIMESTAMP : StartWord.TRIM_HORIZON;
    Shard first = add(List.of(), start);
    switch (random.nextInt(6)) {
      case 0 -> {
        add(List.of(first), StartWord.TRIM_HORIZON); // a split
        add(List.of(first), StartWord.TRIM_HORIZON);
      }
      case 1 -> add(List.of(first, add(List.of(), start)), StartWord.TRIM_HORIZON); // a merge
      case 2 -> {
        Shard left = add(List.of(first), StartWord.TRIM_HORIZON);
        Shard right = add(List.of(first), StartWord.TRIM_HORIZON);
        add(List.of(left, right), StartWord.TRIM_HORIZON);
      }
      default -> {
        // One shard alone.
      }
    }
    fill();
    return shards;
  }

  private Shard add(List<Shard> parents, StartWord start) {
    String id = "shardId-" + shards.size();
    var shard = new Shard(new ShardAddress("app", "logs", 1_700_000_000_000L, id), parents, start);
    shards.add(shard);
    return shard;
  }

  /** Few records mostly; now and then many, or none in a shard. */
  private void fill() {
    int bound = random.nextInt(6) == 0 ? MAX_RECORDS : MIN_RECORDS + 10;
    int left = MIN_RECORDS + random.nextInt(bound - MIN_RECORDS + 1);
    for (int i = 0; i < shards.size(); i++) {
      int share = i == shards.size() - 1 ? left : random.nextInt(left + 1);
      fill(shards.get(i), share);
      left -= share;
    }
  }

  private void fill(Shard shard, int records) {
    for (int count = records; count > 0; ) {
      sequence += 1 + random.nextInt(5);
      int parts = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1; // of a KPL aggregate
      for (int sub = 0; sub < parts && count > 0; sub++, count--) {
        int bad = random.nextInt(6) == 0 ? 1 : 0;
        shard.add(
            new Position(Integer.toString(sequence), sub),
            plan.expiry() ? FIRST_ARRIVAL : FIRST_ARRIVAL.plus(APART.multipliedBy(sequence)),
            random.nextInt(5) == 0 ? 2 : 1 - bad,
            bad);
      }
    }
  }
}
