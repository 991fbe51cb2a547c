package dev.sluice.functions.fanout.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.functions.fanout.BatchMode.Done;
import dev.sluice.functions.fanout.FanOutFunctionSettings;
import dev.sluice.functions.fanout.LineWork;
import dev.sluice.functions.fanout.TestBatch;
import dev.sluice.functions.fanout.TestLines;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.invocation.InvocationLine;
import dev.sluice.invocation.TimeLeft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What CloudWatch makes of the lines that the function writes. */
class MetricsModeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TimeLeft TIME = new TimeLeft(() -> 60_000, Duration.ofSeconds(10));
  private static final Instant NOW = Instant.parse("2025-10-28T12:00:00Z");

  private final List<String> log = new ArrayList<>();
  private final Random random = new Random(20_261_122);

  private MetricsMode mode(String... keysAndValues) {
    var all = new ArrayList<>(List.of("MODE", "metrics"));
    all.addAll(List.of(keysAndValues));
    FanOutFunctionSettings settings = TestLines.settings(all.toArray(String[]::new));
    return new MetricsMode(
        settings.fanOut().decisions(),
        settings.fanOut().namespace(),
        LineWork.of(TestLines.enricher(settings)),
        log::add,
        InstantSource.fixed(NOW));
  }

  private static Done process(MetricsMode mode, StreamBatch batch) {
    return mode.process(batch, TIME, new InvocationLine(NOW, "1", "kinesis"));
  }

  /** The statistic Sum of each metric, dimensions and minute, by the rules of the format. */
  private Map<String, Long> sums() {
    var sums = new TreeMap<String, Long>();
    for (String line : log) {
      JsonNode json = read(line);
      JsonNode aws = json.get("_aws");
      assertThat(aws.get("CloudWatchMetrics")).hasSize(1);
      JsonNode directive = aws.get("CloudWatchMetrics").get(0);
      assertThat(directive.get("Namespace").textValue()).isEqualTo("Sluice");
      var dimensions = new TreeMap<String, String>();
      directive
          .get("Dimensions")
          .get(0)
          .forEach(
              name -> dimensions.put(name.textValue(), json.get(name.textValue()).textValue()));
      for (JsonNode metric : directive.get("Metrics")) {
        assertThat(metric.get("Unit").textValue()).isEqualTo("Count");
        String name = metric.get("Name").textValue();
        sums.merge(
            Instant.ofEpochMilli(aws.get("Timestamp").longValue()) + " " + name + dimensions,
            json.get(name).longValue(),
            Long::sum);
      }
    }
    return sums;
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void countsByMinuteAndByWhatLinesAre() {
    Done done =
        process(
            mode(),
            TestBatch.ofText(
                1,
                TestLines.line("81.2.69.142", "10:15:30", 200, "/product.php"),
                TestLines.line("81.2.69.142", "10:15:59", 500, "/product.php"),
                TestLines.line("10.0.0.1", "09:00:00", 404, "/"),
                "broken"));
    assertThat(done.records()).isEqualTo(4);
    assertThat(done.books().in()).isEqualTo(4);
    assertThat(done.books().rejected()).isEqualTo(1);
    Map<String, Long> sums = sums();
    String minute = "2025-10-28T10:15:00Z Requests";
    assertThat(sums)
        .containsEntry(minute + "{Stream=logs}", 2L)
        .containsEntry(minute + "{StatusClass=2xx, Stream=logs}", 1L)
        .containsEntry(minute + "{StatusClass=5xx, Stream=logs}", 1L)
        .containsEntry(minute + "{Page=product, Stream=logs}", 2L)
        .containsEntry(minute + "{Device=other, Stream=logs}", 2L)
        .containsEntry("2025-10-28T09:00:00Z Requests{Country=unknown, Stream=logs}", 1L)
        .containsEntry("2025-10-28T09:00:00Z Requests{Page=index, Stream=logs}", 1L);
    assertThat(sums).hasSize(sums.keySet().stream().distinct().toList().size());
  }

  /**
   * Each batch counts for itself: however the lines are cut into batches, the sums are the same.
   */
  @Test
  void sumsDoNotDependOnHowLinesCome() {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 600; i++) {
      String time =
          "%02d:%02d:%02d".formatted(9 + random.nextInt(2), random.nextInt(60), random.nextInt(60));
      int status = 100 * (2 + random.nextInt(4));
      lines.add(TestLines.line("81.2.69." + random.nextInt(256), time, status, "/p" + i % 7));
    }
    StreamBatch all = TestBatch.ofText(1, lines.toArray(String[]::new));
    MetricsMode mode = mode();
    process(mode, all);
    Map<String, Long> whole = sums();
    assertThat(whole.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(5 * 600);
    for (int round = 0; round < 5; round++) {
      log.clear();
      for (int from = 0; from < 600; ) {
        int to = Math.min(600, from + 1 + random.nextInt(100));
        process(mode, TestBatch.part(all, from, to));
        from = to;
      }
      assertThat(sums()).isEqualTo(whole);
    }
  }

  @Test
  void theLargestValuesAreNamedAndTheRestIsOther() {
    var lines = new ArrayList<String>();
    for (int page = 0; page < 10; page++) {
      for (int i = 0; i <= page; i++) {
        lines.add(TestLines.line("10.0.0.1", "10:15:30", 200, "/p" + page));
      }
    }
    process(mode("METRICS_TOP", "2"), TestBatch.ofText(1, lines.toArray(String[]::new)));
    assertThat(sums())
        .containsEntry("2025-10-28T10:15:00Z Requests{Page=p9, Stream=logs}", 10L)
        .containsEntry("2025-10-28T10:15:00Z Requests{Page=p8, Stream=logs}", 9L)
        .containsEntry("2025-10-28T10:15:00Z Requests{Page=other, Stream=logs}", 36L);
  }

  @Test
  void linesThatCloudWatchWouldNotTakeAreLeftOutAndCounted() {
    var line = new InvocationLine(NOW, "1", "kinesis");
    String old =
        TestLines.line("10.0.0.1", "10:15:30", 200, "/").replace("28/Oct/2025", "01/Oct/2025");
    String recent = TestLines.line("10.0.0.1", "10:15:30", 200, "/");
    Done done = mode().process(TestBatch.ofText(1, old, recent, old), TIME, line);
    assertThat(done.books().enriched()).isEqualTo(3);
    assertThat(sums())
        .containsEntry("2025-10-28T10:15:00Z Requests{Stream=logs}", 1L)
        .allSatisfy((name, sum) -> assertThat(name).startsWith("2025-10-28"));
  }

  @Test
  void stopsBeforeTheTimeOutAndCountsWhatIsDone() {
    int[] asked = {0};
    var time = new TimeLeft(() -> asked[0]++ < 3 ? 60_000 : 5_999, Duration.ofSeconds(10));
    String line = TestLines.line("10.0.0.1", "10:15:30", 200, "/");
    Done done =
        mode()
            .process(
                TestBatch.ofText(1, line, line, line, line),
                time,
                new InvocationLine(NOW, "1", "kinesis"));
    assertThat(done.records()).isBetween(1, 3);
    assertThat(sums())
        .containsEntry("2025-10-28T10:15:00Z Requests{Stream=logs}", (long) done.records());
  }
}
