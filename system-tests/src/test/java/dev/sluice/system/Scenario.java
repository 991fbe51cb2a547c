package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.AwsService;
import dev.sluice.local.proxy.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * One stream, the loads that go into it, the application that consumes it, and what was measured on
 * the way.
 */
final class Scenario {
  static final int SHARDS = 4;

  /**
   * Many small tiles. While lines flow age ends them, when a restarted consumer catches up size
   * does; so two runs never cut the same records into the same tiles.
   */
  private static final int MAX_TILE_RECORDS = 500;

  /** A loaded machine is no reason to fail: a bar of seconds is broken only beyond that. */
  private static final double TOLERANCE = 5;

  /** Bound of a load that is finished by its scenario. */
  private static final int LINES_MAX = 1_000_000;

  /** Far from those of the loads. */
  private static final long EXTRA_IDS = 5_000_000_000L;

  /**
   * Consumers that start at the same time: a JVM that starts uses a whole processor, and the checks
   * of its start have a time-out.
   */
  private static final Semaphore STARTS = new Semaphore(2);

  private static final int STARTS_MAX = 5;

  private final SystemStack stack;
  private final String name;
  private final SplittableRandom random;
  private final StoredOutput output;
  private final List<LineLoad> loads = new ArrayList<>();
  private final List<Measured> measured = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> endpoints = new HashMap<>(); // of proxies, by variable
  private long extraLines; // beside the loads

  /** Something measured in seconds, with what was promised. */
  record Measured(String what, double seconds, double bar) {}

  private Scenario(SystemStack stack, String name) {
    this.stack = stack;
    this.name = name;
    random = Seed.of(name);
    output = new StoredOutput(stack, name);
    settings.put("MAX_TILE_AGE", FaultForm.ofThisRun().maxTileAge().toMillis() + "ms");
  }

  /** Creates the stream. The name is that of the application, too. */
  static Scenario create(SystemStack stack, String name) {
    return create(stack, name, SHARDS);
  }

  /** The same with another number of shards. */
  static Scenario create(SystemStack stack, String name, int shards) {
    stack.kinesis().createStream(create -> create.streamName(name).shardCount(shards));
    var scenario = new Scenario(stack, name);
    scenario.awaitActiveStream();
    return scenario;
  }

  /** Whether it has a number in the fault suite, with which its name begins. */
  boolean isOfSuite() {
    return name.matches("r\\d+-.*");
  }

  void deleteStream() {
    stack.kinesis().deleteStream(delete -> delete.streamName(name).enforceConsumerDeletion(true));
  }

  /** Waits until the stream takes calls that change it. The SDK's waiter looks every 10 s only. */
  void awaitActiveStream() {
    Awaitility.await(name + " active")
        .atMost(ChildProcess.MAX_WAIT)
        .pollDelay(Duration.ZERO)
        .until(
            () ->
                stack
                    .kinesis()
                    .describeStreamSummary(describe -> describe.streamName(name))
                    .streamDescriptionSummary()
                    .streamStatus(),
            StreamStatus.ACTIVE::equals);
  }

  String name() {
    return name;
  }

  SystemStack stack() {
    return stack;
  }

  /** Draws the schedule of this scenario. */
  SplittableRandom random() {
    return random;
  }

  StoredOutput output() {
    return output;
  }

  /** Where this scenario writes what it saw. */
  Path folder() {
    return Path.of("target", "system-tests", name);
  }

  /** Gives the consumers that start from now on a setting. */
  void set(String key, String value) {
    settings.put(key, value);
  }

  /** Puts a proxy between a service and the consumers that start from now on. */
  FaultProxy startProxy(AwsService service) {
    FaultProxy proxy = stack.startProxy(service);
    service.variables().forEach(key -> endpoints.put(key, proxy.endpoint().toString()));
    return proxy;
  }

  /**
   * Starts a consumer with short timings and small tiles.
   *
   * @param process name of the files with its output
   */
  ConsumerProcess startConsumer(String process) {
    return startConsumer(process, ArmedConsumer.Point.NONE, 0);
  }

  /**
   * Starts a consumer that blocks at a failpoint once that is armed.
   *
   * @param passes how many times the failpoint is passed before
   */
  ConsumerProcess startConsumer(String process, ArmedConsumer.Point armed, int passes) {
    return startConsumer(List.of(), process, armed, passes);
  }

  /**
   * Starts a consumer through another command.
   *
   * @param before a command that becomes the one that is appended to it
   */
  ConsumerProcess startConsumer(
      List<String> before, String process, ArmedConsumer.Point armed, int passes) {
    var environment = new HashMap<>(stack.environment());
    environment.putAll(endpoints);
    environment.putAll(commonSettings());
    environment.putAll(settings);
    Path arming = folder().resolve(process + ".armed").toAbsolutePath();
    try {
      Files.deleteIfExists(arming);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    STARTS.acquireUninterruptibly();
    try {
      return started(
          () ->
              new ConsumerProcess(
                  ChildProcess.start(
                      before,
                      folder(),
                      process,
                      environment,
                      ArmedConsumer.class.getName(),
                      armed.name(),
                      Integer.toString(passes),
                      arming.toString()),
                  arming));
    } finally {
      STARTS.release();
    }
  }

  /**
   * As whoever runs consumers does it, one that found no answer in time at its start is started
   * again: on a busy machine that happens to the first calls of a JVM.
   */
  private ConsumerProcess started(Supplier<ConsumerProcess> start) {
    for (int attempt = 1; ; attempt++) {
      ConsumerProcess consumer = start.get();
      if (consumer.awaitStart()) {
        return consumer;
      }
      consumer.close();
      Report.line("%s: start %d failed%n%s", name, attempt, consumer.log());
      assertThat(consumer.log()).as("why it did not start").contains("cannot reach");
      assertThat(attempt).as("starts in a row that failed").isLessThan(STARTS_MAX);
    }
  }

  private Map<String, String> commonSettings() {
    return Map.ofEntries(
        Map.entry("STREAM_NAME", name),
        Map.entry("APPLICATION_NAME", name),
        Map.entry("OUTPUT_BUCKET", SystemStack.BUCKET),
        Map.entry("OUTPUT_PREFIX", StoredOutput.PREFIX),
        Map.entry("S3_PATH_STYLE", "true"),
        Map.entry("GEOIP_CITY_DATABASE", Path.of("..", "samples", "geo.mmdb").toString()),
        Map.entry("RECORD_DELIVERY", "fan-out"),
        Map.entry("MAX_TILE_RECORDS", Integer.toString(MAX_TILE_RECORDS)),
        Map.entry("CHECKPOINT_INTERVAL", "1s"),
        Map.entry("KCL_TIMINGS", "quick"),
        Map.entry("PREPARE_LEASES", "true"));
  }

  /** Starts to send lines until {@link #finishLoad}. */
  LineLoad startLoad(double linesPerSecond) {
    return startLoad(LINES_MAX, linesPerSecond);
  }

  /** Starts to send lines. The load before it has to be through. */
  LineLoad startLoad(int lines, double linesPerSecond) {
    LineLoad load =
        LineLoad.start(
            stack.kinesis(), name, random.split(), sentLines() + 1, lines, linesPerSecond);
    loads.add(load);
    return load;
  }

  /** No further line is sent; returns when all are in the stream. */
  void finishLoad() {
    loads.forEach(LineLoad::finish);
    loads.forEach(LineLoad::await);
  }

  /** The id of one more line, which the test itself sends. */
  long takeId() {
    return EXTRA_IDS + ++extraLines;
  }

  List<LineLoad> loads() {
    return List.copyOf(loads);
  }

  private long sentLines() {
    return loads.stream().mapToLong(LineLoad::lines).sum();
  }

  /** How many lines the stream has acknowledged so far. */
  long acceptedLines() {
    return extraLines + loads.stream().mapToLong(LineLoad::acceptedLines).sum();
  }

  /** True while a load is on its way. */
  boolean isUnderLoad() {
    return loads.stream().anyMatch(load -> !load.isDone());
  }

  /**
   * Waits until everything that was started is sent, and then in S3. If that never happens, the
   * books say what is missing.
   */
  void awaitDelivery(ConsumerProcess consumer) {
    loads.forEach(LineLoad::await);
    try {
      long all = acceptedLines();
      consumer.await("all lines in S3", () -> output.lines() >= all);
    } catch (ConditionTimeoutException incomplete) {
      Books.assertBalanced(this);
      throw incomplete;
    }
  }

  /** Ids that the stream has acknowledged to the loads. */
  LongStream accepted() {
    return loads.stream().flatMapToLong(load -> LongStream.of(load.accepted()));
  }

  /**
   * Notes and prints a time.
   *
   * @param start by {@link System#nanoTime}
   * @param bar seconds promised; five times as many fail
   */
  void measured(String what, long start, double bar) {
    measuredSeconds(what, Report.secondsSince(start), bar);
  }

  /** The same, of seconds that are known. */
  void measuredSeconds(String what, double seconds, double bar) {
    measured.add(new Measured(what, seconds, bar));
    Report.line("%s: %s after %.1f s (bar: %.0f s)", name, what, seconds, bar);
    assertThat(seconds).as(name + ": seconds, " + what).isLessThan(bar * TOLERANCE);
  }

  List<Measured> measured() {
    return List.copyOf(measured);
  }
}
