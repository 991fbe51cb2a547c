package dev.sluice.firehose;

import dev.sluice.enricher.RejectReason;
import dev.sluice.firehose.FirehoseSettings.Metrics;
import dev.sluice.firehose.answer.InvocationCounts;
import dev.sluice.firehose.record.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One JSON line for each invocation: what was done, for people and for Logs Insights; with the
 * metrics on it is a document of the embedded metric format too. Never a line of a record.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
final class InvocationLog {
  private static final String COUNT = "Count";
  private static final String MILLISECONDS = "Milliseconds";
  private static final String BYTES = "Bytes";
  private static final String NONE = "None";
  private static final String UNKNOWN = "unknown";
  private static final String DIMENSION = "delivery_stream";

  private final Consumer<String> lines;
  private final boolean metrics;
  private final String namespace;

  /** One number of the line. */
  private record Number(String name, long value, String unit) {}

  /**
   * What is told about an invocation.
   *
   * @param failure what ended it; null when it ended well
   * @param deliveryStream empty if the event did not name any
   * @param unusableDatabases GeoIP2 databases that the function does without
   * @param databaseAge time since the oldest one in use was made; empty where none is open
   * @param lookups what became of look-ups, by name; empty when there are none
   */
  record Entry(
      Instant timestamp,
      String requestId,
      String deliveryStream,
      String eventType,
      Duration duration,
      boolean coldStart,
      InvocationCounts counts,
      int unusableDatabases,
      Optional<Duration> databaseAge,
      Map<String, Long> lookups,
      Throwable failure) {}

  /**
   * @param lines takes each line, without line end
   */
  InvocationLog(Consumer<String> lines, Metrics metrics, String namespace) {
    this.lines = lines;
    this.metrics = metrics == Metrics.EMF;
    this.namespace = namespace;
  }

  void write(Entry entry) {
    var line = new JsonLine();
    write(entry, line);
    lines.accept(line.toString());
  }

  private void write(Entry entry, JsonLine object) {
    List<Number> numbers = numbers(entry);
    object.beginObject();
    object.member("timestamp", entry.timestamp().toString());
    object.member("level", level(entry));
    object.member("request_id", entry.requestId());
    object.member("event_type", entry.eventType());
    // CloudWatch leaves out metrics whose dimension is empty.
    String stream = entry.deliveryStream().isEmpty() ? UNKNOWN : entry.deliveryStream();
    object.member(DIMENSION, stream);
    object.member("cold_start", entry.coldStart());
    for (Number number : numbers) {
      object.member(number.name(), number.value());
    }
    writeReasons(entry.counts(), object);
    if (entry.failure() != null) {
      object.member("error", entry.failure().toString());
    }
    if (metrics) {
      writeDirective(entry.timestamp(), numbers, object);
    }
    object.end();
  }

  private static String level(Entry entry) {
    InvocationCounts counts = entry.counts();
    if (entry.failure() != null || counts.unknownEvent()) {
      return "ERROR";
    }
    boolean trouble =
        counts.failed() > 0 || counts.recordsWithoutId() > 0 || entry.unusableDatabases() > 0;
    return trouble ? "WARN" : "INFO";
  }

  private static List<Number> numbers(Entry entry) {
    InvocationCounts counts = entry.counts();
    var numbers = new ArrayList<Number>();
    numbers.add(new Number("duration_ms", entry.duration().toMillis(), MILLISECONDS));
    numbers.add(new Number("records_processed", counts.records(), COUNT));
    numbers.add(new Number("records_ok", counts.ok(), COUNT));
    numbers.add(new Number("records_dropped", counts.dropped(), COUNT));
    numbers.add(new Number("records_failed", counts.failed(), COUNT));
    numbers.add(new Number("records_failed_without_data", counts.failedWithoutData(), COUNT));
    numbers.add(new Number("records_reingested", counts.reingested(), COUNT));
    numbers.add(new Number("records_without_id", counts.recordsWithoutId(), COUNT));
    numbers.add(new Number("lines_enriched", counts.linesEnriched(), COUNT));
    numbers.add(new Number("lines_enriched_with_warnings", counts.linesWarned(), COUNT));
    numbers.add(new Number("lines_dropped", counts.linesDropped(), COUNT));
    numbers.add(new Number("lines_rejected", counts.linesRejected(), COUNT));
    numbers.add(new Number("lines_withheld", counts.linesWithheld(), COUNT));
    numbers.add(new Number("lines_dead_lettered", counts.deadLetters(), COUNT));
    numbers.add(new Number("partitions_bounded", counts.partitionsBounded(), COUNT));
    numbers.add(new Number("response_bytes", counts.responseBytes(), BYTES));
    numbers.add(new Number("stopped_early", counts.stoppedEarly() ? 1 : 0, COUNT));
    numbers.add(new Number("unknown_events", counts.unknownEvent() ? 1 : 0, COUNT));
    numbers.add(new Number("geoip_databases_unusable", entry.unusableDatabases(), COUNT));
    if (entry.databaseAge().isPresent()) {
      long days = entry.databaseAge().get().toDays();
      numbers.add(new Number("geoip_database_age_days", days, NONE));
    }
    for (Map.Entry<String, Long> each : entry.lookups().entrySet()) {
      numbers.add(new Number(each.getKey(), each.getValue(), COUNT));
    }
    return numbers;
  }

  /** Reasons that occurred; no metrics, so that nobody pays for zeros. */
  private static void writeReasons(InvocationCounts counts, JsonLine object) {
    if (counts.failed() > 0) {
      object.beginObject("failed_by_reason");
      for (FailureReason reason : FailureReason.values()) {
        if (counts.failed(reason) > 0) {
          object.member(name(reason), counts.failed(reason));
        }
      }
      object.end();
    }
    if (counts.linesRejected() > 0) {
      object.beginObject("rejected_by_reason");
      for (RejectReason reason : RejectReason.values()) {
        if (counts.linesRejected(reason) > 0) {
          object.member(name(reason), counts.linesRejected(reason));
        }
      }
      object.end();
    }
  }

  private static String name(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private void writeDirective(Instant timestamp, List<Number> numbers, JsonLine object) {
    object.beginObject("_aws");
    object.member("Timestamp", timestamp.toEpochMilli());
    object.beginArray("CloudWatchMetrics");
    object.beginObject();
    object.member("Namespace", namespace);
    object.beginArray("Dimensions");
    object.beginArray();
    object.element(DIMENSION);
    object.end();
    object.end();
    object.beginArray("Metrics");
    for (Number number : numbers) {
      object.beginObject();
      object.member("Name", number.name());
      object.member("Unit", number.unit());
      object.end();
    }
    object.end();
    object.end();
    object.end();
    object.end();
  }
}
