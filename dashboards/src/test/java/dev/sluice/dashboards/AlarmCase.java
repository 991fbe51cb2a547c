package dev.sluice.dashboards;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One alarm and the data that make it ring, written down beside the code that makes the template:
 * what is normal for its metrics, what is just not bad enough, and what is bad.
 *
 * @param alarm id of the resource
 * @param pages whether people are told by the page
 * @param metrics keys of the metrics that change
 * @param fair values at which it must stay quiet, one for each metric
 * @param bad values at which it must ring
 * @param minutes of bad data until it rings
 */
record AlarmCase(
    String alarm,
    boolean pages,
    List<String> metrics,
    List<Double> fair,
    List<Double> bad,
    int minutes) {
  private static final String CONSUMER = "Sluice/Consumer ";
  private static final int HOUR = 60;

  /** Functions: id, own namespace and dimension, whether it reads a stream. */
  private static final Map<String, Boolean> FUNCTIONS =
      Map.of(
          "Firehose", false,
          "FanOutAlerts", true,
          "FanOutEnrich", true,
          "FanOutMetrics", true,
          "Files", false,
          "Tweets", true,
          "Registrations", false,
          "Windows", true);

  private static AlarmCase of(
      String alarm, boolean pages, int minutes, String metric, double fair, double bad) {
    return new AlarmCase(alarm, pages, List.of(metric), List.of(fair), List.of(bad), minutes);
  }

  private static AlarmCase pair(
      String alarm, boolean pages, int minutes, String one, String other, double[] values) {
    return new AlarmCase(
        alarm,
        pages,
        List.of(one, other),
        List.of(values[0], values[1]),
        List.of(values[2], values[3]),
        minutes);
  }

  static List<AlarmCase> all() {
    var all = new ArrayList<AlarmCase>();
    stream(all);
    consumer(all);
    delivery(all);
    FUNCTIONS.forEach((id, readsStream) -> function(all, id, readsStream));
    queues(all);
    tables(all);
    others(all);
    return all;
  }

  private static void stream(List<AlarmCase> all) {
    String kinesis = "AWS/Kinesis %s StreamName=streamname";
    all.add(
        of(
            "StreamWritesThrottled",
            false,
            3,
            kinesis.formatted("WriteProvisionedThroughputExceeded"),
            0,
            1));
    all.add(
        of(
            "StreamReadsThrottled",
            false,
            3,
            kinesis.formatted("ReadProvisionedThroughputExceeded"),
            0,
            1));
  }

  private static void consumer(List<AlarmCase> all) {
    String lag = CONSUMER + "MillisBehindLatestMax.value";
    String age = CONSUMER + "OldestUncommittedAgeMillisMax.value";
    all.add(of("ConsumerLag", true, 3, lag, 60_000, 60_001));
    all.add(
        of(
            "ConsumerFanOutLag",
            true,
            3,
            "AWS/Kinesis SubscribeToShardEvent.MillisBehindLatest ConsumerName=consumerapplication"
                + " StreamName=streamname",
            60_000,
            60_001));
    all.add(of("ConsumerSilent", true, 5, CONSUMER + "BatchLatencyMillis.count", 1, 0));
    all.add(of("ConsumerCommitLate", true, 3, age, 300_000, 300_001));
    all.add(of("ConsumerShardAbandoned", true, 1, CONSUMER + "AllShardsAbandoned.count", 0, 1));
    all.add(
        pair(
            "ConsumerLinesRejected",
            false,
            10,
            CONSUMER + "AllRejectedLines.count",
            CONSUMER + "AllLines.count",
            new double[] {10, 1_000, 11, 1_000}));
    all.add(of("ConsumerKplRecords", false, 1, CONSUMER + "KplRecordsLeftOut.count", 0, 1));
    all.add(
        of("ConsumerGeoIpAge", false, HOUR, CONSUMER + "GeoIpDatabaseAgeDaysMax.value", 25, 25.1));
    all.add(
        of(
            "ConsumerMemory",
            false,
            3,
            "AWS/ECS MemoryUtilization ClusterName=consumercluster ServiceName=consumerservice",
            90,
            90.1));
  }

  private static void delivery(List<AlarmCase> all) {
    String firehose = "AWS/Firehose %s DeliveryStreamName=deliverystream";
    all.add(
        of(
            "DeliveryFreshness",
            true,
            10,
            firehose.formatted("DeliveryToS3.DataFreshness"),
            900,
            901));
    all.add(
        of("DeliverySuccess", true, 10, firehose.formatted("DeliveryToS3.Success"), 0.99, 0.98));
    all.add(
        of(
            "DeliveryTransformSuccess",
            true,
            10,
            firehose.formatted("ExecuteProcessing.Success"),
            0.99,
            0.98));
    all.add(of("DeliveryThrottled", false, 5, firehose.formatted("ThrottledRecords"), 0, 1));
    all.add(
        of(
            "DeliveryLag",
            true,
            10,
            firehose.formatted("KinesisMillisBehindLatest"),
            60_000,
            60_001));
    all.add(of("DeliveryPartitions", false, 5, firehose.formatted("PartitionCountExceeded"), 0, 1));
  }

  private static void function(List<AlarmCase> all, String id, boolean readsStream) {
    String lambda = "AWS/Lambda %s FunctionName=" + lower(id + "Function");
    String own = own(id);
    all.add(
        pair(
            id + "ErrorRate",
            true,
            3,
            lambda.formatted("Errors"),
            lambda.formatted("Invocations"),
            new double[] {1, 100, 2, 100}));
    // The Firehose function counts failed records among those processed, the others do not.
    double processed = id.equals("Firehose") ? 1_000 : 990;
    all.add(
        pair(
            id + "RecordFailures",
            true,
            3,
            own.formatted("records_failed"),
            own.formatted("records_processed"),
            new double[] {10, processed, 11, processed}));
    all.add(of(id + "TimeLeft", false, 10, lambda.formatted("Duration"), 45_000, 45_001));
    all.add(of(id + "Throttles", false, 1, lambda.formatted("Throttles"), 0, 1));
    if (readsStream) {
      all.add(of(id + "IteratorAge", true, 3, lambda.formatted("IteratorAge"), 60_000, 60_001));
    }
    if (List.of("FanOutAlerts", "FanOutEnrich", "FanOutMetrics", "Files").contains(id)) {
      all.add(
          pair(
              id + "LinesRejected",
              false,
              10,
              own.formatted("lines_rejected"),
              own.formatted(id.equals("Files") ? "lines" : "lines_in"),
              new double[] {10, 1_000, 11, 1_000}));
    }
    if (id.startsWith("F")) {
      all.add(of(id + "GeoIpAge", false, HOUR, own.formatted("geoip_database_age_days"), 25, 26));
    }
  }

  /** Its own metrics, with a place for the name. */
  static String own(String id) {
    return id.equals("Firehose")
        ? "Sluice/Firehose %s delivery_stream=deliverystream"
        : "Sluice %s function=" + lower(id + "Function");
  }

  private static String lower(String text) {
    return text.toLowerCase(java.util.Locale.ROOT);
  }

  private static void queues(List<AlarmCase> all) {
    for (String queue :
        List.of(
            "FirehoseDeadLetterQueue",
            "ConsumerDeadLetterQueue",
            "FanOutFailureQueue",
            "FilesErrorQueue",
            "TweetsFailureQueue",
            "TweetsDeadLetterQueue",
            "RegistrationsDeadLetterQueue",
            "WindowsFailureQueue")) {
      all.add(
          of(
              queue + "NotEmpty",
              false,
              1,
              "AWS/SQS ApproximateNumberOfMessagesVisible QueueName=" + lower(queue),
              0,
              1));
    }
    for (String queue : List.of("FilesQueue", "RegistrationsQueue")) {
      all.add(
          of(
              queue + "Age",
              true,
              3,
              "AWS/SQS ApproximateAgeOfOldestMessage QueueName=" + lower(queue),
              600,
              601));
    }
  }

  private static void tables(List<AlarmCase> all) {
    Map.of(
            "Leases", "ConsumerApplication",
            "AlertState", "AlertStateTable",
            "Files", "FilesTable",
            "FileClaims", "FileIdempotencyTable",
            "Tweets", "TweetsTable",
            "Customers", "CustomersTable",
            "Windows", "WindowsTable")
        .forEach(
            (id, parameter) ->
                all.add(
                    of(
                        id + "TableThrottled",
                        false,
                        3,
                        "AWS/DynamoDB WriteThrottleEvents TableName=" + lower(parameter),
                        0,
                        1)));
  }

  private static void others(List<AlarmCase> all) {
    String rds = "AWS/RDS %s DBInstanceIdentifier=registrationsdatabase";
    double twoGib = 2_147_483_648.0;
    all.add(
        of(
            "RegistrationsDatabaseStorage",
            false,
            15,
            rds.formatted("FreeStorageSpace"),
            twoGib,
            twoGib - 1));
    all.add(of("RegistrationsDatabaseCpu", false, 15, rds.formatted("CPUUtilization"), 90, 90.1));
    all.add(
        of(
            "WebUnhealthy",
            true,
            3,
            "AWS/ApplicationELB UnHealthyHostCount LoadBalancer=app/web/0123456789abcdef"
                + " TargetGroup=targetgroup/web/0123456789abcdef",
            0,
            1));
  }

  @Override
  public String toString() {
    return alarm;
  }
}
