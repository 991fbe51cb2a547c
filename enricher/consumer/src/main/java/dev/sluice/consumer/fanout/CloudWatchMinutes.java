package dev.sluice.consumer.fanout;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.fanout.MinuteCounts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;

/** Counts by minute as metrics of CloudWatch, which adds up what several shards send. */
public final class CloudWatchMinutes {
  /** Values of one call (AWS, PutMetricData). */
  static final int MAX_VALUES = 1_000;

  /** Bytes of one call, below AWS's 1 MB; counted as if every character had to be escaped. */
  static final int MAX_BYTES = 900_000;

  /** How old a timestamp may be: AWS's two weeks without an hour for retries. */
  static final Duration MAX_AGE = Duration.ofDays(14).minusHours(1);

  /** How far ahead a timestamp may be (AWS: two hours). */
  static final Duration MAX_AHEAD = Duration.ofHours(1);

  /** Characters of a dimension's value, of the 1,024 that AWS takes. */
  static final int MAX_DIMENSION_CHARS = 255;

  private static final int BYTES_OF_A_VALUE = 600; // names, numbers and timestamp
  private static final int ESCAPED = 3;

  private final CloudWatchClient cloudWatch;
  private final String namespace;
  private final Dimension stream;
  private final BoundedCalls calls;
  private final InstantSource clock;
  private final ConsumerEvents events;

  public CloudWatchMinutes(
      CloudWatchClient cloudWatch,
      String namespace,
      String stream,
      BoundedCalls calls,
      InstantSource clock,
      ConsumerEvents events) {
    this.cloudWatch = cloudWatch;
    this.namespace = namespace;
    this.stream = dimension("Stream", stream);
    this.calls = calls;
    this.clock = clock;
    this.events = events;
  }

  /** Sends the minutes, but those which CloudWatch would refuse for their age. */
  void send(List<MinuteCounts> minutes, BooleanSupplier giveUp)
      throws NotSentException, InterruptedException {
    Instant now = clock.instant();
    var values = new ArrayList<MetricDatum>();
    int refused = 0;
    for (MinuteCounts minute : minutes) {
      if (minute.start().isBefore(now.minus(MAX_AGE))
          || minute.start().isAfter(now.plus(MAX_AHEAD))) {
        refused++;
      } else {
        add(minute, values);
      }
    }
    if (refused > 0) {
      events.minutesTooOld(refused);
    }
    for (List<MetricDatum> part : parts(values)) {
      calls.call(
          "PutMetricData",
          () -> cloudWatch.putMetricData(r -> r.namespace(namespace).metricData(part)),
          giveUp);
      events.metricsSent(part.size());
    }
  }

  private void add(MinuteCounts minute, List<MetricDatum> values) {
    Instant at = minute.start();
    values.add(value("Requests", minute.requests(), at, stream));
    if (minute.late() > 0) {
      values.add(value("LateLines", minute.late(), at, stream));
    }
    if (minute.ahead() > 0) {
      values.add(value("AheadLines", minute.ahead(), at, stream));
    }
    for (Map.Entry<MinuteCounts.Dimension, Map<String, Long>> each : minute.byValue().entrySet()) {
      String name =
          switch (each.getKey()) {
            case STATUS_CLASS -> "StatusClass";
            case COUNTRY -> "Country";
            case PAGE -> "Page";
            case DEVICE -> "Device";
          };
      each.getValue()
          .forEach(
              (text, count) ->
                  values.add(value("Requests", count, at, stream, dimension(name, text))));
    }
  }

  private static MetricDatum value(String name, long count, Instant at, Dimension... dimensions) {
    return MetricDatum.builder()
        .metricName(name)
        .dimensions(dimensions)
        .timestamp(at)
        .unit(StandardUnit.COUNT)
        .value((double) count)
        .build();
  }

  private static Dimension dimension(String name, String text) {
    return Dimension.builder().name(name).value(ascii(text)).build();
  }

  /**
   * CloudWatch takes printable ASCII that is not blank and does not begin with a colon: all else is
   * percent-encoded UTF-8, cut at {@value #MAX_DIMENSION_CHARS} characters.
   */
  static String ascii(String text) {
    var ascii = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > ' ' && b < 0x7f && !(b == ':' && ascii.isEmpty());
      boolean inner = b == ' ' && !ascii.isEmpty();
      if (ascii.length() + (plain || inner ? 1 : ESCAPED) > MAX_DIMENSION_CHARS) {
        break;
      }
      if (plain || inner) {
        ascii.append((char) b);
      } else {
        ascii.append(String.format("%%%02X", b & 0xff));
      }
    }
    return ascii.isEmpty() ? MinuteCounts.UNKNOWN : ascii.toString();
  }

  /** In order, each as large as one call may be. */
  static List<List<MetricDatum>> parts(List<MetricDatum> values) {
    var parts = new ArrayList<List<MetricDatum>>();
    var part = new ArrayList<MetricDatum>();
    int bytes = 0;
    for (MetricDatum value : values) {
      int size = BYTES_OF_A_VALUE;
      for (Dimension dimension : value.dimensions()) {
        size += ESCAPED * (dimension.name().length() + dimension.value().length());
      }
      if (part.size() == MAX_VALUES || bytes + size > MAX_BYTES) {
        parts.add(List.copyOf(part));
        part.clear();
        bytes = 0;
      }
      part.add(value);
      bytes += size;
    }
    if (!part.isEmpty()) {
      parts.add(List.copyOf(part));
    }
    return parts;
  }
}
