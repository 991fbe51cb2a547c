package dev.sluice.cli.demo;

import dev.sluice.cli.CannotRunException;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.producers.LogReplay;
import dev.sluice.producers.PutRecordsLimits;
import dev.sluice.producers.ReplayInput;
import dev.sluice.producers.ReplayListener;
import dev.sluice.producers.ReplayOptions;
import dev.sluice.producers.ReplayProgress;
import dev.sluice.producers.ReplayResult;
import dev.sluice.producers.ReplayStoppedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * What goes into a demo.
 *
 * @param log plain, gzip or zstd
 * @param geoip City database
 * @param maxLines only so many lines of the log are replayed
 */
record DemoInput(Path log, Path geoip, long maxLines) {

  /** Also opens the database once before anything is started, so that a bad one is named first. */
  ExpectedLines expectedLines() throws IOException {
    try (var enricher =
        Enricher.open(
            EnricherSettings.defaults().withGeoIpDatabase(geoip), new SimpleMeterRegistry())) {
      return ExpectedLines.of(log, maxLines, PutRecordsLimits.DEFAULT_RECORD_BYTES - 1, enricher);
    }
  }

  /**
   * Replays the log into a stream.
   *
   * @param progress hears how many lines have been sent, after every request
   */
  ReplayResult replay(DemoStack stack, String stream, LongConsumer progress)
      throws IOException, InterruptedException {
    try (ReplayInput source = ReplayInput.open(log)) {
      return replay(
          new FirstLines(source.content(), maxLines), ReplayOptions.to(stream), stack, progress);
    }
  }

  /** The same for lines from elsewhere. */
  static ReplayResult replay(
      InputStream lines, ReplayOptions options, DemoStack stack, LongConsumer progress)
      throws IOException, InterruptedException {
    var listener =
        new ReplayListener() {
          @Override
          public void progress(ReplayProgress each) {
            progress.accept(each.sent());
          }
        };
    try {
      return LogReplay.inRealTime().replay(lines, options, stack.producer(), listener);
    } catch (ReplayStoppedException stopped) {
      throw new CannotRunException("the replay stopped: " + stopped.getMessage(), stopped);
    }
  }
}
