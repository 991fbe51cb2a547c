package dev.sluice.cli.demo;

import dev.sluice.cli.CannotRunException;
import dev.sluice.cli.ExitCode;
import dev.sluice.local.LocalAwsException;
import dev.sluice.local.firehose.FirehoseCounts;
import dev.sluice.local.firehose.FirehoseStream;
import dev.sluice.local.firehose.FirehoseStreamOptions;
import dev.sluice.local.firehose.Transformation;
import dev.sluice.local.lambda.LambdaFunction;
import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.producers.ReplayResult;
import dev.sluice.producers.command.TerminalLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.random.RandomGenerator;

/** The Firehose path: the log through Kinesis, Firehose and the packaged function into S3. */
final class FirehoseDemo implements DemoPart {

  private static final String HANDLER =
      "dev.sluice.firehose.FirehoseTransformHandler::handleRequest";
  private static final String STREAM = "access-log-firehose";
  private static final String DELIVERY_STREAM = "sluice-demo";
  private static final String PREFIX = "firehose/";
  private static final String PROMISE =
      "each enriched line is in S3, each rejected one in processing-failed/";
  private static final int MEMORY_MIB = 512;

  /**
   * Half of the service's default: enriched and in base64, 1 MiB can pass the 6 MB of an answer.
   */
  private static final long BUFFER_BYTES = 512L << 10;

  private static final Duration BUFFER_INTERVAL = Duration.ofSeconds(2);

  /** Lines of the function's log that are shown when something is wrong. */
  private static final int LOG_LINES_MAX = 20;

  private final DemoInput input;
  private final LambdaFunction function;
  private final PrintWriter err;
  private final DemoReport report;
  private final ConcurrentLinkedDeque<String> functionLog = new ConcurrentLinkedDeque<>();

  /**
   * @param function gets the stack's environment and the City database as GEOIP_CITY_DATABASE
   */
  FirehoseDemo(DemoInput input, LambdaFunction function, PrintWriter out, PrintWriter err) {
    this.input = input;
    this.function = function;
    this.err = err;
    report = new DemoReport(out);
  }

  /** Sluice's own function, out of its package. */
  static LambdaFunction function(Path code) {
    return LambdaFunction.of("firehose-transform", HANDLER, code).withMemoryMib(MEMORY_MIB);
  }

  int run() throws IOException, InterruptedException {
    report.opening(
        input,
        "Kinesis (" + DemoStack.SHARDS + " shards, limits on) -> Firehose -> Lambda",
        "Firehose -> S3");
    ExpectedLines expected = input.expectedLines();
    try (DemoStack stack = DemoStack.start()) {
      stack.createStream(STREAM);
      try (LocalLambda lambda = startFunction(stack)) {
        say("Kinesis (%d shards), Firehose and S3 are up on 127.0.0.1", DemoStack.SHARDS);
        FirehoseStream firehose = createStream(stack, lambda);
        DemoRun run = run(stack, firehose, expected);
        report.run(run);
        report.detail(
            "Lambda    %,d invocations, %,d failed, %,d start of its JVM (%,d MiB)",
            firehose.counts().invocations(),
            firehose.counts().failedInvocations(),
            lambda.counts().starts(),
            lambda.function().memoryMib());
        boolean balanced = report.verdict(run.books(), PROMISE);
        if (!balanced) {
          functionLog.forEach(line -> err.println("  " + function.name() + ": " + line));
        }
        return balanced ? ExitCode.OK : ExitCode.FAILED;
      }
    }
  }

  @Override
  public String title() {
    return "Log -> Kinesis -> Firehose -> Lambda -> Firehose -> S3";
  }

  @Override
  public List<Proof> prove(DemoStack stack) throws IOException, InterruptedException {
    stack.createStream(STREAM);
    try (LocalLambda lambda = startFunction(stack)) {
      DemoRun run = run(stack, createStream(stack, lambda), input.expectedLines());
      return List.of(run.books().proof(PROMISE));
    }
  }

  private DemoRun run(DemoStack stack, FirehoseStream firehose, ExpectedLines expected)
      throws IOException, InterruptedException {
    long started = System.nanoTime();
    ReplayResult replayed;
    DemoTimes times;
    try (var terminal = TerminalLine.ifTerminal(err)) {
      replayed =
          input.replay(
              stack,
              STREAM,
              sent -> {
                if (terminal.isDue()) {
                  terminal.show(progress(sent, firehose.counts()));
                }
              });
      long replayedAt = System.nanoTime();
      firehose.flush();
      times = new DemoTimes(started, replayedAt, System.nanoTime());
    }
    say("everything is in S3; reading it back");
    var delivered = DeliveredLines.read(stack.clients().s3(), DemoStack.BUCKET, PREFIX);
    return new DemoRun(
        new Books(expected, delivered, replayed, findings(delivered, firehose.counts())), times);
  }

  private LocalLambda startFunction(DemoStack stack) {
    var environment = new HashMap<>(stack.aws().environment());
    environment.put("GEOIP_CITY_DATABASE", input.geoip().toString());
    environment.putAll(function.environment());
    try {
      return LocalLambda.start(
          function.withEnvironment(environment),
          InstantSource.system(),
          RandomGenerator.getDefault(),
          this::keep);
    } catch (LocalAwsException cannotStart) {
      throw new CannotRunException(cannotStart.getMessage(), cannotStart);
    }
  }

  private void keep(String line) {
    functionLog.add(line);
    if (functionLog.size() > LOG_LINES_MAX) {
      functionLog.poll();
    }
  }

  private static FirehoseStream createStream(DemoStack stack, LocalLambda lambda) {
    return stack
        .aws()
        .firehose()
        .create(
            FirehoseStreamOptions.to(DELIVERY_STREAM, DemoStack.BUCKET)
                .withPrefix(PREFIX)
                .withBuffer(BUFFER_BYTES, BUFFER_INTERVAL)
                .withTransformation(Transformation.by(lambda))
                .withSource(stack.aws().kinesis().tail(STREAM)));
  }

  private static List<String> findings(DeliveredLines delivered, FirehoseCounts counts) {
    var findings = new ArrayList<String>();
    delivered
        .otherFailures()
        .top(Integer.MAX_VALUE)
        .forEach(code -> findings.add("Firehose: " + code.times() + " records " + code.value()));
    long ended = counts.delivered() + counts.dropped() + counts.failed();
    if (counts.received() != ended) {
      findings.add("Firehose took " + counts.received() + " records and ended " + ended);
    }
    return findings;
  }

  private static String progress(long sent, FirehoseCounts counts) {
    return String.format(
        Locale.ROOT, "%,d lines sent, %,d through Firehose", sent, counts.delivered());
  }

  private void say(String text, Object... values) {
    err.println(String.format(Locale.ROOT, "  " + text, values));
  }
}
