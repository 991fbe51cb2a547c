package dev.sluice.dashboards.monitoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All parameters of the monitoring template, in the order in which a person fills them in. */
public final class Parameters {
  private static final String NAME = "[a-zA-Z0-9_.-]{1,128}";
  private static final String NAMESPACE = "[a-zA-Z0-9_./#:-]{1,200}";
  private static final String NAMESPACE_WORDS = "1 to 200 letters, digits, _ . / # : or -";
  private static final String QUEUE = "[a-zA-Z0-9_-]{1,80}([.]fifo)?";

  public static final Parameter EMAIL =
      Parameter.required(
          "NotificationEmail",
          "[^@\\s\"\\\\]+@[^@\\s\"\\\\]+[.][^@\\s\"\\\\]+",
          "Who is told: the pages, and every alarm that does not page.",
          "an e-mail address");

  public static final Parameter TOPIC_KEY =
      Parameter.optional(
          "TopicKeyArn",
          "arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+",
          "Key of KMS that encrypts both topics; its policy must let cloudwatch.amazonaws.com use"
              + " kms:Decrypt and kms:GenerateDataKey.",
          "the ARN of a key of KMS");

  public static final Parameter DEPLOYMENT =
      Parameter.text(
          "DeploymentName",
          "sluice",
          "[a-zA-Z0-9_-]{1,128}",
          "Dimension Deployment of the metric DeployInProgress, by which a deployment keeps pages"
              + " quiet.",
          "1 to 128 letters, digits, _ or -");

  public static final Parameter STREAM =
      Parameter.optional(
          "StreamName", NAME, "Kinesis stream with the log lines.", "the name of a Kinesis stream");

  public static final Parameter RETENTION =
      Parameter.number("StreamRetentionHours", 24, 24, 8760, "Retention of that stream, in hours.");

  public static final Parameter CONSUMER =
      Parameter.optional(
          "ConsumerApplication",
          NAME,
          "APPLICATION_NAME of the consumer, which has CLOUDWATCH_METRICS=true.",
          "the name of a KCL application");

  public static final Parameter CONSUMER_NAMESPACE =
      Parameter.text(
          "ConsumerNamespace",
          "Sluice/Consumer",
          NAMESPACE,
          "CLOUDWATCH_METRICS_NAMESPACE of the consumer; each application needs one of its own.",
          NAMESPACE_WORDS);

  public static final Parameter KCL_METRICS =
      Parameter.flag("KclMetrics", "Whether the consumer has KCL_METRICS on: adds KCL's row.");

  public static final Parameter CLUSTER =
      Parameter.optional(
          "ConsumerCluster",
          "[a-zA-Z0-9_-]{1,255}",
          "ECS cluster of the consumer.",
          "the name of an ECS cluster");

  public static final Parameter SERVICE =
      Parameter.optional(
          "ConsumerService",
          "[a-zA-Z0-9_-]{1,255}",
          "ECS service of the consumer.",
          "the name of an ECS service");

  public static final Parameter CONSUMER_LOGS =
      Parameter.optional(
          "ConsumerLogGroup",
          "[a-zA-Z0-9_./#-]{1,512}",
          "Log group of the consumer.",
          "the name of a log group");

  public static final Parameter DELIVERY_STREAM =
      Parameter.optional(
          "DeliveryStream",
          "[a-zA-Z0-9_.-]{1,64}",
          "Firehose stream.",
          "the name of a Firehose stream");

  public static final Parameter FIREHOSE_NAMESPACE =
      Parameter.text(
          "FirehoseNamespace",
          "Sluice/Firehose",
          NAMESPACE,
          "METRICS_NAMESPACE of the Firehose function.",
          NAMESPACE_WORDS);

  public static final Parameter FUNCTION_NAMESPACE =
      Parameter.text(
          "FunctionNamespace",
          "Sluice",
          NAMESPACE,
          "METRICS_NAMESPACE of the other functions.",
          NAMESPACE_WORDS);

  public static final Parameter BUFFER =
      Parameter.number(
          "TimeoutBufferSeconds",
          15,
          0,
          300,
          "How far below its time-out a function's p99 has to stay, in seconds; more than TIME_RESERVE"
              + " (10 s), with which functions begin nothing more.");

  public static final Parameter TWEETS_RETENTION =
      Parameter.number(
          "TweetsRetentionHours", 24, 24, 8760, "Retention of the stream of tweets, in hours.");

  public static final Parameter DATABASE =
      Parameter.optional(
          "RegistrationsDatabase",
          "[a-zA-Z][a-zA-Z0-9-]{0,62}",
          "Instance of RDS with the customers.",
          "the identifier of an instance of RDS");

  public static final Parameter WEB_BALANCER =
      Parameter.optional(
          "WebLoadBalancer",
          "app/[a-zA-Z0-9-]{1,32}/[a-f0-9]{16}",
          "Load balancer of the web application, by the end of its ARN: app/name/id.",
          "app/name/id, the end of a load balancer's ARN");

  public static final Parameter WEB_TARGETS =
      Parameter.optional(
          "WebTargetGroup",
          "targetgroup/[a-zA-Z0-9-]{1,32}/[a-f0-9]{16}",
          "Its target group, by the end of its ARN: targetgroup/name/id.",
          "targetgroup/name/id, the end of a target group's ARN");

  private Parameters() {}

  /** Name of a function. */
  static Parameter function(MonitoredFunction function) {
    return Parameter.optional(
        function.id() + "Function",
        "[a-zA-Z0-9_-]{1,64}",
        "Name of the " + function.words() + ".",
        "the name of a Lambda function");
  }

  /** Time-out of a function. */
  static Parameter timeout(MonitoredFunction function) {
    return Parameter.number(
        function.id() + "Timeout",
        function.usualTimeout(),
        1,
        900,
        "Time-out of the " + function.words() + ", in seconds.");
  }

  static Parameter queue(String id, String what) {
    return Parameter.optional(id, QUEUE, what, "the name of an SQS queue");
  }

  static Parameter table(String id, String what) {
    return Parameter.optional(id, "[a-zA-Z0-9_.-]{3,255}", what, "the name of a DynamoDB table");
  }

  /** Every parameter, in the template's order. */
  public static List<Parameter> all() {
    var all =
        new ArrayList<>(
            List.of(
                EMAIL,
                TOPIC_KEY,
                DEPLOYMENT,
                STREAM,
                RETENTION,
                CONSUMER,
                CONSUMER_NAMESPACE,
                KCL_METRICS,
                CLUSTER,
                SERVICE,
                CONSUMER_LOGS,
                DELIVERY_STREAM,
                FIREHOSE_NAMESPACE,
                FUNCTION_NAMESPACE,
                BUFFER));
    for (MonitoredFunction function : MonitoredFunction.values()) {
      all.add(function.functionName());
      all.add(function.timeout());
    }
    all.addAll(List.of(TWEETS_RETENTION, DATABASE, WEB_BALANCER, WEB_TARGETS));
    Stream.concat(
            Arrays.stream(MonitoredQueue.values()).map(MonitoredQueue::parameter),
            Arrays.stream(MonitoredTable.values()).map(MonitoredTable::parameter))
        .filter(parameter -> !all.contains(parameter))
        .forEach(all::add);
    return all;
  }
}
