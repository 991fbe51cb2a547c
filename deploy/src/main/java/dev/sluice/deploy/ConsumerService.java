package dev.sluice.deploy;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalableTarget;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ecs.CfnCluster;
import software.amazon.awscdk.services.ecs.CfnService;
import software.amazon.awscdk.services.ecs.CfnTaskDefinition;
import software.amazon.awscdk.services.kinesis.CfnStream;
import software.amazon.awscdk.services.kinesis.CfnStreamConsumer;
import software.amazon.awscdk.services.s3.CfnBucket;

/**
 * The consumer on Fargate. Its lease table and its fan-out registration belong to the stack and
 * bear the application's name, under which KCL looks for both before it would make them: so the
 * consumer needs no permission to make or to remove either, and both go when the stack goes.
 */
final class ConsumerService {
  private static final String PREFIX = "enriched";
  private static final String LAG = "MillisBehindLatestMax.value";
  private static final int MILLIS = 1_000;

  private final SluiceStack stack;
  private final Container container;
  private final CfnParameter application;
  private final CfnParameter namespace;
  private final CfnCondition fanOut;
  private final CfnCondition polling;
  private CfnCluster cluster;
  private CfnService service;

  ConsumerService(
      SluiceStack stack,
      CfnStream stream,
      CfnBucket output,
      EnricherParameters enricher,
      CfnParameter logRetentionDays) {
    this.stack = stack;
    container = new Container(stack, "Consumer", logRetentionDays);
    application =
        Parameter.text(
                stack, "ApplicationName", "Names lease table, fan-out registration and output.")
            .matching("[A-Za-z0-9_.-]{3,128}", "3 to 128 letters, digits, _, . and -")
            .defaultsTo("sluice-enrich")
            .create();
    CfnParameter delivery =
        Parameter.text(stack, "RecordDelivery", "Enhanced fan-out, or shared GetRecords.")
            .oneOf("fan-out", "polling")
            .defaultsTo("fan-out")
            .create();
    namespace =
        Parameter.text(stack, "ConsumerMetricsNamespace", "Of its metrics in CloudWatch.")
            .matching("[A-Za-z0-9._/#:-]{1,255}", "up to 255 letters, digits and . _ / # : -")
            .defaultsTo("Sluice/Consumer")
            .create();
    fanOut =
        stack.condition(
            "ConsumerByFanOut",
            Fn.conditionAnd(container.runs(), SluiceStack.is(delivery, "fan-out")));
    polling =
        stack.condition(
            "ConsumerByPolling",
            Fn.conditionAnd(container.runs(), SluiceStack.is(delivery, "polling")));

    CfnTable leases =
        container.conditional(
            Tables.table(stack, "LeaseTable")
                .named(application.getValueAsString())
                .hash("leaseKey", "S")
                .create());
    CfnStreamConsumer registration =
        CfnStreamConsumer.Builder.create(stack, "ConsumerRegistration")
            .consumerName(application.getValueAsString())
            .streamArn(stream.getAttrArn())
            .build();
    registration.getCfnOptions().setCondition(fanOut);
    settings(stream, output, delivery);
    enricher.giveTo(container);
    permissions(stream, output, leases);
    run(leases, registration);
    stack.output("LeaseTableName", leases.getRef(), container.runs());
    stack.output("ClusterName", cluster.getRef(), container.runs());
    stack.output("ConsumerLogGroup", container.logGroup(), container.runs());
    stack.output("ServiceName", service.getAttrName(), container.runs());
  }

  private void settings(CfnStream stream, CfnBucket output, CfnParameter delivery) {
    CfnParameter position =
        Parameter.text(stack, "InitialPosition", "Where a stream is begun.")
            .oneOf("trim-horizon", "latest")
            .defaultsTo("trim-horizon")
            .create();
    CfnParameter age =
        Parameter.text(stack, "MaxTileAge", "How late a line may be in S3.")
            .matching("[0-9]+(ms|s|m)", "a duration such as 60s or 5m")
            .defaultsTo("60s")
            .create();
    container
        .set("STREAM_NAME", stream.getRef())
        .set("APPLICATION_NAME", application.getValueAsString())
        .set("OUTPUT_BUCKET", output.getRef())
        .set("OUTPUT_PREFIX", PREFIX)
        .set("RECORD_DELIVERY", delivery.getValueAsString())
        .set("INITIAL_POSITION", position.getValueAsString())
        .set("MAX_TILE_AGE", age.getValueAsString())
        .set("HTTP_HOST", "0.0.0.0")
        .set("HTTP_PORT", "8080")
        .set("SHUTDOWN_GRACE", "15s")
        .set("CLOUDWATCH_METRICS", "true")
        .set("CLOUDWATCH_METRICS_NAMESPACE", namespace.getValueAsString());
  }

  private void permissions(CfnStream stream, CfnBucket output, CfnTable leases) {
    container.may(
        Statement.allow("SeeStream", "kinesis:DescribeStreamSummary", "kinesis:ListShards")
            .on(stream.getAttrArn()),
        Statement.allow(
                "ReadByFanOut", "kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard")
            .on(stream.getAttrArn(), SluiceStack.under(stream, "/consumer/${ApplicationName}:*"))
            .onlyIf(fanOut.getLogicalId())
            .because("The ARN ends with the time of the registration."),
        Statement.allow("ReadByPolling", "kinesis:GetShardIterator", "kinesis:GetRecords")
            .on(stream.getAttrArn())
            .onlyIf(polling.getLogicalId()),
        Statement.allow(
                "KeepLeases",
                "dynamodb:DescribeTable",
                "dynamodb:Scan",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:UpdateItem",
                "dynamodb:DeleteItem")
            .on(leases.getAttrArn()),
        Statement.allow("FindTiles", "s3:ListBucket").on(output.getAttrArn()),
        Statement.allow("WriteTiles", "s3:PutObject", "s3:GetObject", "s3:DeleteObject")
            .on(
                SluiceStack.under(output, "/" + PREFIX + "/${ApplicationName}/*"),
                SluiceStack.under(output, "/_sluice/${ApplicationName}/*"))
            .because("Tiles are named by the positions that they continue from."),
        Statement.allow("SendMetrics", "cloudwatch:PutMetricData")
            .on("*")
            .where(
                Map.of(
                    "StringEquals", Map.of("cloudwatch:namespace", namespace.getValueAsString())))
            .because("The action knows no resources; the condition bounds the namespace."));
  }

  private void run(CfnTable leases, CfnStreamConsumer registration) {
    Network network = new Network(stack, container, "Consumer");
    CfnSecurityGroup group = network.group("Out by TLS alone, nothing in.", List.of());
    CfnParameter least =
        Parameter.number(stack, "ConsumerMinTasks", "Two survive a machine.")
            .between(1, 500)
            .defaultsTo(2)
            .create();
    CfnParameter most =
        Parameter.number(stack, "ConsumerMaxTasks", "More than shards stand by.")
            .between(1, 500)
            .defaultsTo(4)
            .create();
    CfnTaskDefinition task = container.task("dev.sluice.consumer.HealthProbe", 120);
    cluster = container.conditional(CfnCluster.Builder.create(stack, "Cluster").build());
    service =
        container.conditional(
            CfnService.Builder.create(stack, "Service")
                .cluster(cluster.getRef())
                .taskDefinition(task.getRef())
                .launchType("FARGATE")
                .deploymentConfiguration(network.deployment())
                .networkConfiguration(network.of(group))
                .tags(
                    List.of(
                        // Also makes the service wait for the registration, where there is one.
                        CfnTag.builder()
                            .key("sluice:reads-by")
                            .value(
                                Fn.conditionIf(
                                        fanOut.getLogicalId(), registration.getRef(), "polling")
                                    .toString())
                            .build()))
                .build());
    service.addResourceDependency(leases);
    scale(least, most);
  }

  private void scale(CfnParameter least, CfnParameter most) {
    CfnScalableTarget target =
        container.conditional(
            CfnScalableTarget.Builder.create(stack, "Scaling")
                .serviceNamespace("ecs")
                .scalableDimension("ecs:service:DesiredCount")
                .resourceId(Fn.sub("service/${Cluster}/${Service.Name}"))
                .minCapacity(least.getValueAsNumber())
                .maxCapacity(most.getValueAsNumber())
                .build());
    CfnScalingPolicy more =
        policy("MoreTasks", target, 300, step(0, 540 * MILLIS, 1), step(540 * MILLIS, null, 2));
    CfnScalingPolicy fewer = policy("FewerTasks", target, 600, step(null, 0, -1));
    container.conditional(
        lag("LagGrows", "A minute behind: another task.")
            .comparisonOperator("GreaterThanOrEqualToThreshold")
            .threshold(60 * MILLIS)
            .evaluationPeriods(3)
            .alarmActions(List.of(more.getRef()))
            .build());
    container.conditional(
        lag("LagGone", "Not behind for a quarter of an hour: one task less.")
            .comparisonOperator("LessThanOrEqualToThreshold")
            .threshold(5 * MILLIS)
            .evaluationPeriods(15)
            .alarmActions(List.of(fewer.getRef()))
            .build());
  }

  /** Silence scales nothing: what is wrong then is no lack of tasks. */
  private CfnAlarm.Builder lag(String id, String description) {
    return CfnAlarm.Builder.create(stack, id)
        .alarmDescription(description)
        .namespace(namespace.getValueAsString())
        .metricName(LAG)
        .statistic("Maximum")
        .period(60)
        .treatMissingData("missing");
  }

  private CfnScalingPolicy policy(
      String id,
      CfnScalableTarget target,
      int cooldownSeconds,
      CfnScalingPolicy.StepAdjustmentProperty... steps) {
    return container.conditional(
        CfnScalingPolicy.Builder.create(stack, id)
            .policyName(id)
            .policyType("StepScaling")
            .scalingTargetId(target.getRef())
            .stepScalingPolicyConfiguration(
                CfnScalingPolicy.StepScalingPolicyConfigurationProperty.builder()
                    .adjustmentType("ChangeInCapacity")
                    .cooldown(cooldownSeconds)
                    .metricAggregationType("Maximum")
                    .stepAdjustments(List.of(steps))
                    .build())
            .build());
  }

  /** Bounds are milliseconds from the alarm's threshold. */
  private static CfnScalingPolicy.StepAdjustmentProperty step(Integer from, Integer to, int tasks) {
    return CfnScalingPolicy.StepAdjustmentProperty.builder()
        .metricIntervalLowerBound(from)
        .metricIntervalUpperBound(to)
        .scalingAdjustment(tasks)
        .build();
  }
}
