package dev.sluice.files;

import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.files.log.LineBlocks;
import dev.sluice.files.log.LineOutcomes;
import dev.sluice.files.log.LineWork;
import dev.sluice.files.log.LogContent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/** Reads a log as the function does, without a bucket. */
final class BombReader {
  private static final long MAX_UNPACKED_BYTES = 10L << 30;

  private BombReader() {}

  /** What became of its lines, in words. */
  static String read(byte[] packed) throws IOException {
    EnricherSettings settings = EnricherSettings.defaults();
    var rejected = new ByteArrayOutputStream();
    try (var enricher = Enricher.open(settings, Runnable::run);
        LogContent content =
            LogContent.open(
                "bomb.log.gz",
                new ByteArrayInputStream(packed),
                packed.length,
                MAX_UNPACKED_BYTES)) {
      var lines =
          new LineOutcomes(
              LineWork.of(enricher.newLineEnricher()),
              "bomb",
              settings.maxLineBytes(),
              (bytes, length) -> {},
              (bytes, length) -> rejected.write(bytes, 0, length));
      var blocks = new LineBlocks(content, settings.maxLineBytes());
      while (blocks.next()) {
        lines.take(blocks, Duration.ZERO);
      }
      lines.flush();
      OutcomeCounts counts = lines.counts();
      return lines.lines()
          + " lines, "
          + counts.enriched()
          + " enriched, "
          + counts.rejected()
          + " rejected, length "
          + FilesFixture.JSON.readTree(rejected.toByteArray()).get("length").asLong();
    }
  }
}
