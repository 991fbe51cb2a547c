package dev.sluice.consumer.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.RetryPolicy;
import dev.sluice.consumer.tiles.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
  @TempDir private Path folder;
  private final List<Duration> pauses = new ArrayList<>();

  private FileSink sink(Path file) {
    return new FileSink(
        file,
        new RetryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(10)),
        pauses::add,
        new Random(1),
        ConsumerEvents.NONE);
  }

  @Test
  void appendsTileAfterTile() throws IOException {
    Path file = folder.resolve("out.ndjson");
    sink(file).write(Lines.of("a", "b"));
    sink(file).write(Lines.of("c"));
    assertThat(file).hasContent("a\nb\nc\n");
  }

  @Test
  void cutsOffWhatAKilledProcessHasLeftOfALine() throws IOException {
    Path file = folder.resolve("out.ndjson");
    Files.writeString(file, "whole\n" + "half".repeat(50_000));
    sink(file).write(Lines.of("a"));
    assertThat(file).hasContent("whole\na\n");
    Files.writeString(file, "nothing but a half");
    sink(file).write(Lines.of("a"));
    assertThat(file).hasContent("a\n");
  }

  @Test
  void goesOnInANewFileAfterARename() throws IOException {
    Path file = folder.resolve("out.ndjson");
    FileSink sink = sink(file);
    sink.write(Lines.of("a"));
    Files.move(file, folder.resolve("out.1"));
    sink.write(Lines.of("b"));
    assertThat(file).hasContent("b\n");
  }

  @Test
  void givesUpAfterItsAttempts() {
    FileSink sink = sink(folder);
    assertThatThrownBy(() -> sink.write(Lines.of("a")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("failed 3 times");
    assertThat(pauses).hasSize(2);
  }

  @Test
  void tilesOfManyShardsDoNotMix() throws Exception {
    Path file = folder.resolve("out.ndjson");
    FileSink sink = sink(file);
    ExecutorService shards = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> tiles = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String line = Integer.toString(i).repeat(1_000);
        List<String> lines = IntStream.range(0, 100).mapToObj(n -> line).toList();
        tiles.add(shards.submit(() -> sink.write(Lines.of(lines))));
      }
      for (Future<?> tile : tiles) {
        tile.get(1, TimeUnit.MINUTES);
      }
    } finally {
      shards.shutdownNow();
    }
    assertThat(Files.readAllLines(file)).hasSize(800).allMatch(line -> line.length() == 1_000);
  }
}
