package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sluice.cli.Sluice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The command line as a process, where something is missing or in the way. */
@Order(7)
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(SharedStack.class)
class BadEnvironmentTest {
  private static final Path FOLDER = Path.of("target", "system-tests", "bad-environment");
  private static final Path SAMPLE = Path.of("..", "samples", "access.log.gz");
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final String STREAM = "bad-environment";
  private static final int SIGINT = 2;

  private static final AtomicInteger RUNS = new AtomicInteger();

  private static SystemStack stack;

  @BeforeAll
  static void createStream(SystemStack shared) {
    stack = shared;
    Scenario.create(stack, STREAM);
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    assertOneLine(run(Map.of(), "--nonsense"), USAGE, "--nonsense");
    assertOneLine(run(Map.of(), "consume", "--nonsense"), USAGE, "--nonsense");
  }

  @Test
  void aMissingFileIsWrongUsage() {
    assertOneLine(run(Map.of(), "enrich", "no-such.log"), USAGE, "no-such.log");
    assertOneLine(
        run(Map.of(), "replay", "logs", "--stream", STREAM, "no-such.log"), USAGE, "no-such.log");
    assertOneLine(run(Map.of(), "demo", "--input", "no-such.log"), USAGE, "no-such.log");
  }

  @Test
  void aCorruptDatabaseIsNamed() throws IOException {
    Files.createDirectories(FOLDER);
    Path corrupt = FOLDER.resolve("corrupt.mmdb");
    Files.writeString(corrupt, "this is no database");
    String name = corrupt.toString();
    assertOneLine(run(Map.of(), "enrich", "--geoip", name, SAMPLE.toString()), FAILED, name);
    assertOneLine(run(Map.of(), "demo", "--geoip", name), FAILED, name);
    assertOneLine(consume(Map.of("GEOIP_CITY_DATABASE", name)), FAILED, name);
  }

  @Test
  void anEndpointWhereNobodyAnswersIsNamedInBoundedTime() throws IOException {
    String nowhere = "http://127.0.0.1:" + freePort();
    long start = System.nanoTime();
    assertOneLine(consume(Map.of("AWS_ENDPOINT_URL_KINESIS", nowhere)), FAILED, STREAM);
    double consume = Report.secondsSince(start);
    start = System.nanoTime();
    assertOneLine(replay(Map.of("AWS_ENDPOINT_URL_KINESIS", nowhere), STREAM), FAILED, nowhere);
    Report.line(
        "bad-environment: unreachable Kinesis told after %.1f s by consume, %.1f s by replay",
        consume, Report.secondsSince(start));
    assertOneLine(consume(Map.of("AWS_ENDPOINT_URL_S3", nowhere)), FAILED, SystemStack.BUCKET);
  }

  @Test
  void aMissingStreamOrBucketIsNamed() {
    assertOneLine(consume(Map.of("STREAM_NAME", "no-such-stream")), FAILED, "no-such-stream");
    assertOneLine(replay(Map.of(), "no-such-stream"), FAILED, "no-such-stream");
    assertOneLine(consume(Map.of("OUTPUT_BUCKET", "no-such-bucket")), FAILED, "no-such-bucket");
  }

  @Test
  void missingSettingsAreReportedTogether() {
    ChildProcess child = run(stack.environment(), "consume");
    assertEnd(child, USAGE);
    assertThat(child.err().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("STREAM_NAME"))
        .anyMatch(line -> line.contains("APPLICATION_NAME"))
        .anyMatch(line -> line.contains("OUTPUT_BUCKET"));
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertOneLine(consume(Map.of("HTTP_PORT", port)), FAILED, port);
      for (String option :
          List.of("--kinesis-port", "--dynamodb-port", "--s3-port", "--firehose-port")) {
        assertOneLine(run(Map.of(), "local-aws", option, port), FAILED, port);
      }
    }
  }

  @Test
  void localAwsPrintsItsEnvironmentAndEndsOnSigterm() {
    assertLocalAwsEnds(ChildProcess::terminate);
  }

  @Test
  void localAwsEndsOnSigint() {
    assumeFalse(isIgnored(SIGINT), "SIGINT is ignored here, and so it is by every child");
    assertLocalAwsEnds(ChildProcess::interrupt);
  }

  private static void assertLocalAwsEnds(Consumer<ChildProcess> signal) {
    try (ChildProcess child = start(Map.of(), "local-aws")) {
      child.await("local-aws up", () -> child.err().contains("is up"));
      assertThat(child.out().lines())
          .allMatch(line -> line.matches("export AWS_[A-Z0-9_]+=\\S+"))
          .anyMatch(line -> line.startsWith("export AWS_ENDPOINT_URL_KINESIS=http://127.0.0.1:"))
          .anyMatch(line -> line.startsWith("export AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:"))
          .anyMatch(line -> line.startsWith("export AWS_ENDPOINT_URL_S3=http://127.0.0.1:"));
      signal.accept(child);
      assertOneLine(child, OK, "local AWS is up");
    }
  }

  /** A child inherits ignored signals, for example below a background job of a shell script. */
  private static boolean isIgnored(int signal) {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
          .anyMatch(ignored -> (ignored >> (signal - 1) & 1) != 0);
    } catch (IOException noProc) {
      return false;
    }
  }

  private static ChildProcess consume(Map<String, String> changed) {
    var environment = new HashMap<>(stack.environment());
    environment.put("STREAM_NAME", STREAM);
    environment.put("APPLICATION_NAME", STREAM);
    environment.put("OUTPUT_BUCKET", SystemStack.BUCKET);
    environment.put("S3_PATH_STYLE", "true");
    environment.putAll(changed);
    return run(environment, "consume");
  }

  private static ChildProcess replay(Map<String, String> changed, String stream) {
    var environment = new HashMap<>(stack.environment());
    environment.putAll(changed);
    return run(environment, "replay", "logs", "--stream", stream, SAMPLE.toString());
  }

  /** Runs the command line to its end. */
  private static ChildProcess run(Map<String, String> environment, String... arguments) {
    try (ChildProcess child = start(environment, arguments)) {
      child.exitCode();
      return child;
    }
  }

  private static ChildProcess start(Map<String, String> environment, String... arguments) {
    return ChildProcess.start(
        FOLDER, "run-" + RUNS.incrementAndGet(), environment, Sluice.class.getName(), arguments);
  }

  /** Asserts that it said one thing, and that with this in it. */
  private static void assertOneLine(ChildProcess child, int exitCode, String named) {
    assertEnd(child, exitCode);
    assertThat(child.err().lines()).as(child.printed()).hasSize(1).allMatch(l -> l.contains(named));
  }

  private static void assertEnd(ChildProcess child, int exitCode) {
    assertThat(child.exitCode()).as(child.printed()).isEqualTo(exitCode);
    assertThat(child.err()).as("a stack trace").doesNotContain("\tat ");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
