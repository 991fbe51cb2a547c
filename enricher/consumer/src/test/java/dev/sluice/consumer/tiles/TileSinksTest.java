package dev.sluice.consumer.tiles;

import static dev.sluice.consumer.tiles.Fixture.FOLDER;
import static dev.sluice.consumer.tiles.Fixture.at;
import static dev.sluice.consumer.tiles.Fixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What other sinks are given of a tile, and when. */
class TileSinksTest {
  private final Fixture f = new Fixture();
  private final RecordingSink first = new RecordingSink("first");
  private final RecordingSink second = new RecordingSink("second");
  private final RecordingSink queue = new RecordingSink("queue");

  /** Keeps what it is given. */
  private final class RecordingSink implements TileSink {
    private final String name;
    private final List<String> lines = new ArrayList<>();
    private boolean broken;

    RecordingSink(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void write(TileLines tile) {
      if (broken) {
        throw new StoreException(name + " is away", null);
      }
      tile.forEach(line -> lines.add(new String(line, StandardCharsets.UTF_8)));
      f.effects.add("write " + name);
    }
  }

  private void withQueue(int maxRawBytes) {
    f.sinks =
        new TileSinks(
            List.of(first, second),
            Optional.of(new TileSinks.RejectQueue("https://sqs/dead", queue, maxRawBytes)));
  }

  private static void acceptThreeWithOneBroken(ShardTiles tiles) {
    tiles.accept(record(1));
    tiles.accept(
        new RawRecord(at(2), Fixture.ARRIVAL, "no log line".getBytes(StandardCharsets.UTF_8), 3));
    tiles.accept(record(3));
    tiles.advance();
  }

  @Test
  void areWrittenInOrderBeforeRejectsAndCommit() {
    f.sinks = new TileSinks(List.of(first, second), Optional.empty());
    acceptThreeWithOneBroken(f.tiles("a", at(0)));
    assertThat(f.effects)
        .containsExactly(
            "head 0.0", "write first", "write second", "rejects 0.0-a", "commit 0.0", "count 3");
    assertThat(first.lines).hasSize(2).isEqualTo(second.lines);
    assertThat(Fixture.gunzip(f.store.objects.get(FOLDER + "0.0.ndjson.gz").bytes()).lines())
        .containsExactlyElementsOf(first.lines);
  }

  @Test
  void aQueueTakesTheRejectsAndTheCommitNamesIt() {
    withQueue(1_000);
    acceptThreeWithOneBroken(f.tiles("a", at(0)));
    assertThat(f.effects)
        .containsExactly(
            "head 0.0", "write first", "write second", "write queue", "commit 0.0", "count 3");
    assertThat(queue.lines)
        .singleElement()
        .asString()
        .contains("\"sequenceNumber\":\"2\"", "\"attempt\":3", "\"raw\":\"bm8gbG9nIGxpbmU=\"")
        .doesNotContain("\"length\"");
    TileHeader header = f.headerOf(FOLDER + "0.0.ndjson.gz");
    assertThat(header.rejectsKey()).isEmpty();
    assertThat(header.rejectsQueue()).contains("https://sqs/dead");
    assertThat(header.rejected()).isEqualTo(1);
  }

  @Test
  void aTileWithoutRejectsSendsNoneAndNamesNoQueue() {
    withQueue(1_000);
    ShardTiles tiles = f.tiles("a", at(0));
    List.of(1L, 2L, 3L).forEach(sequence -> tiles.accept(record(sequence)));
    tiles.advance();
    assertThat(f.effects).doesNotContain("write queue");
    assertThat(f.headerOf(FOLDER + "0.0.ndjson.gz").rejectsQueue()).isEmpty();
  }

  @Test
  void aLongRejectSaysHowMuchOfItIsLeft() {
    withQueue(2);
    acceptThreeWithOneBroken(f.tiles("a", at(0)));
    assertThat(queue.lines).singleElement().asString().contains("\"length\":11,\"raw\":\"bm8=\"");
  }

  @Test
  void withoutThemNothingIsCommitted() {
    f.sinks = new TileSinks(List.of(first, second), Optional.empty());
    second.broken = true;
    ShardTiles tiles = f.tiles("a", at(0));
    assertThatThrownBy(() -> acceptThreeWithOneBroken(tiles))
        .isInstanceOf(StoreException.class)
        .hasMessage("second is away");
    assertThat(f.store.objects).isEmpty();
    assertThat(tiles.checkpointable()).contains(at(0));
  }

  @Test
  void aTileThatIsCommittedAlreadyIsNotWrittenAgain() {
    ShardTiles other = f.tiles("other", at(0));
    List.of(1L, 2L, 3L).forEach(sequence -> other.accept(record(sequence)));
    other.advance();
    f.sinks = new TileSinks(List.of(first), Optional.empty());
    ShardTiles tiles = f.tiles("a", at(0));
    List.of(1L, 2L, 3L).forEach(sequence -> tiles.accept(record(sequence)));
    tiles.advance();
    assertThat(first.lines).isEmpty();
    assertThat(tiles.checkpointable()).contains(at(3));
  }
}
