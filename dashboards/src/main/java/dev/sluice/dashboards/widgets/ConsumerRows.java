package dev.sluice.dashboards.widgets;

import dev.sluice.dashboards.monitoring.Parameters;
import java.util.List;
import java.util.Map;

/** The rows of the stream, of the consumer, of KCL and of the tasks. */
final class ConsumerRows {
  private static final String KINESIS = "AWS/Kinesis";
  private static final String STREAM = Parameters.STREAM.value();
  private static final String NAMESPACE = Parameters.CONSUMER_NAMESPACE.value();
  private static final String GIVEN = Parameters.CONSUMER.given();
  private static final String KCL = "HasKcl";
  private static final Map<String, Object> ONE_MINUTE = Map.of("1 minute", 60_000);
  private static final Map<String, Object> FIVE_MINUTES = Map.of("5 minutes", 300_000);
  private static final int THIRD = 8;
  private static final int HEIGHT = 6;

  private ConsumerRows() {}

  static List<Row> all() {
    return List.of(
        Row.heading(Parameters.STREAM.given(), "Stream " + STREAM),
        stream(),
        Row.heading(GIVEN, "Fan-out consumer " + Parameters.CONSUMER.value()),
        lag(),
        lines(),
        tiles(),
        sinks(),
        fanOut(),
        Row.heading(KCL, "KCL"),
        kcl(),
        Row.heading(Parameters.SERVICE.given(), "Tasks of the consumer"),
        tasks());
  }

  private static Widget graph(String title, Line... lines) {
    return Widget.graph(THIRD, HEIGHT, title, lines);
  }

  private static Line stream(String label, String name, String statistic) {
    return Line.of(label, KINESIS, name, statistic, "StreamName", STREAM);
  }

  private static Line subscription(String label, String name, String statistic) {
    return Line.of(
        label,
        KINESIS,
        name,
        statistic,
        "StreamName",
        STREAM,
        "ConsumerName",
        Parameters.CONSUMER.value());
  }

  private static Line own(String label, String name, String statistic) {
    return Line.of(label, NAMESPACE, name, statistic);
  }

  private static Line each(String label, String name, String dimension) {
    return Line.search(label, NAMESPACE, name, "Sum", dimension);
  }

  private static Row stream() {
    return Row.when(
        Parameters.STREAM.given(),
        graph(
            "Records and bytes in",
            stream("records", "IncomingRecords", "Sum"),
            stream("bytes", "IncomingBytes", "Sum").right()),
        graph(
            "Throttled",
            stream("writes", "WriteProvisionedThroughputExceeded", "Sum"),
            stream("reads", "ReadProvisionedThroughputExceeded", "Sum"),
            stream("failed in PutRecords", "PutRecords.ThrottledRecords", "Sum")),
        graph(
            "Polling readers",
            stream("iterator age", "GetRecords.IteratorAgeMilliseconds", "Maximum"),
            stream("bytes out", "GetRecords.Bytes", "Sum").right()));
  }

  private static Row lag() {
    return Row.when(
        GIVEN,
        Widget.graph(
            THIRD,
            HEIGHT,
            "Milliseconds behind the tip",
            ONE_MINUTE,
            List.of(
                own("slowest shard", "MillisBehindLatestMax.value", "Maximum"),
                subscription(
                    "as Kinesis sees it", "SubscribeToShardEvent.MillisBehindLatest", "Maximum"))),
        Widget.graph(
            THIRD,
            HEIGHT,
            "Oldest uncommitted record, milliseconds",
            FIVE_MINUTES,
            List.of(own("oldest record", "OldestUncommittedAgeMillisMax.value", "Maximum"))),
        graph(
            "Batches",
            own("batches", "BatchLatencyMillis.count", "Sum"),
            own("longest, ms", "BatchLatencyMillis.max", "Maximum").right(),
            own("mean, ms", "BatchLatencyMillis.avg", "Average").right()));
  }

  private static Row lines() {
    return Row.when(
        GIVEN,
        graph(
            "Lines by outcome",
            each("", "EnrichedLines.count", "outcome"),
            each("dropped", "DroppedLines.count", "rule"),
            each("rejected", "RejectedLines.count", "reason")),
        graph(
            "Rejected lines, %",
            own("rejected", "AllRejectedLines.count", "Sum").as("rejected"),
            own("lines", "AllLines.count", "Sum").as("lines"),
            Line.math("rejected", "100 * rejected / lines")),
        graph(
            "Alerts and counts by minute",
            each("alerts", "AlertsSent.count", "kind"),
            own("values", "MetricsSent.count", "Sum"),
            own("out of time", "OutOfTimeLines.count", "Sum").right(),
            own("minutes too old", "MinutesTooOld.count", "Sum").right()));
  }

  private static Row tiles() {
    return Row.when(
        GIVEN,
        graph(
            "Tiles",
            own("committed", "TilesCommitted.count", "Sum"),
            own("adopted", "TilesAdopted.count", "Sum"),
            own("rejects orphaned", "RejectsOrphaned.count", "Sum"),
            own("bytes", "BytesCommitted.count", "Sum").right()),
        graph(
            "Records",
            own("committed", "CommittedRecords.count", "Sum"),
            own("came again", "IgnoredRecords.count", "Sum"),
            own("KPL: left out", "KplRecordsLeftOut.count", "Sum"),
            own("KPL: corrupt", "KplAggregatesCorrupt.count", "Sum")),
        graph(
            "Checkpoints and shards",
            own("checkpoints", "CheckpointsMade.count", "Sum"),
            each("delayed", "CheckpointsDelayed.count", "why"),
            own("given up", "AllShardsAbandoned.count", "Sum").right(),
            each("", "ShardsAbandoned.count", "cause").right(),
            own("subscribed anew", "SubscriptionRestarts.count", "Sum").right()));
  }

  private static Row sinks() {
    return Row.when(
        GIVEN,
        graph(
            "Sinks",
            each("", "SinkLines.count", "sink"),
            each("too large", "SinkLinesTooLarge.count", "sink").right(),
            each("again", "SinkRetries.count", "operation").right()),
        Widget.graph(
            THIRD,
            HEIGHT,
            "GeoIP databases, days",
            Map.of("25 days", 25),
            List.of(
                own("oldest", "GeoIpDatabaseAgeDaysMax.value", "Maximum"),
                each("", "sluice.geoip.reloads.count", "result").right())),
        graph(
            "Look-ups",
            Line.search("", NAMESPACE, "LookupKeys.count", "Sum", "result", "source"),
            each("calls", "LookupCalls.count", "source"),
            own("breakers open", "LookupBreakersOpen.value", "Maximum").right()));
  }

  private static Row fanOut() {
    return Row.when(
        GIVEN,
        graph(
            "Fan-out subscriptions",
            subscription("made", "SubscribeToShard.Success", "Sum"),
            subscription("refused", "SubscribeToShard.RateExceeded", "Sum")),
        graph(
            "Fan-out events",
            subscription("records", "SubscribeToShardEvent.Records", "Sum"),
            subscription("bytes", "SubscribeToShardEvent.Bytes", "Sum").right()),
        graph(
            "Caches",
            Line.search("", NAMESPACE, "cache.gets.count", "Sum", "cache", "result"),
            each("evictions", "cache.evictions.count", "cache").right()));
  }

  /** KCL's dimension WorkerIdentifier is another one at each start, so all of them are searched. */
  private static Line kclWorkers(String label, String name, String statistic) {
    return Line.search(
        label, Parameters.CONSUMER.value(), name, statistic, "Operation", "WorkerIdentifier");
  }

  private static Line kclShards(String label, String name, String statistic) {
    return Line.search(label, Parameters.CONSUMER.value(), name, statistic, "Operation", "ShardId");
  }

  private static Row kcl() {
    return Row.when(
        KCL,
        graph(
            "Leases of workers",
            kclWorkers("held", "CurrentLeases", "Maximum"),
            kclWorkers("lost", "LostLeases", "Sum").right(),
            kclWorkers("expired", "ExpiredLeases", "Sum").right()),
        graph(
            "Workers",
            kclWorkers("workers", "NumWorkers", "Maximum"),
            kclWorkers("taken", "TakenLeases", "Sum").right(),
            kclWorkers("spilled over", "LeaseSpillover", "Sum").right()),
        graph(
            "Shards",
            kclShards("behind, ms", "MillisBehindLatest", "Maximum"),
            kclShards("longest batch, ms", "RecordProcessor.processRecords.Time", "Maximum"),
            kclShards("records", "RecordsProcessed", "Sum").right()));
  }

  private static Line task(String label, String name, String statistic) {
    return Line.of(
        label,
        "AWS/ECS",
        name,
        statistic,
        "ClusterName",
        Parameters.CLUSTER.value(),
        "ServiceName",
        Parameters.SERVICE.value());
  }

  private static Row tasks() {
    return Row.when(
        Parameters.SERVICE.given(),
        Widget.graph(
            Row.COLUMNS / 2,
            HEIGHT,
            "CPU, %",
            task("mean", "CPUUtilization", "Average"),
            task("largest", "CPUUtilization", "Maximum")),
        Widget.graph(
            Row.COLUMNS / 2,
            HEIGHT,
            "Memory, %",
            task("mean", "MemoryUtilization", "Average"),
            task("largest", "MemoryUtilization", "Maximum")));
  }
}
