package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.samples.SyntheticLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;

/**
 * Lines that no parser can accept among the others, some of 1 MB, and those on which a regular
 * expression that recurses over repeated groups overflows the stack.
 */
@FaultTest
@Tag("R10")
class PoisonTest {
  private static final int LINES = 2_000;
  private static final double LINES_PER_SECOND = 500;

  private static final int LONGEST_LINE_BYTES = 1_000_000;

  private static final int ESCAPES = 30_000; // two bytes each: just below MAX_LINE_BYTES
  private static final int EXTRA_LINES_EACH = 4;

  /** A second for each odd record: one batch may hold them all. */
  private static final double BATCH_SECONDS_MAX = 4.0 * EXTRA_LINES_EACH;

  private static final double MILLIS_PER_SECOND = 1_000;

  static List<String> parsers() {
    return FaultForm.ofThisRun().parsers();
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void everyLineHasItsOutcome(String parser, SystemStack stack) {
    var scenario = Scenario.create(stack, "r10-poison-" + parser);
    scenario.set("PARSER", parser);
    for (int i = 0; i < EXTRA_LINES_EACH; i++) {
      put(scenario, "a".repeat(LONGEST_LINE_BYTES));
      put(scenario, line("GET /?%s " + "\\\"".repeat(ESCAPES) + " HTTP/1.1", "agent"));
      put(scenario, line("GET /?%s HTTP/1.1", "a\\\"".repeat(ESCAPES * 2 / 3)));
      put(scenario, line("GET /?%s HTTP/1.1", "((((".repeat(ESCAPES / 2)));
    }
    scenario.startLoad(LINES, LINES_PER_SECOND);
    try (var consumer = scenario.startConsumer("consumer")) {
      scenario.awaitDelivery(consumer);
      scenario.measuredSeconds(
          "the slowest batch, which may hold all odd records, is done",
          consumer.metric("BatchLatencyMillis_max") / MILLIS_PER_SECOND,
          BATCH_SECONDS_MAX);
      StopBound.assertStopsInTime(scenario, consumer, "behind poison");
    }
    assertThat(Books.assertBalanced(scenario).stream().mapToLong(t -> t.rejected().size()).sum())
        .as("rejected: at least what is too long")
        .isGreaterThan(EXTRA_LINES_EACH);
  }

  /** A Combined line; {@code %s} in the request stands for the id. */
  private static String line(String request, String agent) {
    return "192.0.2.7 - - [28/Oct/2025:10:15:30 +0000] \""
        + request
        + "\" 200 17 \"-\" \""
        + agent
        + '"';
  }

  /** The id stands at {@code %s}, or first. */
  private static void put(Scenario scenario, String line) {
    String id = new SyntheticLine(new byte[0], null, scenario.takeId()).idText();
    String text = line.contains("%s") ? line.replace("%s", id) : id + line.substring(id.length());
    SdkBytes data = SdkBytes.fromString(text, StandardCharsets.US_ASCII);
    Awaitility.await("room in the shard") // which takes 1 MiB in a second
        .atMost(ChildProcess.MAX_WAIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(250))
        .ignoreException(ProvisionedThroughputExceededException.class)
        .until(
            () -> {
              scenario
                  .stack()
                  .kinesis()
                  .putRecord(put -> put.streamName(scenario.name()).partitionKey(id).data(data));
              return true;
            });
  }
}
