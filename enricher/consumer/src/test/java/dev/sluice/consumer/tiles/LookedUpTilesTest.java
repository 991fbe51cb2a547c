package dev.sluice.consumer.tiles;

import static dev.sluice.consumer.tiles.Fixture.FOLDER;
import static dev.sluice.consumer.tiles.Fixture.at;
import static dev.sluice.consumer.tiles.Fixture.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.LineLookups;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Others are asked once about a batch of records, and about every record. */
class LookedUpTilesTest {
  private final Fixture f = new Fixture();
  private final Pages pages = new Pages();
  private Enricher enricher;

  /** Knows every page that it was asked for, and nothing else. */
  private static final class Pages implements LineLookups {
    private final List<Integer> batches = new ArrayList<>();
    private final Set<String> collected = new HashSet<>();
    private Set<String> known = Set.of();

    @Override
    public void collect(EnrichedLine line) {
      collected.add(page(line));
    }

    @Override
    public void resolve(Duration atMost) {
      batches.add(collected.size());
      known = Set.copyOf(collected);
      collected.clear();
    }

    @Override
    public void find(EnrichedLine line) {
      boolean found = known.contains(page(line));
      line.reference(("{\"known\":" + found + "}").getBytes(UTF_8));
    }

    private static String page(EnrichedLine line) {
      var page = line.webpage();
      return new String(page.buffer(), page.from(), page.to() - page.from(), UTF_8);
    }
  }

  @BeforeEach
  void open() {
    enricher = Enricher.open(EnricherSettings.defaults(), new SimpleMeterRegistry());
    f.lines = enricher.newLineEnricher(pages);
  }

  @AfterEach
  void close() {
    enricher.close();
  }

  private static void accept(ShardTiles tiles, long from, long to) {
    for (long sequence = from; sequence <= to; sequence++) {
      tiles.accept(record(sequence));
    }
  }

  private void assertAllKnown(String key, int lines) {
    assertThat(Fixture.gunzip(f.store.objects.get(key).bytes()).lines())
        .hasSize(lines)
        .allMatch(json -> json.contains("\"reference\":{\"known\":true}"));
  }

  @Test
  void aBatchIsAskedForOnceHoweverManyTilesItFills() {
    ShardTiles tiles = f.tiles("a", at(0));
    accept(tiles, 1, 9);
    tiles.advance();
    assertThat(pages.batches).containsExactly(9);
    for (String start : List.of("0.0", "3.0", "6.0")) {
      assertAllKnown(FOLDER + start + ".ndjson.gz", 3);
    }
  }

  @Test
  void recordsThatComeLaterAreAskedForLater() {
    ShardTiles tiles = f.tiles("a", at(0));
    accept(tiles, 1, 2);
    tiles.advance();
    accept(tiles, 3, 6);
    tiles.advance();
    assertThat(pages.batches).containsExactly(2, 4);
    assertAllKnown(FOLDER + "0.0.ndjson.gz", 3);
    assertAllKnown(FOLDER + "3.0.ndjson.gz", 3);
  }

  @Test
  void whatIsLeftAfterAnAdoptedTileIsAskedForAgain() {
    f.limits = new TileLimits(1_000_000, 4, Duration.ofSeconds(60));
    ShardTiles other = f.tiles("other", at(0));
    ShardTiles tiles = f.tiles("a", at(0));
    accept(tiles, 1, 3);
    tiles.advance();
    accept(other, 1, 4);
    other.advance();
    accept(tiles, 4, 8);
    tiles.advance();
    assertThat(tiles.checkpointable()).contains(at(8));
    assertAllKnown(FOLDER + "0.0.ndjson.gz", 4);
    assertAllKnown(FOLDER + "4.0.ndjson.gz", 4);
  }
}
