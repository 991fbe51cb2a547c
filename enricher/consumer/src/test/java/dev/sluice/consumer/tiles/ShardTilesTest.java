package dev.sluice.consumer.tiles;

import static dev.sluice.consumer.tiles.Fixture.FOLDER;
import static dev.sluice.consumer.tiles.Fixture.at;
import static dev.sluice.consumer.tiles.Fixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ShardTilesTest {
  private final Fixture f = new Fixture();

  private static void accept(ShardTiles tiles, long from, long to) {
    for (long sequence = from; sequence <= to; sequence++) {
      tiles.accept(record(sequence));
    }
  }

  private void commitByAnother(ContinuesFrom start, long from, long to) {
    TileLimits ours = f.limits;
    f.limits = new TileLimits(1_000_000, (int) (to - from + 1), Duration.ofSeconds(60));
    ShardTiles other = f.tiles("other", start);
    accept(other, from, to);
    other.advance();
    assertThat(other.isIdle()).isTrue();
    f.limits = ours;
    f.effects.clear();
  }

  @Test
  void thereAreNineLevelsOfGzip() {
    for (int level : new int[] {-1, 0, 10}) {
      assertThatThrownBy(() -> new TileLimits(1, 1, Duration.ofSeconds(1), level))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 9");
    }
  }

  @Test
  void keysComeFromWhatATileContinuesFrom() {
    ShardTiles tiles = f.tiles("a", StartWord.TRIM_HORIZON);
    accept(tiles, 1, 7);
    assertThat(tiles.advance()).isTrue();

    assertThat(f.store.objects)
        .containsOnlyKeys(FOLDER + "TRIM_HORIZON.ndjson.gz", FOLDER + "3.0.ndjson.gz");
    assertThat(f.idsIn(FOLDER + "TRIM_HORIZON.ndjson.gz")).containsExactly("1", "2", "3");
    assertThat(f.idsIn(FOLDER + "3.0.ndjson.gz")).containsExactly("4", "5", "6");
    assertThat(tiles.checkpointable()).contains(at(6));
    assertThat(tiles.isIdle()).isFalse();
  }

  @Test
  void timeFolderComesFromTheFirstRecordAndNotFromTheClock() {
    ShardTiles tiles = f.tiles("a", at(1));
    f.clock.advance(Duration.ofDays(3));
    accept(tiles, 2, 4);
    tiles.advance();
    assertThat(f.store.objects).containsOnlyKeys(FOLDER + "1.0.ndjson.gz");
  }

  @Test
  void writesRejectsThenTheCommitThatNamesThemThenCounts() {
    ShardTiles tiles = f.tiles("a", at(0));
    tiles.accept(record(1));
    tiles.accept(Fixture.record(at(2), "no log line\n" + Fixture.line("2b") + "\n\n"));
    tiles.accept(record(3));
    tiles.advance();

    assertThat(f.effects).containsExactly("head 0.0", "rejects 0.0-a", "commit 0.0", "count 5");
    String rejectsKey =
        "enriched/app/rejects/logs-1700000000000/dt=2026-03-01/hr=10/shardId-000000000000/"
            + "0.0-a.ndjson.gz";
    TileHeader header = f.headerOf(FOLDER + "0.0.ndjson.gz");
    assertThat(header.rejectsKey()).contains(rejectsKey);
    assertThat(header.first()).isEqualTo(at(1));
    assertThat(header.last()).isEqualTo(at(3));
    assertThat(header.records()).isEqualTo(3);
    assertThat(header.in()).isEqualTo(5);
    assertThat(header.rejected()).isEqualTo(2);
    assertThat(header.enriched() + header.enrichedWithWarnings()).isEqualTo(3);
    assertThat(header.layoutFingerprint()).isEqualTo(Fixture.LAYOUT.fingerprint());
    assertThat(Fixture.gunzip(f.store.objects.get(rejectsKey).bytes()).lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "{\"application\":\"app\",\"stream\":\"logs\",\"shard\":\"shardId-000000000000\","
                + "\"sequenceNumber\":\"2\",\"subSequenceNumber\":0,\"line\":0,\"reason\":")
        .endsWith("\"arrival\":\"2026-03-01T10:59:59Z\",\"raw\":\"bm8gbG9nIGxpbmU=\"}");
  }

  @Test
  void commitsATileOfWhichNoLineSurvived() {
    f.limits = new TileLimits(1_000_000, 1, Duration.ofSeconds(60));
    ShardTiles tiles = f.tiles("a", at(0));
    tiles.accept(Fixture.record(at(1), "no log line"));
    tiles.advance();
    assertThat(f.idsIn(FOLDER + "0.0.ndjson.gz")).isEmpty();
    assertThat(tiles.checkpointable()).contains(at(1));
  }

  @Test
  void subSequenceNumbersOfAnAggregateAreRecordsOfTheirOwn() {
    f.limits = new TileLimits(1_000_000, 2, Duration.ofSeconds(60));
    ShardTiles tiles = f.tiles("a", new Position("5", 1));
    for (long sub = 0; sub < 4; sub++) {
      tiles.accept(Fixture.record(new Position("5", sub), Fixture.line("5-" + sub)));
    }
    tiles.advance();
    assertThat(f.idsIn(FOLDER + "5.1.ndjson.gz")).containsExactly("5-2", "5-3");
    assertThat(f.effects).contains("ignored 1");
    assertThat(tiles.checkpointable()).contains(new Position("5", 3));
  }

  @Test
  void ignoresAndCountsWhatIsNotAboveTheLastAccepted() {
    ShardTiles tiles = f.tiles("a", at(2));
    accept(tiles, 1, 4);
    accept(tiles, 3, 5);
    tiles.advance();
    assertThat(f.idsIn(FOLDER + "2.0.ndjson.gz")).containsExactly("3", "4", "5");
    assertThat(f.effects).filteredOn("ignored 1"::equals).hasSize(4);
  }

  @Test
  void sealsByBytesAndGivesALargeRecordATileOfItsOwn() {
    f.limits = new TileLimits(200, 100, Duration.ofSeconds(60));
    ShardTiles tiles = f.tiles("a", at(0));
    tiles.accept(record(1));
    tiles.accept(Fixture.record(at(2), Fixture.line("x".repeat(500))));
    tiles.accept(record(3));
    tiles.sealEverything();
    tiles.advance();
    assertThat(f.store.objects)
        .containsOnlyKeys(
            FOLDER + "0.0.ndjson.gz", FOLDER + "1.0.ndjson.gz", FOLDER + "2.0.ndjson.gz");
  }

  @Test
  void sealsAnOldTileWithoutANewRecord() {
    ShardTiles tiles = f.tiles("a", at(0));
    tiles.accept(record(1));
    tiles.advance();
    f.clock.advance(Duration.ofSeconds(59));
    tiles.advance();
    assertThat(f.store.objects).isEmpty();
    f.clock.advance(Duration.ofSeconds(1));
    tiles.advance();
    assertThat(f.store.objects).containsOnlyKeys(FOLDER + "0.0.ndjson.gz");
  }

  @Test
  void hasOneCommitInFlightAndFillsTheNextTileMeanwhile() {
    Queue<Runnable> started = new ArrayDeque<>();
    f.executor = started::add;
    ShardTiles tiles = f.tiles("a", at(0));
    accept(tiles, 1, 6);
    assertThat(tiles.advance()).isTrue();
    assertThat(started).hasSize(1);
    accept(tiles, 7, 7);
    assertThat(tiles.advance()).as("nothing is left but to wait").isFalse();
    assertThat(started).hasSize(1);
    assertThat(tiles.checkpointable()).contains(at(0));

    started.remove().run();
    assertThat(tiles.advance()).isTrue();
    assertThat(started).hasSize(1);
    assertThat(tiles.checkpointable()).contains(at(3));
  }

  @Test
  void looksBeforeItFillsAndEnrichesNothingThatIsCommitted() {
    commitByAnother(at(0), 1, 3);
    commitByAnother(at(3), 4, 5);
    ShardTiles tiles = f.tiles("a", at(0));
    accept(tiles, 1, 8);
    tiles.advance();
    assertThat(f.effects)
        .containsExactly(
            "head 0.0",
            "adopted 3.0",
            "ignored 3",
            "head 3.0",
            "adopted 5.0",
            "ignored 2",
            "head 5.0",
            "commit 5.0",
            "count 3");
    assertThat(f.idsIn(FOLDER + "5.0.ndjson.gz")).containsExactly("6", "7", "8");
    assertThat(tiles.checkpointable()).contains(at(8));
  }

  /** Both of us look before the other writes; then the other is faster. */
  private ShardTiles raceLostTo(long from, long to, long ourLast) {
    ShardTiles tiles = f.tiles("a", at(0));
    Queue<Runnable> started = new ArrayDeque<>();
    f.executor = started::add;
    ShardTiles racing = f.tiles("a", at(0));
    accept(racing, 1, ourLast);
    racing.advance();
    assertThat(started).hasSize(1);
    f.executor = Runnable::run;
    assertThat(tiles.isIdle()).isTrue();
    commitByAnother(at(0), from, to);
    while (!started.isEmpty()) {
      started.remove().run();
      racing.advance();
    }
    return racing;
  }

  @Test
  void adoptsATileThatEndsInsideOurs() {
    ShardTiles tiles = raceLostTo(1, 2, 5);
    assertThat(tiles.checkpointable()).contains(at(5));
    assertThat(f.idsIn(FOLDER + "0.0.ndjson.gz")).containsExactly("1", "2");
    assertThat(f.idsIn(FOLDER + "2.0.ndjson.gz")).containsExactly("3", "4", "5");
    assertThat(f.store.objects).hasSize(2);
  }

  @Test
  void adoptsATileThatEndsWhereOursDoes() {
    ShardTiles tiles = raceLostTo(1, 3, 5);
    assertThat(tiles.checkpointable()).contains(at(3));
    tiles.sealEverything();
    tiles.advance();
    assertThat(f.idsIn(FOLDER + "3.0.ndjson.gz")).containsExactly("4", "5");
  }

  @Test
  void adoptsATileThatEndsBeyondAllThatWasDeliveredAndWaitsWithItsCheckpoint() {
    ShardTiles tiles = raceLostTo(1, 7, 5);
    assertThat(tiles.isIdle()).isTrue();
    assertThat(tiles.checkpointable()).as("7 was not delivered yet").contains(at(0));

    f.effects.clear();
    accept(tiles, 6, 6);
    tiles.advance();
    assertThat(tiles.checkpointable()).contains(at(0));
    accept(tiles, 7, 8);
    tiles.advance();
    assertThat(tiles.checkpointable()).contains(at(7));
    assertThat(f.effects).containsExactly("ignored 1", "ignored 1", "head 7.0");
    tiles.sealEverything();
    tiles.advance();
    assertThat(f.idsIn(FOLDER + "7.0.ndjson.gz")).containsExactly("8");
  }

  @Test
  void deletesItsOwnRejectsWhenAnotherTileWins() {
    f.limits = new TileLimits(1_000_000, 1, Duration.ofSeconds(60));
    Queue<Runnable> started = new ArrayDeque<>();
    f.executor = started::add;
    ShardTiles tiles = f.tiles("a", at(0));
    tiles.accept(Fixture.record(at(1), "no log line"));
    tiles.advance();
    f.executor = Runnable::run;
    ShardTiles other = f.tiles("other", at(0));
    other.accept(Fixture.record(at(1), "no log line"));
    other.advance();
    f.effects.clear();
    started.remove().run();
    tiles.advance();
    assertThat(f.effects)
        .containsExactly(
            "rejects 0.0-a", "commit 0.0", "head 0.0", "delete 0.0-a", "adopted 1.0", "ignored 1");
    assertThat(f.headerOf(FOLDER + "0.0.ndjson.gz").rejectsKey())
        .hasValueSatisfying(key -> assertThat(f.store.objects).containsKey(key));
  }

  @Test
  void knowsItsOwnEarlierAttemptThatArrived() {
    ShardTiles tiles = f.tiles("a", at(0));
    f.store.probe =
        (operation, key) -> {
          if (operation.equals("putIfAbsent") && f.store.objects.isEmpty()) {
            // The write arrives, its answer does not; the store sends the same bytes again.
            ShardTiles twin = f.tiles("a", at(0));
            f.store.probe = (o, k) -> {};
            accept(twin, 1, 3);
            twin.advance();
            f.effects.clear();
          }
        };
    accept(tiles, 1, 4);
    tiles.advance();
    assertThat(f.effects).containsExactly("commit 0.0", "head 0.0", "count 3");
    assertThat(tiles.checkpointable()).contains(at(3));
  }

  @Test
  void stopsLoudlyAtAnObjectWithoutItsMetadata() {
    f.store.objects.put(
        FOLDER + "0.0.ndjson.gz", new MemoryStore.Stored(new byte[0], new HashMap<>()));
    ShardTiles tiles = f.tiles("a", at(0));
    tiles.accept(record(1));
    assertThatThrownBy(tiles::advance)
        .isInstanceOf(ForeignObjectException.class)
        .hasMessageContaining(FOLDER + "0.0.ndjson.gz")
        .hasMessageContaining("sluice-version");
  }

  @Test
  void stopsLoudlyAtATileOfAnotherShardLayoutOrPlaceInTheChain() {
    commitByAnother(at(0), 1, 3);
    String key = FOLDER + "0.0.ndjson.gz";
    var genuine = f.store.objects.get(key);
    for (String name :
        new String[] {
          "sluice-application",
          "sluice-stream",
          "sluice-shard",
          "sluice-layout",
          "sluice-continues-from",
          "sluice-last",
          "sluice-version",
          "sluice-in"
        }) {
      var metadata = new HashMap<>(genuine.metadata());
      metadata.put(name, name.equals("sluice-last") ? "0.0" : "17.x");
      f.store.objects.put(key, new MemoryStore.Stored(genuine.bytes(), metadata));
      ShardTiles tiles = f.tiles("a", at(0));
      tiles.accept(record(1));
      assertThatThrownBy(tiles::advance).as(name).isInstanceOf(ForeignObjectException.class);
    }
  }

  /** A write of ours may be late, and stand once the foreign object is taken away. */
  @Test
  void keepsItsRejectsWhereAForeignTileLiesInTheWay() {
    commitByAnother(at(0), 1, 3);
    String key = FOLDER + "0.0.ndjson.gz";
    var foreign = f.store.objects.remove(key);
    var metadata = new HashMap<>(foreign.metadata());
    metadata.put("sluice-layout", "another");
    f.store.wire =
        (k, content) -> {
          f.store.objects.put(k, new MemoryStore.Stored(foreign.bytes(), metadata));
          return f.store.arrive(k, content);
        };
    ShardTiles tiles = f.tiles("a", at(0));
    tiles.accept(record(at(1), "no log line"));
    tiles.sealEverything();
    assertThatThrownBy(tiles::advance).isInstanceOf(ForeignObjectException.class);
    assertThat(f.store.objects.keySet()).anyMatch(k -> k.contains("/rejects/"));
  }

  @Test
  void refusesToEndAShardBehindWhichATileReachesFurther() {
    ShardTiles tiles = raceLostTo(1, 7, 5);
    assertThatThrownBy(tiles::chainEnd).hasMessageContaining("7.0");
  }

  @Test
  void emptyShardEndsWhereItStarted() {
    assertThat(f.tiles("a", StartWord.TRIM_HORIZON).chainEnd()).isEqualTo(StartWord.TRIM_HORIZON);
    assertThat(f.tiles("a", at(9)).chainEnd()).isEqualTo(at(9));
  }
}
