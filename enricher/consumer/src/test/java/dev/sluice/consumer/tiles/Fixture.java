package dev.sluice.consumer.tiles;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.LineEnricher;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.zip.GZIPInputStream;

/** One shard with a fake store and a clock that moves by hand, and an ordered list of effects. */
final class Fixture {
  static final Instant ARRIVAL = Instant.parse("2026-03-01T10:59:59Z");
  static final ShardAddress ADDRESS =
      new ShardAddress("app", "logs", 1_700_000_000_000L, "shardId-000000000000");
  static final Layout LAYOUT =
      new Layout("enriched", ZoneOffset.UTC, InitialPosition.trimHorizon());
  static final String FOLDER =
      "enriched/app/logs-1700000000000/dt=2026-03-01/hr=10/shardId-000000000000/";
  private static final LineEnricher LINES =
      Enricher.open(EnricherSettings.defaults(), new SimpleMeterRegistry()).newLineEnricher();

  final List<String> effects = new ArrayList<>();
  final MemoryStore store = new MemoryStore(effects);
  final Clock clock = new Clock();
  TileLimits limits = new TileLimits(1_000_000, 3, Duration.ofSeconds(60));
  Executor executor = Runnable::run;
  Failpoints failpoints = Failpoints.NONE;
  LineEnricher lines = LINES;
  TileSinks sinks = TileSinks.NONE;

  /** Moves only when told. */
  static final class Clock implements InstantSource {
    Instant now = Instant.parse("2026-03-01T11:00:00Z");

    @Override
    public synchronized Instant instant() {
      return now;
    }

    synchronized void advance(Duration by) {
      now = now.plus(by);
    }
  }

  ShardContext context(String runId) {
    return new ShardContext(
        ADDRESS,
        runId,
        LAYOUT,
        limits,
        store,
        sinks,
        new CommitLane(task -> executor.execute(task)),
        new BatchEnricher(lines),
        clock,
        new Recorded(),
        failpoints);
  }

  ShardTiles tiles(String runId, ContinuesFrom start) {
    return new ShardTiles(context(runId), start);
  }

  /** Events that matter for the order of effects. */
  private final class Recorded implements ConsumerEvents {
    @Override
    public void tileCommitted(String shardId, TileCounts counts, int bytes) {
      effects.add("count " + counts.outcomes().in());
    }

    @Override
    public void recordsIgnored(String shardId, long records) {
      effects.add("ignored " + records);
    }

    @Override
    public void tileAdopted(String shardId, Position last) {
      effects.add("adopted " + last.text());
    }

    @Override
    public void shardAbandoned(String shardId, Throwable cause) {
      effects.add("abandoned " + cause.getClass().getSimpleName());
    }

    @Override
    public void shardReleased(String shardId, boolean drained) {
      effects.add("released " + drained);
    }

    @Override
    public void shardCompleted(String shardId) {
      effects.add("completed");
    }
  }

  static Position at(long sequence) {
    return new Position(Long.toString(sequence), 0);
  }

  /** A record of one good line that carries the id {@code <sequence>}. */
  static RawRecord record(long sequence) {
    return record(at(sequence), line(Long.toString(sequence)));
  }

  static RawRecord record(Position position, String payload) {
    return new RawRecord(position, ARRIVAL, payload.getBytes(StandardCharsets.UTF_8));
  }

  static String line(String id) {
    return "192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] \"GET /" + id + " HTTP/1.0\" 200 2326";
  }

  static String gunzip(byte[] bytes) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ids of the lines in one object, in order. */
  static List<String> ids(byte[] object) {
    return gunzip(object)
        .lines()
        .map(json -> json.replaceFirst(".*\"request\":\"GET /(\\S+) HTTP.*", "$1"))
        .toList();
  }

  List<String> idsIn(String key) {
    return Optional.ofNullable(store.objects.get(key)).map(o -> ids(o.bytes())).orElseThrow();
  }

  TileHeader headerOf(String key) {
    return TileHeader.fromMetadata(key, store.objects.get(key).metadata());
  }
}
