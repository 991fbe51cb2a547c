package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.local.kinesis.KinesisEmulator;
import dev.sluice.local.kinesis.KinesisEmulatorOptions;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A steady load for long: what the consumer holds does not grow, and lines come through in time.
 */
@FaultTest
@Tag("R12")
@Order(9)
class SoakTest {
  private static final FaultForm FORM = FaultForm.ofThisRun();

  /** A day lasts four minutes, so that the stream's memory does not grow with the soak. */
  private static final KinesisEmulatorOptions STREAM_SERVER =
      KinesisEmulatorOptions.defaults()
          .withRetentionHour(Duration.ofSeconds(10))
          .withRetainedBytesMax(256L * 1024 * 1024);

  private static final int LOOKS = 10;
  private static final long HEAP_GROWTH_MAX_KIB = 32 * 1024;
  private static final long THREADS_GROWTH_MAX = 8;
  private static final long DESCRIPTORS_GROWTH_MAX = 16;
  private static final double DELIVERY_SECONDS_MAX = 1; // beyond the flush interval

  @Test
  void whatTheConsumerHoldsDoesNotGrow(SystemStack shared) {
    if (!Footprint.isTold()) {
      System.out.println("R12 is skipped: this machine has no /proc");
    }
    assumeTrue(Footprint.isTold(), "this machine has no /proc");
    try (var kinesis = KinesisEmulator.start(STREAM_SERVER);
        var stack = shared.besideKinesisAt(kinesis.endpoint())) {
      var scenario = Scenario.create(stack, "r12-soak");
      scenario.set("MAX_TILE_AGE", FORM.soakTileAge().toMillis() + "ms");
      scenario.set("MAX_TILE_RECORDS", "100000");
      try (var consumer = scenario.startConsumer("consumer")) {
        consumer.awaitShards(Scenario.SHARDS);
        LineLoad load = scenario.startLoad(linesMax(), FORM.soakLinesPerSecond());
        consumer.letRun(FORM.warmUp());
        Footprint before = look(scenario, consumer);
        for (int i = 0; i < LOOKS; i++) {
          consumer.letRun(FORM.soak().dividedBy(LOOKS));
          assertFlat(before, look(scenario, consumer));
        }
        assertThat(scenario.isUnderLoad()).as("under load to the end").isTrue();
        scenario.finishLoad();
        scenario.awaitDelivery(consumer);
        StopBound.assertStopsInTime(scenario, consumer, "after the soak");
        var books = SoakBooks.read(scenario, load);
        books.assertBalanced();
        scenario.measuredSeconds(
            "99 % of the lines, from the answer of PutRecords to S3,",
            books.p99Seconds(), FORM.soakTileAge().toMillis() / 1_000.0 + DELIVERY_SECONDS_MAX);
        books.addResult();
      }
    }
  }

  /** Far beyond what the soak needs: its end ends the load. */
  private static int linesMax() {
    double seconds = FORM.warmUp().plus(FORM.soak()).toSeconds() * 3.0 + 600;
    return (int) (seconds * FORM.soakLinesPerSecond());
  }

  private static Footprint look(Scenario scenario, ConsumerProcess consumer) {
    Footprint seen = Footprint.of(consumer.pid());
    Report.line(
        "%s: %,d KiB of heap after a collection, %,d KiB resident, %d threads, %d descriptors",
        scenario.name(), seen.heapKib(), seen.residentKib(), seen.threads(), seen.descriptors());
    return seen;
  }

  private static void assertFlat(Footprint before, Footprint now) {
    assertThat(now.heapKib())
        .as("KiB of heap")
        .isPositive()
        .isLessThanOrEqualTo(before.heapKib() + HEAP_GROWTH_MAX_KIB);
    assertThat(now.threads())
        .as("threads")
        .isLessThanOrEqualTo(before.threads() + THREADS_GROWTH_MAX);
    assertThat(now.descriptors())
        .as("descriptors")
        .isLessThanOrEqualTo(before.descriptors() + DESCRIPTORS_GROWTH_MAX);
  }
}
