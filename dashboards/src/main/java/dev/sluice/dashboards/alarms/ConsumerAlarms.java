package dev.sluice.dashboards.alarms;

import dev.sluice.dashboards.monitoring.Parameters;
import java.util.List;

/** The alarms of the consumer and of its stream. */
final class ConsumerAlarms {
  private static final String KINESIS = "AWS/Kinesis";
  private static final String WORDS = "consumer";
  private static final String GIVEN = Parameters.CONSUMER.given();
  private static final double ONE_MINUTE_MILLIS = 60_000;
  private static final double FIVE_MINUTES_MILLIS = 300_000;

  private ConsumerAlarms() {}

  static List<AlarmRule> all() {
    return List.of(
        streamWrites(),
        streamReads(),
        lag(),
        fanOutLag(),
        retention(),
        silent(),
        commitLate(),
        abandoned(),
        rejected(),
        kpl(),
        geoIpAge(),
        memory());
  }

  private static Metric own(String id, String name, String statistic) {
    return Metric.of(id, Parameters.CONSUMER_NAMESPACE.value(), name, statistic);
  }

  private static Metric stream(String id, String name) {
    return Metric.of(id, KINESIS, name, "Sum", "StreamName", Parameters.STREAM.value());
  }

  private static AlarmRule streamWrites() {
    return AlarmRule.above(
            "StreamWritesThrottled",
            AlarmGuide.WRITES_THROTTLED,
            "stream with the log lines",
            Parameters.STREAM.given(),
            stream("throttled", "WriteProvisionedThroughputExceeded"),
            0)
        .when(3, 5);
  }

  private static AlarmRule streamReads() {
    return AlarmRule.above(
            "StreamReadsThrottled",
            AlarmGuide.READS_THROTTLED,
            "stream with the log lines",
            Parameters.STREAM.given(),
            stream("throttled", "ReadProvisionedThroughputExceeded"),
            0)
        .when(3, 5);
  }

  private static AlarmRule lag() {
    return AlarmRule.above(
            "ConsumerLag",
            AlarmGuide.CONSUMER_LAG,
            WORDS,
            GIVEN,
            own("lag", "MillisBehindLatestMax.value", "Maximum"),
            ONE_MINUTE_MILLIS)
        .when(3, 5)
        .missing(AlarmRule.IGNORE); // who is silent has not caught up
  }

  /** The same by Kinesis' own metric, which is there whatever the consumer tells. */
  private static AlarmRule fanOutLag() {
    return AlarmRule.above(
            "ConsumerFanOutLag",
            AlarmGuide.CONSUMER_LAG,
            "consumer, as Kinesis sees its fan-out subscriptions",
            GIVEN,
            Metric.of(
                "lag",
                KINESIS,
                "SubscribeToShardEvent.MillisBehindLatest",
                "Maximum",
                "StreamName",
                Parameters.STREAM.value(),
                "ConsumerName",
                Parameters.CONSUMER.value()),
            ONE_MINUTE_MILLIS)
        .when(3, 5)
        .missing(AlarmRule.IGNORE);
  }

  private static AlarmRule retention() {
    return AlarmRule.above(
            "ConsumerRetention",
            AlarmGuide.RETENTION_DANGER,
            WORDS,
            GIVEN,
            "100 * MAX([lag, age]) / (3600000 * " + Parameters.RETENTION.value() + ")",
            50,
            own("lag", "MillisBehindLatestMax.value", "Maximum"),
            own("age", "OldestUncommittedAgeMillisMax.value", "Maximum"))
        .when(2, 3)
        .missing(AlarmRule.IGNORE);
  }

  private static AlarmRule silent() {
    return AlarmRule.above(
            "ConsumerSilent",
            AlarmGuide.CONSUMER_SILENT,
            WORDS,
            GIVEN,
            "FILL(batches, 0)",
            1,
            own("batches", "BatchLatencyMillis.count", "Sum"))
        .below()
        .when(5, 5) // the newest minute is filled with 0 while its data are on their way
        .missing(AlarmRule.BREACHING);
  }

  private static AlarmRule commitLate() {
    return AlarmRule.above(
            "ConsumerCommitLate",
            AlarmGuide.COMMIT_LATE,
            WORDS,
            GIVEN,
            own("age", "OldestUncommittedAgeMillisMax.value", "Maximum"),
            FIVE_MINUTES_MILLIS)
        .when(3, 3)
        .missing(AlarmRule.IGNORE);
  }

  private static AlarmRule abandoned() {
    return AlarmRule.above(
        "ConsumerShardAbandoned",
        AlarmGuide.SHARD_ABANDONED,
        WORDS,
        GIVEN,
        own("abandoned", "AllShardsAbandoned.count", "Sum"),
        0);
  }

  private static AlarmRule rejected() {
    return AlarmRule.above(
            "ConsumerLinesRejected",
            AlarmGuide.LINES_REJECTED,
            WORDS,
            GIVEN,
            "100 * rejected / lines",
            1,
            own("rejected", "AllRejectedLines.count", "Sum"),
            own("lines", "AllLines.count", "Sum"))
        .every(300)
        .when(2, 3);
  }

  private static AlarmRule kpl() {
    return AlarmRule.above(
        "ConsumerKplRecords",
        AlarmGuide.KPL_RECORDS,
        WORDS,
        GIVEN,
        own("records", "KplRecordsLeftOut.count", "Sum"),
        0);
  }

  private static AlarmRule geoIpAge() {
    return AlarmRule.above(
            "ConsumerGeoIpAge",
            AlarmGuide.GEOIP_AGE,
            WORDS,
            GIVEN,
            own("age", "GeoIpDatabaseAgeDaysMax.value", "Maximum"),
            Alarms.GEOIP_DAYS)
        .every(Alarms.HOUR)
        .missing(AlarmRule.IGNORE);
  }

  private static AlarmRule memory() {
    return AlarmRule.above(
            "ConsumerMemory",
            AlarmGuide.CONSUMER_MEMORY,
            "ECS service of the consumer",
            Parameters.SERVICE.given(),
            Metric.of(
                "memory",
                "AWS/ECS",
                "MemoryUtilization",
                "Maximum",
                "ClusterName",
                Parameters.CLUSTER.value(),
                "ServiceName",
                Parameters.SERVICE.value()),
            90)
        .when(3, 5);
  }
}
