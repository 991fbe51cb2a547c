package dev.sluice.consumer.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Thousands of seeded interleavings of runs that believe they own the same shard. Each must end
 * with one unbroken chain that holds every line once; on the way no checkpoint may leave the ends
 * of the chain. A failing seed is printed, and fails again alone.
 */
class RacingRunsTest {
  private static final int SEEDS = 2_000;
  private static final int STEPS = 150;

  @Test
  void everyInterleavingEndsWithEachRecordInExactlyOneCommit() {
    int adopted = 0;
    int kills = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      var shard = new SimulatedShard(seed);
      try {
        shard.run(STEPS);
        Chain chain = Chain.of(shard.f.store);
        chain.verify(shard.f.store, shard.records);
        RawRecord last = shard.records.get(shard.records.size() - 1);
        String marker = "_sluice/app/logs-1700000000000/shard-ends/shardId-000000000000.json";
        assertThat(ShardEnd.fromJson(marker, shard.f.store.objects.get(marker).bytes()).last())
            .isEqualTo(last.position());
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      adopted += shard.f.effects.stream().filter(e -> e.startsWith("adopted")).count() > 0 ? 1 : 0;
      kills += shard.runs() > 2 ? 1 : 0;
    }
    assertThat(adopted).as("interleavings with a lost race").isGreaterThan(SEEDS / 4);
    assertThat(kills).as("interleavings with several owners").isGreaterThan(SEEDS / 2);
  }
}
