package dev.sluice.consumer.sinks;

import dev.sluice.consumer.tiles.TileLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Lines of a tile, from texts. */
final class Lines {
  private Lines() {}

  static TileLines of(List<String> lines) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      for (String line : lines) {
        gzip.write((line + '\n').getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TileLines(bytes.toByteArray());
  }

  static TileLines of(String... lines) {
    return of(List.of(lines));
  }
}
