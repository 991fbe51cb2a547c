package dev.sluice.dashboards.alarms;

import dev.sluice.dashboards.monitoring.MonitoredFunction;
import dev.sluice.dashboards.monitoring.MonitoredQueue;
import dev.sluice.dashboards.monitoring.MonitoredTable;
import dev.sluice.dashboards.monitoring.Parameters;
import java.util.ArrayList;
import java.util.List;

/** Every alarm of the template but the composite one. */
public final class Alarms {
  /** Days after which a GeoIP database is told to be old. */
  static final int GEOIP_DAYS = 25;

  static final int HOUR = 3_600;

  /** The one that keeps pages quiet. */
  public static final String DEPLOYING = "DeployInProgress";

  private static final int OLDEST_MESSAGE_SECONDS = 600;
  private static final double TWO_GIB = 2.0 * 1_024 * 1_024 * 1_024;

  private Alarms() {}

  /** In the order of docs/operate.md. */
  public static List<AlarmRule> all() {
    var all = new ArrayList<AlarmRule>(ConsumerAlarms.all());
    all.addAll(DeliveryAlarms.all());
    for (MonitoredFunction function : MonitoredFunction.values()) {
      all.addAll(FunctionAlarms.of(function));
    }
    for (MonitoredQueue queue : MonitoredQueue.values()) {
      all.add(queue(queue));
    }
    for (MonitoredTable table : MonitoredTable.values()) {
      all.add(table(table));
    }
    all.add(databaseStorage());
    all.add(databaseCpu());
    all.add(web());
    all.add(deploying());
    return all;
  }

  private static AlarmRule queue(MonitoredQueue queue) {
    String name =
        queue.waitsForPerson()
            ? "ApproximateNumberOfMessagesVisible"
            : "ApproximateAgeOfOldestMessage";
    Metric metric =
        Metric.of("value", "AWS/SQS", name, "Maximum", "QueueName", queue.parameter().value());
    if (queue.waitsForPerson()) {
      return AlarmRule.above(
          queue.parameter().id() + "NotEmpty",
          AlarmGuide.DEAD_LETTERS,
          "queue with the " + queue.words(),
          queue.parameter().given(),
          metric,
          0);
    }
    return AlarmRule.above(
            queue.parameter().id() + "Age",
            AlarmGuide.QUEUE_AGE,
            "queue with the " + queue.words(),
            queue.parameter().given(),
            metric,
            OLDEST_MESSAGE_SECONDS)
        .when(3, 5);
  }

  /**
   * Alarms on a metric of AWS/DynamoDB ignore missing data whatever they are told, and would ring
   * for ever after one throttle; FILL gives them data (AWS, PutMetricAlarm, TreatMissingData).
   */
  private static AlarmRule table(MonitoredTable table) {
    String name = table.parameter().value();
    return AlarmRule.above(
            table.id() + "TableThrottled",
            AlarmGuide.TABLE_THROTTLED,
            "table with the " + table.words(),
            table.parameter().given(),
            "FILL(reads, 0) + FILL(writes, 0)",
            0,
            Metric.of("reads", "AWS/DynamoDB", "ReadThrottleEvents", "Sum", "TableName", name),
            Metric.of("writes", "AWS/DynamoDB", "WriteThrottleEvents", "Sum", "TableName", name))
        .when(3, 5);
  }

  private static AlarmRule databaseStorage() {
    return AlarmRule.above(
            "RegistrationsDatabaseStorage",
            AlarmGuide.DATABASE_STORAGE,
            "database with the customers",
            Parameters.DATABASE.given(),
            database("FreeStorageSpace", "Minimum"),
            TWO_GIB)
        .below()
        .every(300)
        .when(3, 3);
  }

  private static AlarmRule databaseCpu() {
    return AlarmRule.above(
            "RegistrationsDatabaseCpu",
            AlarmGuide.DATABASE_CPU,
            "database with the customers",
            Parameters.DATABASE.given(),
            database("CPUUtilization", "Average"),
            90)
        .every(300)
        .when(3, 3);
  }

  private static Metric database(String name, String statistic) {
    return Metric.of(
        "value", "AWS/RDS", name, statistic, "DBInstanceIdentifier", Parameters.DATABASE.value());
  }

  private static AlarmRule web() {
    return AlarmRule.above(
            "WebUnhealthy",
            AlarmGuide.WEB_UNHEALTHY,
            "web application",
            Parameters.WEB_TARGETS.given(),
            Metric.of(
                "unhealthy",
                "AWS/ApplicationELB",
                "UnHealthyHostCount",
                "Maximum",
                "LoadBalancer",
                Parameters.WEB_BALANCER.value(),
                "TargetGroup",
                Parameters.WEB_TARGETS.value()),
            0)
        .when(3, 3);
  }

  /** One data point holds for ten minutes, so nobody can forget to end it. */
  private static AlarmRule deploying() {
    return AlarmRule.above(
            DEPLOYING,
            AlarmGuide.DEPLOYING,
            "deployment",
            "",
            Metric.of(
                "deploying",
                "Sluice/Deployment",
                "DeployInProgress",
                "Maximum",
                "Deployment",
                Parameters.DEPLOYMENT.value()),
            0)
        .when(1, 10)
        .always();
  }
}
