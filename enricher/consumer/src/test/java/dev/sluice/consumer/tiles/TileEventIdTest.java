package dev.sluice.consumer.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class TileEventIdTest {
  private static final String LINE =
      "192.0.2.1 - - [28/Oct/2025:10:15:30 +0000] \"GET / HTTP/1.1\" 200 5";

  @Test
  void namesEachLineByStreamShardPositionAndNumber() throws IOException {
    List<String> lines = enriched(Map.of("OUTPUT_GROUPS", "event_id", "OUTPUT_FIELDS", "event_id"));
    assertThat(lines)
        .containsExactly(
            "{\"event_id\":\"logs:shardId-000000000000:7:0:0\"}",
            "{\"event_id\":\"logs:shardId-000000000000:7:0:2\"}",
            "{\"event_id\":\"logs:shardId-000000000000:7:1:0\"}");
  }

  @Test
  void namesNothingUnlessAsked() throws IOException {
    assertThat(enriched(Map.of("OUTPUT_FIELDS", "host"))).containsOnly("{\"host\":\"192.0.2.1\"}");
  }

  private static List<String> enriched(Map<String, String> keys) throws IOException {
    var settings = EnricherSettings.from(new Settings(keys::get));
    try (Enricher enricher = Enricher.open(settings, new SimpleMeterRegistry())) {
      var fixture = new Fixture();
      var tile =
          new Tile(
              new Position("6", 0),
              Fixture.ADDRESS,
              fixture.limits,
              new BatchEnricher(enricher.newLineEnricher()),
              Fixture.ARRIVAL,
              Integer.MAX_VALUE);
      // The broken line in the middle has a number, and no id.
      tile.add(record(0, LINE + "\nbroken\n" + LINE));
      tile.add(record(1, LINE));
      byte[] gzip = tile.finishEnriched();
      tile.finishRejects();
      try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      }
    }
  }

  private static RawRecord record(long subSequenceNumber, String payload) {
    return new RawRecord(
        new Position("7", subSequenceNumber),
        Fixture.ARRIVAL,
        payload.getBytes(StandardCharsets.UTF_8));
  }
}
