package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.audit.LeaseCheckpoints;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Splits and merges under load: nothing lost or doubled, children after their parents. The books
 * hold the order of each shard, so the order of each partition key is kept, too.
 */
@FaultTest
@Tag("R7")
class ReshardTest {
  private static final FaultForm FORM = FaultForm.ofThisRun();
  private static final double LINES_PER_SECOND = 400;
  private static final double CHILDREN_SECONDS_MAX = 60;

  @Test
  void splitsAndMergesUnderLoadLoseAndDoubleNothing(SystemStack stack) {
    var scenario = Scenario.create(stack, "r7-reshard", FORM.reshardShards());
    scenario.startLoad(LINES_PER_SECOND);
    try (var consumer = scenario.startConsumer("consumer")) {
      consumer.awaitShards(FORM.reshardShards());
      consumer.await("output", () -> scenario.output().lines() > 0);
      for (int round = 1; round <= FORM.reshardRounds(); round++) {
        List<Shard> open = openShards(scenario);
        open.subList(0, FORM.resharded()).forEach(shard -> split(scenario, shard));
        awaitTiles(scenario, consumer, "children of splits, round " + round);
        List<Shard> pairs = openShards(scenario);
        pairs = pairs.subList(pairs.size() - 2 * FORM.resharded(), pairs.size());
        for (int i = 0; i < pairs.size(); i += 2) {
          merge(scenario, pairs.get(i), pairs.get(i + 1));
        }
        awaitTiles(scenario, consumer, "children of merges, round " + round);
      }
      scenario.finishLoad();
      scenario.awaitDelivery(consumer);
      StopBound.assertStopsInTime(scenario, consumer, "after reshards");
    }
    List<Shard> shards = shards(scenario);
    assertChildrenAfterParents(scenario, shards, Books.assertBalanced(scenario));
  }

  private static void split(Scenario scenario, Shard parent) {
    BigInteger start = new BigInteger(parent.hashKeyRange().startingHashKey());
    BigInteger end = new BigInteger(parent.hashKeyRange().endingHashKey());
    scenario
        .stack()
        .kinesis()
        .splitShard(
            split ->
                split
                    .streamName(scenario.name())
                    .shardToSplit(parent.shardId())
                    .newStartingHashKey(start.add(end).shiftRight(1).toString()));
    scenario.awaitActiveStream();
  }

  private static void merge(Scenario scenario, Shard left, Shard right) {
    scenario
        .stack()
        .kinesis()
        .mergeShards(
            merge ->
                merge
                    .streamName(scenario.name())
                    .shardToMerge(left.shardId())
                    .adjacentShardToMerge(right.shardId()));
    scenario.awaitActiveStream();
  }

  /** Waits until every open shard has a tile. */
  private static void awaitTiles(Scenario scenario, ConsumerProcess consumer, String what) {
    long start = System.nanoTime();
    Set<String> open =
        openShards(scenario).stream().map(Shard::shardId).collect(Collectors.toSet());
    consumer.await("tiles of " + what, () -> scenario.output().shardsWithTiles().containsAll(open));
    scenario.measured("tiles of " + what, start, CHILDREN_SECONDS_MAX);
  }

  private static List<Shard> shards(Scenario scenario) {
    return scenario.stack().kinesis().listShards(list -> list.streamName(scenario.name())).shards();
  }

  /** By their hash keys, so that neighbours stand side by side. */
  private static List<Shard> openShards(Scenario scenario) {
    return shards(scenario).stream()
        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
        .sorted(Comparator.comparing(s -> new BigInteger(s.hashKeyRange().startingHashKey())))
        .toList();
  }

  private static void assertChildrenAfterParents(
      Scenario scenario, List<Shard> shards, List<StoredTile> tiles) {
    Map<String, S3Object> ends = scenario.output().shardEnds();
    LeaseCheckpoints leases = scenario.output().leases();
    List<Shard> children = shards.stream().filter(shard -> shard.parentShardId() != null).toList();
    var parents = new HashSet<String>();
    for (Shard child : children) {
      Instant firstTile =
          written(tiles, child.shardId()).min(Comparator.naturalOrder()).orElseThrow();
      Stream.of(child.parentShardId(), child.adjacentParentShardId())
          .filter(parent -> parent != null)
          .forEach(
              parent -> {
                parents.add(parent);
                assertThat(leases.byShard().getOrDefault(parent, LeaseCheckpoints.SHARD_END))
                    .as("checkpoint of " + parent + ", unless KCL has removed its lease")
                    .isEqualTo(LeaseCheckpoints.SHARD_END);
                Instant marker = ends.get(parent).lastModified();
                assertThat(written(tiles, parent).toList())
                    .as("tiles of " + parent + ", before the marker of its end")
                    .allSatisfy(tile -> assertThat(tile).isBeforeOrEqualTo(marker));
                assertThat(firstTile)
                    .as("first tile of " + child.shardId() + ", after the end of " + parent)
                    .isAfterOrEqualTo(marker);
                Report.line(
                    "%s: first tile of %s %,d ms after the end of %s",
                    scenario.name(),
                    child.shardId(),
                    Duration.between(marker, firstTile).toMillis(),
                    parent);
              });
    }
    assertThat(parents).as("parents").hasSize(3 * FORM.resharded() * FORM.reshardRounds());
    assertThat(ends.keySet()).as("shards that ended").isEqualTo(parents);
  }

  private static Stream<Instant> written(List<StoredTile> tiles, String shardId) {
    return tiles.stream()
        .filter(tile -> tile.header().shardId().equals(shardId))
        .map(StoredTile::written);
  }
}
