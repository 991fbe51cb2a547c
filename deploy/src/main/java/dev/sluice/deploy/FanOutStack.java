package dev.sluice.deploy;

import java.util.Optional;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awscdk.services.kinesis.CfnStreamConsumer;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.sns.CfnTopic;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.constructs.Construct;

/** The consumer's modes as functions on one stream; each that is on knows nothing of the others. */
final class FanOutStack extends SluiceStack {
  static final String NAME = "sluice-fan-out";

  private static final String HANDLER = "dev.sluice.functions.fanout.FanOutHandler::handleRequest";

  private final FunctionParameters parameters;
  private final EnricherParameters enricher;
  private final StreamMappings mappings;
  private final CfnParameter stream;
  private final CfnParameter timeout;
  private final CfnParameter lateness;
  private final CfnCondition dedicated;
  private final CfnQueue givenUp;

  FanOutStack(Construct scope) {
    super(scope, NAME, "Sluice: enrichment, metrics and alerts as functions on one stream.");
    parameters = new FunctionParameters(this, "functions-fan-out.zip", 1024);
    stream =
        Parameter.text(this, "StreamArn", "Kinesis stream with log lines.")
            .matching("arn:[a-z0-9-]+:kinesis:[^\\s,]+:stream/[A-Za-z0-9_.-]+", "a stream's ARN")
            .create();
    CfnParameter delivery =
        Parameter.text(
                this, "Throughput", "shared with other readers, or dedicated (enhanced fan-out).")
            .oneOf("shared", "dedicated")
            .defaultsTo("shared")
            .create();
    timeout =
        Parameter.number(this, "Timeout", "Seconds that an invocation may take.")
            .between(20, 900)
            .defaultsTo(60)
            .create();
    lateness =
        Parameter.text(this, "EventLateness", "How far a line may be behind the newest.")
            .matching("[0-9]+(ms|s|m)", "a duration such as 30s or 1m")
            .defaultsTo("1m")
            .create();
    mappings = new StreamMappings(this, 1_000);
    enricher = new EnricherParameters(this);
    dedicated = condition("Dedicated", is(delivery, "dedicated"));
    givenUp = Queues.deadLetters(this, "GivenUp");
    enrich();
    metrics();
    alerts();
    output("GivenUpQueue", givenUp.getAttrQueueName());
  }

  private CfnCondition on(String mode, String defaultsTo) {
    CfnParameter parameter =
        Parameter.text(this, "With" + mode, "Whether the function of this mode is there.")
            .oneOf("on", "off")
            .defaultsTo(defaultsTo)
            .create();
    return condition(mode + "On", is(parameter, "on"));
  }

  private JavaFunction.Plan plan(String id, String mode, String description, CfnCondition on) {
    return new JavaFunction.Plan(id, HANDLER, description)
        .within(timeout.getValueAsNumber())
        .onlyIf(on)
        .set("MODE", mode)
        .set("EVENT_LATENESS", lateness.getValueAsString())
        .set("APPLICATION_NAME", Aws.STACK_NAME)
        .setAll(enricher.settings())
        .may(enricher.statements())
        .may(
            StreamMappings.readingKinesis(stream.getValueAsString()),
            Queues.sending("TellWhatWasGivenUp", givenUp));
  }

  private JavaFunction map(String id, CfnCondition on, JavaFunction.Plan plan) {
    CfnCondition registers = condition(id + "Registers", Fn.conditionAnd(on, dedicated));
    CfnStreamConsumer consumer =
        CfnStreamConsumer.Builder.create(this, id + "Registration")
            .consumerName(Fn.sub("${AWS::StackName}-" + plan.id()))
            .streamArn(stream.getValueAsString())
            .build();
    consumer.getCfnOptions().setCondition(registers);
    plan.may(
        Statement.allow("Subscribe", "kinesis:SubscribeToShard", "kinesis:DescribeStreamConsumer")
            .on(consumer.getRef())
            .onlyIf(registers.getLogicalId()));
    var function = new JavaFunction(this, parameters, plan);
    String source =
        Fn.conditionIf(registers.getLogicalId(), consumer.getRef(), stream.getValueAsString())
            .toString();
    mappings
        .builder(this, id + "Mapping", source, function.target(), givenUp)
        .build()
        .getCfnOptions()
        .setCondition(on);
    output(id + "FunctionName", function.name(), on);
    return function;
  }

  private void enrich() {
    CfnCondition on = on("Enrich", "on");
    CfnParameter second =
        Parameter.text(this, "SecondStreamName", "Stream that gets enriched lines too.")
            .matching("[A-Za-z0-9_.-]{0,128}", "the name of a stream of this region, or nothing")
            .defaultsTo("")
            .create();
    CfnCondition hasSecond = given("HasSecondStream", second);
    CfnBucket output = Buckets.onlyIf(this, "Output", on);
    map(
        "Enrich",
        on,
        plan("EnrichFunction", "enrich", "Writes enriched lines.", on)
            .set("OUTPUT_BUCKET", output.getRef())
            .set("OUTPUT_PREFIX", "enriched")
            .set("SINKS", Fn.conditionIf(hasSecond.getLogicalId(), "s3,kinesis", "s3"))
            .set("SINK_STREAM_NAME", second.getValueAsString())
            .may(
                Statement.allow("WriteLines", "s3:PutObject")
                    .on(SluiceStack.under(output, "/enriched/*"))
                    .because("Objects are named by the records that are in them."),
                Statement.allow("WriteSecondStream", "kinesis:PutRecords")
                    .on(
                        Fn.sub(
                            "arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/${SecondStreamName}"))
                    .onlyIf(hasSecond.getLogicalId())));
    output("OutputBucket", output.getRef(), on);
  }

  private void metrics() {
    CfnCondition on = on("Metrics", "on");
    CfnParameter top =
        Parameter.number(this, "MetricsTop", "Countries, pages and devices of a minute.")
            .between(1, 100)
            .defaultsTo(20)
            .create();
    map(
        "Metrics",
        on,
        plan("MetricsFunction", "metrics", "Counts lines by minute.", on)
            .set("METRICS_TOP", top.getValueAsString()));
  }

  private void alerts() {
    CfnCondition on = on("Alerts", "on");
    CfnParameter rules =
        Parameter.text(this, "AlertRules", "When to tell whom it concerns: docs/fan-out.md.")
            .lengthUpTo(1_000)
            .defaultsTo("errors measure=error-rate above=5% scope=stream window=1m min=50")
            .create();
    CfnTopic topic = Topics.of(this, "AlertTopic", "Sluice alerts", Optional.of(on));
    CfnTable state =
        Tables.table(this, "AlertState").hash("Shard", "S").expiringBy("ExpiresAt").create();
    state.getCfnOptions().setCondition(on);
    map(
        "Alerts",
        on,
        plan("AlertsFunction", "alerts", "Tells when a rule holds.", on)
            .set("ALERT_RULES", rules.getValueAsString())
            .set("ALERT_TOPIC_ARN", topic.getRef())
            .set("ALERT_STATE_TABLE", state.getRef())
            .may(
                Statement.allow("KeepState", "dynamodb:GetItem", "dynamodb:PutItem")
                    .on(state.getAttrArn()),
                Statement.allow("Tell", "sns:Publish").on(topic.getRef())));
    output("AlertTopicArn", topic.getRef(), on);
  }
}
