package dev.sluice.consumer.fanout;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.fanout.MinuteCounts;
import dev.sluice.fanout.MinuteMetric;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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

  private static final int BYTES_OF_A_VALUE = 600; // names, numbers and timestamp
  private static final int ESCAPED = 3;

  private final CloudWatchClient cloudWatch;
  private final String namespace;
  private final String stream;
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
    this.stream = stream;
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
      if (MinuteMetric.isTaken(minute.start(), now)) {
        MinuteMetric.of(minute, stream).forEach(metric -> values.add(datum(metric)));
      } else {
        refused++;
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

  private static MetricDatum datum(MinuteMetric metric) {
    return MetricDatum.builder()
        .metricName(metric.name())
        .dimensions(
            metric.dimensions().entrySet().stream()
                .map(each -> Dimension.builder().name(each.getKey()).value(each.getValue()).build())
                .toList())
        .timestamp(metric.minute())
        .unit(StandardUnit.COUNT)
        .value((double) metric.count())
        .build();
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
