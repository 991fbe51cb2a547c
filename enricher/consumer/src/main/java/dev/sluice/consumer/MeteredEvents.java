package dev.sluice.consumer;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.ContinuesFrom;
import dev.sluice.consumer.tiles.Position;
import dev.sluice.consumer.tiles.ShardCheckpointer;
import dev.sluice.consumer.tiles.TileCounts;
import dev.sluice.enricher.Outcome;
import dev.sluice.fanout.Alert;
import dev.sluice.lookups.LookupEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that knows the log line and the meter of each event. */
final class MeteredEvents implements ConsumerEvents, LookupEvents {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.consumer");

  private final MeterRegistry meters;
  private final Counter allLines;
  private final Counter allRejectedLines;
  private final Counter allShardsAbandoned;
  private final Counter ignoredRecords;
  private final Counter committedRecords;
  private final Counter tilesCommitted;
  private final Counter tilesAdopted;
  private final Counter bytesCommitted;
  private final Counter checkpointsMade;
  private final Counter rejectsOrphaned;
  private final Counter kplRecordsLeftOut;
  private final Counter kplAggregatesCorrupt;
  private final Counter subscriptionRestarts;
  private final DistributionSummary batchLatency;

  MeteredEvents(MeterRegistry meters) {
    this.meters = meters;
    // Without a tag, for alarms: CloudWatch adds nothing up over dimensions, and a counter that is
    // there from the start tells an idle consumer from a dead one.
    allLines = meters.counter("AllLines");
    allRejectedLines = meters.counter("AllRejectedLines");
    allShardsAbandoned = meters.counter("AllShardsAbandoned");
    ignoredRecords = meters.counter("IgnoredRecords");
    committedRecords = meters.counter("CommittedRecords");
    tilesCommitted = meters.counter("TilesCommitted");
    tilesAdopted = meters.counter("TilesAdopted");
    bytesCommitted = meters.counter("BytesCommitted");
    checkpointsMade = meters.counter("CheckpointsMade");
    rejectsOrphaned = meters.counter("RejectsOrphaned");
    kplRecordsLeftOut = meters.counter("KplRecordsLeftOut");
    kplAggregatesCorrupt = meters.counter("KplAggregatesCorrupt");
    subscriptionRestarts = meters.counter("SubscriptionRestarts");
    batchLatency = DistributionSummary.builder("BatchLatencyMillis").register(meters);
  }

  @Override
  public void sourceRests(String source, Duration pause, String why) {
    LOG.warn("{} is not asked for {} ms: {}", source, pause.toMillis(), why);
  }

  @Override
  public void sourceIsBack(String source) {
    LOG.info("{} answers again", source);
  }

  @Override
  public void shardOpened(String shardId, ContinuesFrom start) {
    LOG.info("{}: opened, continues from {}", shardId, start.text());
  }

  @Override
  public void batchAccepted(
      String shardId, int records, Duration latency, OptionalLong millisBehindLatest) {
    batchLatency.record(latency.toMillis());
  }

  @Override
  public void recordsIgnored(String shardId, long records) {
    ignoredRecords.increment(records);
  }

  @Override
  public void tileCommitted(String shardId, TileCounts counts, int bytes) {
    count(counts);
    committedRecords.increment(counts.records());
    bytesCommitted.increment(bytes);
    tilesCommitted.increment();
    LOG.debug("{}: committed a tile of {} records, {} bytes", shardId, counts.records(), bytes);
  }

  @Override
  public void linesCounted(TileCounts counts) {
    count(counts);
  }

  @Override
  public void linesOutOfTime(long lines) {
    meters.counter("OutOfTimeLines").increment(lines);
  }

  @Override
  public void alertSent(Alert alert) {
    count("AlertsSent", "kind", alert.kind().name(), 1);
    LOG.info("alert {} sent, {} subjects", alert.id(), alert.readings().size() + alert.more());
  }

  @Override
  public void metricsSent(int values) {
    meters.counter("MetricsSent").increment(values);
  }

  @Override
  public void minutesTooOld(int minutes) {
    meters.counter("MinutesTooOld").increment(minutes);
    LOG.warn("{} minutes are out of the times that CloudWatch takes, and were left out", minutes);
  }

  /** One line at the end, with everything that was counted. */
  void logSummary(int exitCode) {
    LOG.info(
        "ended with exit code {}: {} lines enriched, {} dropped, {} rejected; {} records ignored; KPL: {}"
            + " records left out, {} corrupt aggregates; {} subscriptions begun anew",
        exitCode,
        sum("EnrichedLines"),
        sum("DroppedLines"),
        sum("RejectedLines"),
        (long) ignoredRecords.count(),
        (long) kplRecordsLeftOut.count(),
        (long) kplAggregatesCorrupt.count(),
        (long) subscriptionRestarts.count());
  }

  private long sum(String name) {
    return (long) meters.find(name).counters().stream().mapToDouble(Counter::count).sum();
  }

  private void count(TileCounts counts) {
    var outcomes = counts.outcomes();
    allLines.increment(outcomes.in());
    allRejectedLines.increment(outcomes.rejected());
    enriched(Outcome.Code.ENRICHED, outcomes.enriched());
    enriched(Outcome.Code.ENRICHED_WITH_WARNINGS, outcomes.enrichedWithWarnings());
    outcomes
        .rejectedByReason()
        .forEach((reason, n) -> count("RejectedLines", "reason", reason.name(), n));
    counts.droppedByRule().forEach((rule, n) -> count("DroppedLines", "rule", rule, n));
  }

  private void enriched(Outcome.Code code, long lines) {
    if (lines > 0) {
      count("EnrichedLines", "outcome", code.name(), lines);
    }
  }

  private void count(String name, String tag, String value, long amount) {
    meters.counter(name, tag, value).increment(amount);
  }

  @Override
  public void tileAdopted(String shardId, Position last) {
    tilesAdopted.increment();
    LOG.info("{}: another run has committed up to {}, going on from there", shardId, last.text());
  }

  @Override
  public void rejectsOrphaned(String key) {
    rejectsOrphaned.increment();
    LOG.warn("{} could not be removed; no commit names it, audit --clean removes it", key);
  }

  @Override
  public void checkpointMade(String shardId, Position at) {
    checkpointsMade.increment();
    LOG.debug("{}: checkpoint at {}", shardId, at.text());
  }

  @Override
  public void checkpointDelayed(String shardId, ShardCheckpointer.Answer why) {
    count("CheckpointsDelayed", "why", why.name(), 1);
    LOG.warn("{}: checkpoint delayed, {}", shardId, why);
  }

  @Override
  public void storeRetried(String operation, String why) {
    count("SinkRetries", "operation", operation, 1);
    LOG.warn("{} failed, trying again: {}", operation, why);
  }

  @Override
  public void sinkWritten(String sink, long lines, long tooLarge) {
    count("SinkLines", "sink", sink, lines);
    if (tooLarge > 0) {
      count("SinkLinesTooLarge", "sink", sink, tooLarge);
      LOG.warn("{} takes no line of that size: {} lines left out", sink, tooLarge);
    }
  }

  @Override
  public void kplRecordsLeftOut(String shardId, int records) {
    kplRecordsLeftOut.increment(records);
    LOG.warn(
        "{}: {} records of a KPL aggregate lie outside of the shard and were left out",
        shardId,
        records);
  }

  @Override
  public void kplAggregateCorrupt(String shardId) {
    kplAggregatesCorrupt.increment();
    LOG.warn("{}: a corrupt KPL aggregate was taken as one raw record", shardId);
  }

  @Override
  public void shardStalled(String shardId, Duration silence, int restart) {
    subscriptionRestarts.increment();
    LOG.warn(
        "{}: no batch for {} s, not even an empty one: subscribing anew, time {}",
        shardId,
        silence.toSeconds(),
        restart);
  }

  @Override
  public void leaseLost(String shardId) {
    LOG.info("{}: lease lost", shardId);
  }

  @Override
  public void shardCompleted(String shardId) {
    LOG.info("{}: completed", shardId);
  }

  @Override
  public void shardReleased(String shardId, boolean drained) {
    if (drained) {
      LOG.info("{}: released", shardId);
    } else {
      LOG.warn("{}: released with records that are left to the next owner", shardId);
    }
  }

  @Override
  public void shardAbandoned(String shardId, Throwable cause) {
    count("ShardsAbandoned", "cause", cause.getClass().getSimpleName(), 1);
    allShardsAbandoned.increment();
    LOG.error("{}: given up without a checkpoint, the worker stops", shardId, cause);
  }
}
