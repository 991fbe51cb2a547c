package dev.sluice.cli.demo;

import dev.sluice.cli.CannotRunException;
import dev.sluice.cli.ExitCode;
import dev.sluice.consumer.ConsumerApplication;
import dev.sluice.consumer.audit.LeaseCheckpoints;
import dev.sluice.consumer.audit.TileAudit;
import dev.sluice.producers.ReplayResult;
import dev.sluice.producers.command.TerminalLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** One run of the demo, from the empty stack to the checked books. */
final class Demo {

  private static final Duration MAX_WAIT_WITHOUT_PROGRESS = Duration.ofSeconds(60);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final DemoInput input;
  private final PrintWriter err;
  private final DemoReport report;

  Demo(DemoInput input, PrintWriter out, PrintWriter err) {
    this.input = input;
    this.err = err;
    report = new DemoReport(out);
  }

  int run() throws IOException, InterruptedException {
    report.opening(
        input,
        "Kinesis (" + DemoStack.SHARDS + " shards, limits on) -> KCL fan-out consumer",
        "S3, exactly once");
    ExpectedLines expected = input.expectedLines();
    try (DemoStack stack = DemoStack.start()) {
      say("Kinesis (%d shards), DynamoDB and S3 are up on 127.0.0.1", DemoStack.SHARDS);
      long started = System.nanoTime();
      ReplayResult replayed;
      DemoTimes times;
      int consumerExit;
      try (var consumer = DemoConsumer.start(stack, input.geoip());
          var terminal = TerminalLine.ifTerminal(err)) {
        say("consumer started; replaying while it takes its leases");
        replayed =
            input.replay(
                stack,
                sent -> {
                  if (terminal.isDue()) {
                    terminal.show(counts(sent, consumer.committedLines()));
                  }
                });
        long replayedAt = System.nanoTime();
        awaitDelivery(consumer, replayed.sent(), terminal);
        times = new DemoTimes(started, replayedAt, System.nanoTime());
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
      return report.verdict(
              new Books(expected, delivered, replayed, findings(stack, consumerExit)),
              "every line is in S3 exactly once")
          ? ExitCode.OK
          : ExitCode.FAILED;
    }
  }

  private static List<String> findings(DemoStack stack, int consumerExit) {
    var findings = new ArrayList<String>();
    if (consumerExit != ConsumerApplication.EXIT_OK) {
      findings.add("the consumer ended with exit code " + consumerExit);
    }
    var audit =
        new TileAudit(
            stack.clients().s3(),
            DemoStack.BUCKET,
            DemoConsumer.OUTPUT_PREFIX,
            application -> LeaseCheckpoints.read(stack.clients().dynamoDb(), application),
            Clock.systemUTC());
    audit.run(false).findings().forEach(finding -> findings.add("audit: " + finding));
    return findings;
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
