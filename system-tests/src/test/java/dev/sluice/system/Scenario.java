package dev.sluice.system;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** One stream, the loads that go into it, and the application that consumes it. */
final class Scenario {
  static final int SHARDS = 4;

  /**
   * Many small tiles. While lines flow age ends them, when a restarted consumer catches up size
   * does; so two runs never cut the same records into the same tiles.
   */
  private static final String MAX_TILE_AGE = "500ms";

  private static final int MAX_TILE_RECORDS = 500;

  private final SystemStack stack;
  private final String name;
  private final SplittableRandom random;
  private final StoredOutput output;
  private final List<LineLoad> loads = new ArrayList<>();

  private Scenario(SystemStack stack, String name) {
    this.stack = stack;
    this.name = name;
    random = Seed.of(name);
    output = new StoredOutput(stack, name);
  }

  /** Creates the stream. The name is that of the application, too. */
  static Scenario create(SystemStack stack, String name) {
    stack.kinesis().createStream(create -> create.streamName(name).shardCount(SHARDS));
    var scenario = new Scenario(stack, name);
    scenario.awaitActiveStream();
    return scenario;
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

  /**
   * Starts a consumer with short timings and small tiles.
   *
   * @param process name of the files with its output
   */
  ConsumerProcess startConsumer(String process) {
    return startConsumer(process, ArmedConsumer.Point.NONE, 0);
  }

  /**
   * Starts a consumer that blocks at a failpoint.
   *
   * @param passes how many times the failpoint is passed before
   */
  ConsumerProcess startConsumer(String process, ArmedConsumer.Point armed, int passes) {
    var environment = new HashMap<>(stack.environment());
    environment.putAll(settings());
    return new ConsumerProcess(
        ChildProcess.start(
            folder(),
            process,
            environment,
            ArmedConsumer.class.getName(),
            armed.name(),
            Integer.toString(passes)));
  }

  private Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("STREAM_NAME", name),
        Map.entry("APPLICATION_NAME", name),
        Map.entry("OUTPUT_BUCKET", SystemStack.BUCKET),
        Map.entry("OUTPUT_PREFIX", StoredOutput.PREFIX),
        Map.entry("S3_PATH_STYLE", "true"),
        Map.entry("GEOIP_CITY_DATABASE", Path.of("..", "samples", "geo.mmdb").toString()),
        Map.entry("RECORD_DELIVERY", "fan-out"),
        Map.entry("MAX_TILE_RECORDS", Integer.toString(MAX_TILE_RECORDS)),
        Map.entry("MAX_TILE_AGE", MAX_TILE_AGE),
        Map.entry("CHECKPOINT_INTERVAL", "1s"),
        Map.entry("KCL_TIMINGS", "quick"),
        Map.entry("PREPARE_LEASES", "true"));
  }

  /** Starts to send lines. Their ids go on where those of the last load end. */
  void startLoad(int lines, double linesPerSecond) {
    loads.add(
        LineLoad.start(
            stack.kinesis(), name, random.split(), totalLines() + 1, lines, linesPerSecond));
  }

  List<LineLoad> loads() {
    return List.copyOf(loads);
  }

  private long totalLines() {
    return loads.stream().mapToLong(LineLoad::lines).sum();
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
      consumer.await("all lines in S3", () -> output.lines() >= totalLines());
    } catch (ConditionTimeoutException incomplete) {
      Books.assertBalanced(this);
      throw incomplete;
    }
  }

  /** Ids that the stream has acknowledged. */
  SortedSet<Long> accepted() {
    var accepted = new TreeSet<Long>();
    loads.forEach(load -> accepted.addAll(load.accepted()));
    return accepted;
  }
}
