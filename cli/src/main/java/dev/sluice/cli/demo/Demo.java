package dev.sluice.cli.demo;

import dev.sluice.cli.ExitCode;
import dev.sluice.consumer.ConsumerApplication;
import dev.sluice.consumer.audit.LeaseCheckpoints;
import dev.sluice.consumer.audit.TileAudit;
import dev.sluice.producers.ReplayResult;
import dev.sluice.producers.command.TerminalLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The main job: the log through Kinesis and the fan-out consumer into S3, to the checked books. */
final class Demo implements DemoPart {

  private static final String STREAM = "access-log";
  private static final String APPLICATION = "sluice-demo";
  private static final String OUTPUT_PREFIX = "enriched";
  private static final String PROMISE = "every line is in S3 exactly once";

  private final DemoInput input;
  private final PrintWriter err;
  private final DemoReport report;

  Demo(DemoInput input, PrintWriter out, PrintWriter err) {
    this.input = input;
    this.err = err;
    report = new DemoReport(out);
  }

  /** The demo by itself, told in full. */
  int run() throws IOException, InterruptedException {
    report.opening(
        input,
        "Kinesis (" + DemoStack.SHARDS + " shards, limits on) -> KCL fan-out consumer",
        "S3, exactly once");
    ExpectedLines expected = input.expectedLines();
    try (DemoStack stack = DemoStack.start()) {
      say("Kinesis (%d shards), DynamoDB and S3 are up on 127.0.0.1", DemoStack.SHARDS);
      DemoRun run = run(stack, expected);
      report.run(run);
      return report.verdict(run.books(), PROMISE) ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  @Override
  public String title() {
    return "Log -> Kinesis -> KCL fan-out consumer -> S3";
  }

  @Override
  public List<Proof> prove(DemoStack stack) throws IOException, InterruptedException {
    return List.of(run(stack, input.expectedLines()).books().proof(PROMISE));
  }

  private DemoRun run(DemoStack stack, ExpectedLines expected)
      throws IOException, InterruptedException {
    stack.createStream(STREAM);
    long started = System.nanoTime();
    ReplayResult replayed;
    DemoTimes times;
    int consumerExit;
    try (var consumer = DemoConsumer.start(stack, settings());
        var terminal = TerminalLine.ifTerminal(err)) {
      say("consumer started; replaying while it takes its leases");
      replayed =
          input.replay(
              stack,
              STREAM,
              sent -> {
                if (terminal.isDue()) {
                  terminal.show(counts(sent, consumer.countedLines()));
                }
              });
      long replayedAt = System.nanoTime();
      DemoWait.until(
          " lines in S3",
          replayed.sent(),
          consumer::countedLines,
          consumer::isRunning,
          () -> {
            if (terminal.isDue()) {
              terminal.show(counts(replayed.sent(), consumer.countedLines()));
            }
          });
      times = new DemoTimes(started, replayedAt, System.nanoTime());
      consumerExit = consumer.stop();
    }
    say("everything is in S3; reading it back");
    var delivered =
        DeliveredLines.read(stack.clients().s3(), DemoStack.BUCKET, OUTPUT_PREFIX + "/");
    return new DemoRun(
        new Books(expected, delivered, replayed, findings(stack, consumerExit)), times);
  }

  private Map<String, String> settings() {
    return Map.of(
        "STREAM_NAME", STREAM,
        "APPLICATION_NAME", APPLICATION,
        "OUTPUT_BUCKET", DemoStack.BUCKET,
        "OUTPUT_PREFIX", OUTPUT_PREFIX,
        "GEOIP_CITY_DATABASE", input.geoip().toString());
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
            OUTPUT_PREFIX,
            application -> LeaseCheckpoints.read(stack.clients().dynamoDb(), application),
            Clock.systemUTC());
    audit.run(false).findings().forEach(finding -> findings.add("audit: " + finding));
    return findings;
  }

  private static String counts(long sent, long committed) {
    return String.format(Locale.ROOT, "%,d lines sent, %,d in S3", sent, committed);
  }

  private void say(String text, Object... values) {
    err.println(String.format(Locale.ROOT, "  " + text, values));
  }
}
