package dev.sluice.consumer.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.samples.MmdbMetadata;
import dev.sluice.samples.SampleGeo;
import dev.sluice.samples.SyntheticAccessLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A shard carries a large load whole: one line a record, enriched, gzipped and committed to a store
 * that takes everything. How much processor time that costs is printed, not asserted; {@code
 * -Dsluice.load.lines=2000000} measures.
 */
class TileLoadTest {
  private static final int BATCH = 1_000;
  private static final int DISTINCT_LINES = 20_000;
  private static final Duration TILE_AGE = Duration.ofHours(1);

  /** Counts what is written. */
  private static final class Sizes implements TileStore, ConsumerEvents {
    private final Set<String> keys = new HashSet<>();
    private long bytes;
    private long lines;

    @Override
    public PutAnswer putIfAbsent(String key, Content content) {
      put(key, content);
      return PutAnswer.CREATED;
    }

    @Override
    public void put(String key, Content content) {
      assertThat(keys.add(key)).isTrue();
      bytes += content.bytes().length;
    }

    @Override
    public Optional<Map<String, String>> head(String key) {
      return Optional.empty();
    }

    @Override
    public Optional<byte[]> read(String key) {
      return Optional.empty();
    }

    @Override
    public void delete(String key) {
      throw new AssertionError("nothing is to be removed");
    }

    @Override
    public void tileCommitted(String shardId, TileCounts counts, int size) {
      lines += counts.outcomes().in();
    }
  }

  @TempDir private Path folder;

  private static List<byte[]> sampleLines() {
    var log = new SyntheticAccessLog(7);
    var lines = new ArrayList<byte[]>(DISTINCT_LINES);
    for (int i = 0; i < DISTINCT_LINES; i++) {
      lines.add(log.nextLine());
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyLineOfALargeLoadIsCommittedOnce(int gzipLevel) throws Exception {
    int total = Integer.getInteger("sluice.load.lines", 40_000);
    Path database = folder.resolve("geo.mmdb");
    try (var out = Files.newOutputStream(database)) {
      new SampleGeo()
          .writeTo(out, MmdbMetadata.city("Sluice-Sample-City", List.of("en"), Instant.EPOCH));
    }
    List<byte[]> lines = sampleLines();
    var sizes = new Sizes();
    try (Enricher enricher =
        Enricher.open(
            EnricherSettings.defaults().withGeoIpDatabase(database), new SimpleMeterRegistry())) {
      ShardRun run = run(enricher, sizes, gzipLevel);
      feed(run, lines, Math.min(total, 100_000), 0); // to warm up
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long input = feed(run, lines, total, 1_000_000_000L);
      run.release(new RecordingLeaseTable(new ArrayList<>()));
      double seconds =
          (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "GZIP_LEVEL=%d: %d lines in %.2f s of one core: %.0f lines/s; %.0f bytes a line in, %.1f out%n",
          gzipLevel,
          total,
          seconds,
          total / seconds,
          (double) input / total,
          (double) sizes.bytes / sizes.lines);
      assertThat(sizes.lines).isEqualTo((long) total + Math.min(total, 100_000));
    }
  }

  private static ShardRun run(Enricher enricher, Sizes sizes, int gzipLevel) {
    var context =
        new ShardContext(
            Fixture.ADDRESS,
            "run",
            Fixture.LAYOUT,
            new TileLimits(8 * 1024 * 1024, 100_000, TILE_AGE, gzipLevel),
            sizes,
            TileSinks.NONE,
            new CommitLane(Runnable::run),
            new BatchEnricher(enricher.newLineEnricher()),
            InstantSource.fixed(Fixture.ARRIVAL),
            sizes,
            Failpoints.NONE);
    return new ShardRun(
        context, StartWord.TRIM_HORIZON, Duration.ofSeconds(10), Pause.SLEEP, () -> {});
  }

  /** Bytes of the lines. */
  private static long feed(ShardRun run, List<byte[]> lines, int total, long firstSequence) {
    var leaseTable = new RecordingLeaseTable(new ArrayList<>());
    long bytes = 0;
    for (int sent = 0; sent < total; sent += BATCH) {
      var batch = new ArrayList<RawRecord>(BATCH);
      for (int i = sent; i < Math.min(total, sent + BATCH); i++) {
        byte[] line = lines.get(i % lines.size());
        bytes += line.length;
        batch.add(new RawRecord(Fixture.at(1 + firstSequence + i), Fixture.ARRIVAL, line));
      }
      run.accept(batch, OptionalLong.empty(), leaseTable);
    }
    return bytes;
  }
}
