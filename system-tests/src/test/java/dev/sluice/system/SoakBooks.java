package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The books of a load of many millions of lines, read a tile at a time: what the stream has
 * acknowledged stands against what lies in S3. The stream itself has forgotten the beginning.
 */
final class SoakBooks {
  /** S3 tells the second in which it took an object: this much may be added to it. */
  private static final int WRITTEN_MILLIS_MAX = 999;

  private static final int BUCKET_MILLIS = 10;
  private static final int BUCKETS = 60_000; // ten minutes

  private final Scenario scenario;
  private final LineLoad load;
  private final BitSet found = new BitSet(); // by id
  private final int[] latencies = new int[BUCKETS];
  private long lines;
  private long enriched;
  private long rejected;
  private long tiles;

  private SoakBooks(Scenario scenario, LineLoad load) {
    this.scenario = scenario;
    this.load = load;
  }

  static SoakBooks read(Scenario scenario, LineLoad load) {
    var books = new SoakBooks(scenario, load);
    scenario.output().forEachTile(books::add);
    return books;
  }

  private void add(StoredTile tile) {
    tiles++;
    enriched += tile.enriched().size();
    rejected += tile.rejected().size();
    long written = tile.written().toEpochMilli() + WRITTEN_MILLIS_MAX;
    Stream.concat(tile.enriched().stream(), tile.rejected().stream())
        .forEach(
            id -> {
              lines++;
              found.set(Math.toIntExact(id));
              long latency = Math.max(0, written - load.acceptedAtMillis(id));
              latencies[(int) Math.min(BUCKETS - 1, latency / BUCKET_MILLIS)]++;
            });
  }

  /** Every id that was acknowledged is there once, and no other. */
  void assertBalanced() {
    assertThat(Arrays.equals(found.stream().asLongStream().toArray(), load.accepted()))
        .as("ids in S3 are those that were sent")
        .isTrue();
    assertThat(lines).as("lines in S3, doubled ones counted again").isEqualTo(found.cardinality());
    var report = scenario.output().audit();
    assertThat(report.findings()).as("findings of the audit").isEmpty();
    assertThat(report.in()).as("lines by the audit").isEqualTo(lines);
  }

  private LongStream accepted() {
    return LongStream.of(load.accepted());
  }

  /** Up to a second too many. */
  double p99Seconds() {
    long left = lines / 100;
    int bucket = BUCKETS;
    while (left >= 0 && bucket > 0) {
      left -= latencies[--bucket];
    }
    return (bucket + 1) * BUCKET_MILLIS / 1_000.0;
  }

  void addResult() {
    FaultResults.add(
        scenario,
        new Books.Counts(lines, enriched, 0, rejected, tiles),
        IdFile.write(scenario.folder().resolve("ids-sent.txt"), accepted()),
        IdFile.write(scenario.folder().resolve("ids-found.txt"), found.stream().asLongStream()));
  }
}
