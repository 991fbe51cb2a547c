package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.audit.LeaseCheckpoints;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A split and a merge under load: nothing lost or doubled, children after their parents. */
class ReshardTest {
  private static final int LINES_BEFORE = 6_000;
  private static final int LINES_AFTER = 4_000;
  private static final double LINES_PER_SECOND = 1_000;
  private static final int PARENTS = 3;
  private static final int CHILDREN = 3;

  private static SystemStack stack;

  @BeforeAll
  static void startStack() {
    stack = SystemStack.start();
  }

  @AfterAll
  static void stopStack() {
    stack.close();
  }

  @Test
  void splitAndMergeUnderLoadLoseAndDoubleNothing() {
    var scenario = Scenario.create(stack, "reshard");
    try (var consumer = scenario.startConsumer("consumer")) {
      consumer.awaitShards(Scenario.SHARDS);
      scenario.startLoad(LINES_BEFORE, LINES_PER_SECOND);
      consumer.await("output", () -> scenario.output().lines() > 0);
      split(scenario, 0);
      merge(scenario, 2, 3);
      // Surely for the children; the first load goes on meanwhile.
      scenario.startLoad(LINES_AFTER, LINES_PER_SECOND);
      scenario.awaitDelivery(consumer);
      consumer.awaitShards(Scenario.SHARDS + CHILDREN);
      StopBound.assertStopsInTime(consumer, "reshard");
      assertChildrenAfterParents(scenario, Books.assertBalanced(scenario));
    }
  }

  private static void split(Scenario scenario, int shard) {
    String stream = scenario.name();
    Shard parent = shards(stream).get(shard);
    BigInteger start = new BigInteger(parent.hashKeyRange().startingHashKey());
    BigInteger end = new BigInteger(parent.hashKeyRange().endingHashKey());
    kinesis()
        .splitShard(
            split ->
                split
                    .streamName(stream)
                    .shardToSplit(parent.shardId())
                    .newStartingHashKey(start.add(end).shiftRight(1).toString()));
    scenario.awaitActiveStream();
  }

  /** The two have to be neighbours. */
  private static void merge(Scenario scenario, int left, int right) {
    String stream = scenario.name();
    List<Shard> shards = shards(stream);
    kinesis()
        .mergeShards(
            merge ->
                merge
                    .streamName(stream)
                    .shardToMerge(shards.get(left).shardId())
                    .adjacentShardToMerge(shards.get(right).shardId()));
    scenario.awaitActiveStream();
  }

  /** In the order of their ids, the four of the beginning first. */
  private static List<Shard> shards(String stream) {
    return kinesis().listShards(list -> list.streamName(stream)).shards().stream()
        .sorted(Comparator.comparing(Shard::shardId))
        .toList();
  }

  private static KinesisClient kinesis() {
    return stack.kinesis();
  }

  private static void assertChildrenAfterParents(Scenario scenario, List<StoredTile> tiles) {
    Map<String, S3Object> ends = scenario.output().shardEnds();
    LeaseCheckpoints leases = scenario.output().leases();
    List<Shard> children =
        shards(scenario.name()).stream().filter(shard -> shard.parentShardId() != null).toList();
    assertThat(children).hasSize(CHILDREN);
    assertThat(ends).hasSize(PARENTS);
    for (Shard child : children) {
      Instant firstTile =
          written(tiles, child.shardId()).min(Comparator.naturalOrder()).orElseThrow();
      Stream.of(child.parentShardId(), child.adjacentParentShardId())
          .filter(parent -> parent != null)
          .forEach(
              parent -> {
                assertThat(leases.byShard()).containsEntry(parent, LeaseCheckpoints.SHARD_END);
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
  }

  private static Stream<Instant> written(List<StoredTile> tiles, String shardId) {
    return tiles.stream()
        .filter(tile -> tile.header().shardId().equals(shardId))
        .map(StoredTile::written);
  }
}
