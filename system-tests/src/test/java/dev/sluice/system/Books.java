package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.TileHeader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Holds what lies in S3 against what lies in the stream, at the end of a scenario when nothing
 * moves any more.
 */
final class Books {
  private static final Comparator<StoredTile> CHAIN =
      Comparator.comparing(tile -> tile.header().first(), Position::compareTo);

  private final Map<String, List<Long>> stream;
  private final List<StoredTile> tiles;

  private Books(Map<String, List<Long>> stream, List<StoredTile> tiles) {
    this.stream = stream;
    this.tiles = tiles;
  }

  /**
   * Asserts that every id that was accepted, and every id in the stream, is in S3 exactly once, in
   * its place, and that nothing else is; that the counts add up; and that the audit agrees. Writes
   * the ids sent and the ids found to the scenario's folder, sorted, for {@code diff}.
   *
   * @return all tiles
   */
  static List<StoredTile> assertBalanced(Scenario scenario) {
    return balanced(scenario).tiles;
  }

  /** Ids of enriched lines, sorted. */
  List<Long> enrichedIds() {
    return tiles.stream().flatMap(tile -> tile.enriched().stream()).sorted().toList();
  }

  /** The same as {@link #assertBalanced}, which ends a scenario of the suite. */
  static Books balanced(Scenario scenario) {
    var books =
        new Books(
            StreamContents.idsByShard(scenario.stack().kinesis(), scenario.name()),
            scenario.output().tiles());
    List<Long> sent = books.sentIds();
    List<Long> found = books.foundIds();
    var sentFile = IdFile.write(scenario.folder().resolve("ids-sent.txt"), stream(sent));
    var foundFile = IdFile.write(scenario.folder().resolve("ids-found.txt"), stream(found));
    books.assertAccepted(scenario, sent);
    books.assertSameIds(sent, found);
    books.assertOrder();
    books.assertCounts(sent.size());
    books.assertAudit(scenario, sent.size());
    if (scenario.isOfSuite()) {
      FaultResults.add(scenario, books.counts(), sentFile, foundFile);
      scenario.deleteStream(); // the stream server has no room for those of all scenarios
    }
    return books;
  }

  private static LongStream stream(List<Long> ids) {
    return ids.stream().mapToLong(Long::longValue);
  }

  private void assertAccepted(Scenario scenario, List<Long> sent) {
    var inStream = new HashSet<>(sent);
    List<Long> missing =
        scenario.accepted().boxed().filter(id -> !inStream.contains(id)).limit(10).toList();
    assertThat(missing).as("ids that the stream has acknowledged and does not have").isEmpty();
  }

  /** What the tiles account for. */
  private Counts counts() {
    long enriched = 0;
    long dropped = 0;
    long rejected = 0;
    for (StoredTile tile : tiles) {
      enriched += tile.header().enriched() + tile.header().enrichedWithWarnings();
      dropped += tile.header().dropped();
      rejected += tile.header().rejected();
    }
    return new Counts(sentIds().size(), enriched, dropped, rejected, tiles.size());
  }

  /** Lines, and the tiles that hold them. */
  record Counts(long sent, long enriched, long dropped, long rejected, long tiles) {}

  private List<Long> sentIds() {
    return stream.values().stream().flatMap(List::stream).sorted().toList();
  }

  private List<Long> foundIds() {
    var found = new ArrayList<Long>();
    for (StoredTile tile : tiles) {
      found.addAll(tile.enriched());
      found.addAll(tile.rejected());
    }
    found.sort(null);
    return found;
  }

  private void assertSameIds(List<Long> sent, List<Long> found) {
    Map<Long, Integer> balance = new TreeMap<>();
    sent.forEach(id -> balance.merge(id, -1, Integer::sum));
    found.forEach(id -> balance.merge(id, 1, Integer::sum));
    var known = new HashSet<>(sent);
    var lost = new ArrayList<Long>();
    var doubled = new ArrayList<Long>();
    var alien = new ArrayList<Long>();
    balance.forEach(
        (id, off) -> {
          if (off < 0) {
            lost.add(id);
          } else if (off > 0) {
            (known.contains(id) ? doubled : alien).add(id);
          }
        });
    assertThat(lost).as("ids in the stream that are not in S3").isEmpty();
    assertThat(doubled).as("ids that are in S3 more than once").isEmpty();
    assertThat(alien).as("ids in S3 that were never sent").isEmpty();
  }

  /** The chain of a shard holds the shard's lines in the shard's order. */
  private void assertOrder() {
    Map<String, List<StoredTile>> chains = new HashMap<>();
    tiles.stream()
        .sorted(CHAIN)
        .forEach(
            tile ->
                chains.computeIfAbsent(tile.header().shardId(), s -> new ArrayList<>()).add(tile));
    stream.forEach(
        (shardId, ids) -> {
          var enriched = new ArrayList<Long>();
          var rejected = new ArrayList<Long>();
          for (StoredTile tile : chains.getOrDefault(shardId, List.of())) {
            enriched.addAll(tile.enriched());
            rejected.addAll(tile.rejected());
          }
          var isRejected = new HashSet<>(rejected);
          assertThat(ids.stream().filter(id -> !isRejected.contains(id)).toList().equals(enriched))
              .as(shardId + ": enriched lines in the order of the shard")
              .isTrue();
          assertThat(ids.stream().filter(isRejected::contains).toList().equals(rejected))
              .as(shardId + ": rejected lines in the order of the shard")
              .isTrue();
        });
  }

  private void assertCounts(long sent) {
    long in = 0;
    long rejected = 0;
    for (StoredTile tile : tiles) {
      TileHeader header = tile.header();
      long enriched = header.enriched() + header.enrichedWithWarnings();
      assertThat(header.in())
          .as(tile.key())
          .isEqualTo(enriched + header.dropped() + header.rejected());
      assertThat(tile.enriched()).as(tile.key()).hasSize((int) enriched);
      assertThat(tile.rejected()).as(tile.key()).hasSize((int) header.rejected());
      in += header.in();
      rejected += header.rejected();
    }
    assertThat(in).as("lines that the tiles account for").isEqualTo(sent);
    assertThat(rejected).as("rejected lines, which the log has").isPositive();
  }

  private void assertAudit(Scenario scenario, long sent) {
    var report = scenario.output().audit();
    assertThat(report.findings()).as("findings of the audit").isEmpty();
    assertThat(report.in()).as("lines by the audit").isEqualTo(sent);
    if (FaultForm.ofThisRun().withCommand()) {
      scenario.output().assertCommandFindsNothing(scenario.folder());
    }
  }
}
