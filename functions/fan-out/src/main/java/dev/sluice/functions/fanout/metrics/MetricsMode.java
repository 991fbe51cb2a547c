package dev.sluice.functions.fanout.metrics;

import dev.sluice.fanout.FanOutSettings;
import dev.sluice.fanout.MinuteCounter;
import dev.sluice.fanout.MinuteCounts;
import dev.sluice.fanout.MinuteMetric;
import dev.sluice.functions.fanout.BatchMode;
import dev.sluice.functions.fanout.FactLines;
import dev.sluice.functions.fanout.LineWork;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.event.StreamRecord;
import dev.sluice.invocation.InvocationLine;
import dev.sluice.invocation.TimeLeft;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * Counts the lines of a batch by minute, for itself: nothing is kept from one batch to the next,
 * and CloudWatch adds up what several batches send for one minute. Every line counts at its own
 * minute, however late it is, so that halves of a batch give what the whole gives. Not thread-safe.
 */
public final class MetricsMode implements BatchMode {
  /** Beyond any year that a line can name, so that none is late; the lines bound the minutes. */
  private static final Duration LATENESS = Duration.ofDays(366L * 20_000);

  private final FanOutSettings settings;
  private final FactLines lines;
  private final EmbeddedMetrics metrics;
  private final InstantSource clock;

  /**
   * @param logLines takes lines of the log, each a metric
   */
  public MetricsMode(
      FanOutSettings settings,
      String namespace,
      LineWork work,
      Consumer<String> logLines,
      InstantSource clock) {
    this.settings =
        new FanOutSettings(
            LATENESS,
            List.of(),
            settings.coolDown(),
            settings.clearWindows(),
            settings.alertHosts(),
            settings.top());
    lines = new FactLines(work);
    metrics = new EmbeddedMetrics(namespace, logLines);
    this.clock = clock;
  }

  @Override
  public Done process(StreamBatch batch, TimeLeft time, InvocationLine line) {
    var minutes = new MinuteCounter<Integer>(settings, clock);
    lines.begin();
    int records = 0;
    for (StreamRecord record : batch.records()) {
      if (time.isShort()) {
        break;
      }
      int before = records;
      long arrival = Math.floorDiv(record.arrivalMillis(), Duration.ofSeconds(1).toMillis());
      lines.read(batch, record, facts -> minutes.count(facts, arrival, before));
      records++;
    }
    line.count("corrupt_aggregates", lines.takeCorruptAggregates());
    write(minutes.all(), batch, line); // last: what fails before it comes again and is not counted
    return Done.of(records, lines.books());
  }

  private void write(List<MinuteCounts> minutes, StreamBatch batch, InvocationLine line) {
    Instant now = clock.instant();
    long written = 0;
    long tooOld = 0;
    for (MinuteCounts minute : minutes) {
      if (!MinuteMetric.isTaken(minute.start(), now)) {
        tooOld += minute.requests() + minute.late();
        continue;
      }
      for (MinuteMetric metric : MinuteMetric.of(minute, batch.stream())) {
        metrics.write(metric);
        written++;
      }
    }
    line.count("metric_values", written).count("lines_too_old", tooOld);
  }
}
