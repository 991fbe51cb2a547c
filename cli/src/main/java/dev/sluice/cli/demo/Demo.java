package dev.sluice.cli.demo;

import dev.sluice.cli.CannotRunException;
import dev.sluice.cli.ExitCode;
import dev.sluice.consumer.audit.Finding;
import dev.sluice.consumer.audit.LeaseCheckpoints;
import dev.sluice.consumer.audit.TileAudit;
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
import dev.sluice.producers.command.TerminalLine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** One run of the demo, from the empty stack to the checked books. */
final class Demo {

  private static final Duration MAX_WAIT_WITHOUT_PROGRESS = Duration.ofSeconds(60);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final Path input;
  private final Path geoip;
  private final long maxLines;
  private final PrintWriter err;
  private final DemoReport report;

  Demo(Path input, Path geoip, long maxLines, PrintWriter out, PrintWriter err) {
    this.input = input;
    this.geoip = geoip;
    this.maxLines = maxLines;
    this.err = err;
    report = new DemoReport(out);
  }

  /** Times of a run, in nanoseconds of {@link System#nanoTime}. */
  record Times(long started, long replayed, long delivered) {}

  int run() throws IOException, InterruptedException {
    report.opening(input, geoip);
    ExpectedLines expected = expectedLines();
    try (DemoStack stack = DemoStack.start()) {
      say("Kinesis (%d shards), DynamoDB and S3 are up on 127.0.0.1", DemoStack.SHARDS);
      long started = System.nanoTime();
      ReplayResult replayed;
      Times times;
      int consumerExit;
      try (var consumer = DemoConsumer.start(stack, geoip);
          var terminal = TerminalLine.ifTerminal(err)) {
        say("consumer started; replaying while it takes its leases");
        replayed = replay(stack, consumer, terminal);
        long replayedAt = System.nanoTime();
        awaitDelivery(consumer, replayed.sent(), terminal);
        times = new Times(started, replayedAt, System.nanoTime());
        consumerExit = consumer.stop();
      }
      say("everything is in S3; reading it back");
      var delivered =
          DeliveredLines.read(
              stack.clients().s3(), DemoStack.BUCKET, DemoConsumer.OUTPUT_PREFIX + "/");
      report.records(delivered);
      report.counts(expected, delivered, replayed);
      report.tops(delivered);
      report.speed(replayed, delivered, times);
      return report.verdict(new Books(expected, delivered, replayed, consumerExit, audit(stack)))
          ? ExitCode.OK
          : ExitCode.FAILED;
    }
  }

  private static List<String> audit(DemoStack stack) {
    var audit =
        new TileAudit(
            stack.clients().s3(),
            DemoStack.BUCKET,
            DemoConsumer.OUTPUT_PREFIX,
            application -> LeaseCheckpoints.read(stack.clients().dynamoDb(), application),
            Clock.systemUTC());
    return audit.run(false).findings().stream().map(Finding::toString).toList();
  }

  /** Also opens the database once before anything is started, so that a bad one is named first. */
  private ExpectedLines expectedLines() throws IOException {
    try (var enricher =
        Enricher.open(
            EnricherSettings.defaults().withGeoIpDatabase(geoip), new SimpleMeterRegistry())) {
      return ExpectedLines.of(input, maxLines, PutRecordsLimits.DEFAULT_RECORD_BYTES - 1, enricher);
    }
  }

  private ReplayResult replay(DemoStack stack, DemoConsumer consumer, TerminalLine terminal)
      throws IOException, InterruptedException {
    var listener =
        new ReplayListener() {
          @Override
          public void progress(ReplayProgress progress) {
            if (terminal.isDue()) {
              terminal.show(counts(progress.sent(), consumer.committedLines()));
            }
          }
        };
    try (ReplayInput source = ReplayInput.open(input)) {
      return LogReplay.inRealTime()
          .replay(
              new FirstLines(source.content(), maxLines),
              ReplayOptions.to(DemoStack.STREAM),
              stack.producer(),
              listener);
    } catch (ReplayStoppedException stopped) {
      throw new CannotRunException("the replay stopped: " + stopped.getMessage(), stopped);
    }
  }

  private static void awaitDelivery(DemoConsumer consumer, long lines, TerminalLine terminal) {
    long seen = -1;
    long seenAt = System.nanoTime();
    while (seen < lines) {
      long committed = consumer.committedLines();
      if (committed > seen) {
        seen = committed;
        seenAt = System.nanoTime();
      } else if (!consumer.isRunning()) {
        throw new CannotRunException("the consumer stopped with " + counts(lines, committed));
      } else if (System.nanoTime() - seenAt > MAX_WAIT_WITHOUT_PROGRESS.toNanos()) {
        throw new CannotRunException(
            "no progress for "
                + MAX_WAIT_WITHOUT_PROGRESS.toSeconds()
                + " s: "
                + counts(lines, committed));
      }
      if (terminal.isDue()) {
        terminal.show(counts(lines, committed));
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  private static String counts(long sent, long committed) {
    return String.format(Locale.ROOT, "%,d lines sent, %,d in S3", sent, committed);
  }

  private void say(String text, Object... values) {
    err.println(String.format(Locale.ROOT, "  " + text, values));
  }
}
