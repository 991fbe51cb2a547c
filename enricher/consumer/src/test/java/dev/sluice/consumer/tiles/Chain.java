package dev.sluice.consumer.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tiles in a store, walked from the start of the shard. */
record Chain(List<TileHeader> tiles, List<String> keys, int commits) {
  static Chain of(MemoryStore store) {
    Map<ContinuesFrom, String> byStart = new HashMap<>();
    store.objects.forEach(
        (key, object) -> {
          if (key.startsWith("enriched/app/logs-")) {
            TileHeader header = TileHeader.fromMetadata(key, object.metadata());
            assertThat(byStart.put(header.continuesFrom(), key))
                .as("two tiles continue from " + header.continuesFrom())
                .isNull();
          }
        });
    var tiles = new ArrayList<TileHeader>();
    var keys = new ArrayList<String>();
    ContinuesFrom next = StartWord.TRIM_HORIZON;
    while (byStart.containsKey(next)) {
      String key = byStart.get(next);
      TileHeader header = TileHeader.fromMetadata(key, store.objects.get(key).metadata());
      tiles.add(header);
      keys.add(key);
      next = header.last();
    }
    return new Chain(tiles, keys, byStart.size());
  }

  List<Position> ends() {
    return tiles.stream().map(TileHeader::last).toList();
  }

  /** Holds every line of the records once, in order, in a commit or in the rejects it names. */
  void verify(MemoryStore store, List<RawRecord> records) {
    assertThat(tiles).as("tiles outside the chain").hasSize(commits);
    var good = new ArrayList<String>();
    var rejected = new ArrayList<String>();
    for (int i = 0; i < tiles.size(); i++) {
      TileHeader tile = tiles.get(i);
      List<String> ids = Fixture.ids(store.objects.get(keys.get(i)).bytes());
      List<String> rejects =
          tile.rejectsKey()
              .map(key -> Fixture.gunzip(store.objects.get(key).bytes()).lines().toList())
              .orElse(List.of());
      assertThat(tile.enriched() + tile.enrichedWithWarnings()).isEqualTo(ids.size());
      assertThat(tile.rejected()).isEqualTo(rejects.size());
      assertThat(tile.in()).isEqualTo(ids.size() + rejects.size());
      good.addAll(ids);
      rejects.forEach(json -> rejected.add(rejectedLine(json)));
    }
    var expectedGood = new ArrayList<String>();
    var expectedRejected = new ArrayList<String>();
    for (RawRecord record : records) {
      new String(record.payload(), StandardCharsets.UTF_8)
          .lines()
          .forEach(
              line -> {
                if (line.startsWith("no log line")) {
                  expectedRejected.add(line);
                } else {
                  expectedGood.add(line.replaceFirst(".*GET /(\\S+) HTTP.*", "$1"));
                }
              });
    }
    assertThat(good).isEqualTo(expectedGood);
    assertThat(rejected).isEqualTo(expectedRejected);
  }

  private static String rejectedLine(String json) {
    String base64 = json.replaceFirst(".*\"raw\":\"([^\"]*)\".*", "$1");
    return new String(java.util.Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
