package dev.sluice.dashboards.alarms;

import dev.sluice.dashboards.monitoring.Parameters;
import java.util.List;

/** The alarms of Firehose itself. */
final class DeliveryAlarms {
  private static final String WORDS = "Firehose stream";
  private static final String GIVEN = Parameters.DELIVERY_STREAM.given();
  private static final int FIVE_MINUTES = 300;

  /** Longest interval of a buffer, in seconds (AWS, BufferingHints). */
  private static final double LONGEST_BUFFER = 900;

  private static final double ALL_BUT_ONE_PERCENT = 0.99;

  private DeliveryAlarms() {}

  static List<AlarmRule> all() {
    return List.of(
        above("Freshness", AlarmGuide.DELIVERY_LATE, "DeliveryToS3.DataFreshness", "Maximum")
            .when(2, 3)
            .missing(AlarmRule.IGNORE),
        success("DeliverySuccess", AlarmGuide.DELIVERY_FAILS, "DeliveryToS3.Success"),
        success("TransformSuccess", AlarmGuide.TRANSFORM_FAILS, "ExecuteProcessing.Success"),
        rule("Throttled", AlarmGuide.FIREHOSE_THROTTLED, "ThrottledRecords", "Sum", 0),
        rule("Lag", AlarmGuide.FIREHOSE_BEHIND, "KinesisMillisBehindLatest", "Maximum", 60_000)
            .when(2, 3),
        rule("Partitions", AlarmGuide.PARTITIONS, "PartitionCountExceeded", "Maximum", 0));
  }

  private static AlarmRule above(String id, AlarmGuide guide, String metric, String statistic) {
    return rule(id, guide, metric, statistic, LONGEST_BUFFER);
  }

  private static AlarmRule success(String id, AlarmGuide guide, String metric) {
    return rule(id, guide, metric, "Average", ALL_BUT_ONE_PERCENT).below().when(2, 3);
  }

  private static AlarmRule rule(
      String id, AlarmGuide guide, String metric, String statistic, double bound) {
    return AlarmRule.above(
            "Delivery" + id.replace("Delivery", ""),
            guide,
            WORDS,
            GIVEN,
            Metric.of(
                "value",
                "AWS/Firehose",
                metric,
                statistic,
                "DeliveryStreamName",
                Parameters.DELIVERY_STREAM.value()),
            bound)
        .every(FIVE_MINUTES);
  }
}
