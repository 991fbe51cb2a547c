package dev.sluice.dashboards.widgets;

import dev.sluice.dashboards.monitoring.Parameters;
import java.util.List;
import java.util.Map;

/** The rows of Firehose. */
final class DeliveryRows {
  private static final String STREAM = Parameters.DELIVERY_STREAM.value();
  private static final String GIVEN = Parameters.DELIVERY_STREAM.given();
  private static final Map<String, Object> LONGEST_BUFFER = Map.of("15 minutes", 900);
  private static final int THIRD = 8;
  private static final int HEIGHT = 6;

  private DeliveryRows() {}

  static List<Row> all() {
    return List.of(Row.heading(GIVEN, "Firehose " + STREAM), way(), limits());
  }

  private static Line line(String label, String name, String statistic) {
    return Line.of(label, "AWS/Firehose", name, statistic, "DeliveryStreamName", STREAM);
  }

  private static Row way() {
    return Row.when(
        GIVEN,
        Widget.graph(
            THIRD,
            HEIGHT,
            "Records",
            line("in", "IncomingRecords", "Sum"),
            line("from the stream", "DataReadFromKinesisStream.Records", "Sum"),
            line("transformed", "SucceedProcessing.Records", "Sum"),
            line("into S3", "DeliveryToS3.Records", "Sum")),
        Widget.graph(
            THIRD,
            HEIGHT,
            "Age of the oldest record, seconds",
            LONGEST_BUFFER,
            List.of(line("oldest record", "DeliveryToS3.DataFreshness", "Maximum"))),
        Widget.graph(
            THIRD,
            HEIGHT,
            "Share of calls that succeed",
            line("transformation", "ExecuteProcessing.Success", "Average"),
            line("put into S3", "DeliveryToS3.Success", "Average"),
            line("backup", "BackupToS3.Success", "Average")));
  }

  private static Row limits() {
    return Row.when(
        GIVEN,
        Widget.graph(
            THIRD,
            HEIGHT,
            "Throttled, partitions",
            line("throttled", "ThrottledRecords", "Sum"),
            line("partitions", "PartitionCount", "Maximum").right(),
            line("too many", "PartitionCountExceeded", "Maximum").right()),
        Widget.graph(
            THIRD,
            HEIGHT,
            "Behind the Kinesis stream, milliseconds",
            Map.of("1 minute", 60_000),
            List.of(line("behind", "KinesisMillisBehindLatest", "Maximum"))),
        Widget.graph(
            THIRD,
            HEIGHT,
            "Transformation, milliseconds",
            line("longest", "ExecuteProcessing.Duration", "Maximum"),
            line("mean", "ExecuteProcessing.Duration", "Average")));
  }
}
