package dev.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.AwsService;
import dev.sluice.local.kinesis.KinesisEmulator;
import dev.sluice.local.proxy.Fault;
import dev.sluice.local.proxy.FaultMix;
import dev.sluice.local.proxy.FaultProxy;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sink refuses, hangs, answers errors, or takes a part only. */
@FaultTest
@Order(10)
@Tag("R6")
class SinkOutageTest {
  private static final FaultForm FORM = FaultForm.ofThisRun();
  private static final double LINES_PER_SECOND = 400;
  private static final double ERROR_SHARE = 0.3;
  private static final double PARTIAL_SHARE = 0.2;

  /** Of a shard, on the average of an outage. */
  private static final double TRIES_PER_SECOND_MAX = 10;

  /** Below the shortest outage. */
  private static final String UNCOMMITTED_AGE_MAX = "2s";

  private static final double RECOVERY_SECONDS_MAX = 2.0 * FORM.outage().toSeconds();

  @Test
  void s3AwayOrFailingLosesAndDoublesNothing(SystemStack stack) {
    var scenario = Scenario.create(stack, "r6-s3");
    scenario.set("HEALTH_MAX_UNCOMMITTED_AGE", UNCOMMITTED_AGE_MAX);
    FaultProxy s3 = scenario.startProxy(AwsService.S3);
    scenario.startLoad(LINES_PER_SECOND);
    try (var consumer = scenario.startConsumer("consumer")) {
      consumer.awaitShards(Scenario.SHARDS);
      awaitGoodHealth(scenario, consumer);
      var outage = new Outage(scenario, consumer, RECOVERY_SECONDS_MAX);

      long before = consumer.retries();
      long begun = System.nanoTime();
      outage.refused("S3 refused", s3, () -> !consumer.isHealthy());
      assertTries(scenario, consumer.retries() - before, Report.secondsSince(begun));
      awaitGoodHealth(scenario, consumer);

      outage.faulty(
          "S3 hung",
          s3,
          FaultMix.all(Fault.HANG).withHang(FaultMix.WAIT_MAX),
          () -> !consumer.isHealthy());
      awaitGoodHealth(scenario, consumer);

      outage.faulty(
          "S3 answered 5xx to 30 %",
          s3,
          FaultMix.none().with(Fault.ERROR, ERROR_SHARE),
          () -> s3.counts().containsKey(Fault.ERROR));
      scenario.finishLoad();
      scenario.awaitDelivery(consumer);
      StopBound.assertStopsInTime(scenario, consumer, "after the outages");
    }
    Books.assertBalanced(scenario);
  }

  private static void awaitGoodHealth(Scenario scenario, ConsumerProcess consumer) {
    long start = System.nanoTime();
    consumer.await("good health", consumer::isHealthy);
    scenario.measured("good health", start, RECOVERY_SECONDS_MAX);
  }

  /** What backs off with jitter stays far below. */
  private static void assertTries(Scenario scenario, long tries, double seconds) {
    double rate = tries / seconds / Scenario.SHARDS;
    Report.line(
        "%s: %.1f tries/s for each shard (bar: %.0f)", scenario.name(), rate, TRIES_PER_SECOND_MAX);
    assertThat(tries).as("tries").isPositive();
    assertThat(rate).as("tries/s").isLessThan(TRIES_PER_SECOND_MAX);
  }

  @Test
  void aStreamThatTakesAPartGetsEachLineOnce(SystemStack shared) {
    try (var kinesis = KinesisEmulator.start();
        var stack = shared.besideKinesisAt(kinesis.endpoint())) {
      String sink = "r6-enriched";
      Scenario.create(stack, sink); // a stream that is there
      var scenario = Scenario.create(stack, "r6-kinesis");
      scenario.set("SINKS", "s3,kinesis");
      scenario.set("SINK_STREAM_NAME", sink);
      scenario.startLoad(LINES_PER_SECOND);
      try (var consumer = scenario.startConsumer("consumer")) {
        consumer.awaitShards(Scenario.SHARDS);
        long before = consumer.retries();
        new Outage(scenario, consumer, RECOVERY_SECONDS_MAX)
            .play(
                "20 % of the entries refused",
                () ->
                    kinesis
                        .faults()
                        .failPutRecordsEntries(PARTIAL_SHARE, scenario.random().nextLong()),
                () -> kinesis.faults().clear(),
                () -> consumer.retries() > before);
        scenario.finishLoad();
        scenario.awaitDelivery(consumer);
        StopBound.assertStopsInTime(scenario, consumer, "after the outage");
        List<Long> enriched = Books.balanced(scenario).enrichedIds();
        List<Long> written =
            StreamContents.idsByShard(stack.kinesis(), sink).values().stream()
                .flatMap(List::stream)
                .sorted()
                .toList();
        assertThat(new HashSet<>(written).equals(new HashSet<>(enriched)))
            .as("the sink has every enriched line, and no other")
            .isTrue();
        if (!consumer.log().contains("lease lost")) { // whoever takes over writes again
          assertThat(written).as("lines in the sink").hasSameSizeAs(enriched);
        }
      }
    }
  }
}
