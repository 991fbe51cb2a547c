package dev.sluice.deploy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnMapping;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.iam.CfnPolicy;
import software.amazon.awscdk.services.iam.CfnRole;
import software.amazon.awscdk.services.kinesis.CfnStream;
import software.amazon.awscdk.services.kinesisfirehose.CfnDeliveryStream;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.logs.CfnLogStream;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.sqs.CfnQueue;

/** Firehose with the transform, from the stream or by direct puts, into the bucket. */
final class DeliveryStream {
  private static final String HANDLER =
      "dev.sluice.firehose.FirehoseTransformHandler::handleRequest";
  private static final String PARTITIONS = "Partitions";

  /** How late a line may be in S3, its buffer and the transform's apart. */
  private static final int DELIVERY_SECONDS = 300;

  /** Firehose waits five minutes for a function. */
  private static final int LONGEST_TIMEOUT = 300;

  private final SluiceStack stack;
  private final CfnParameter timeout;
  private final CfnCondition on;
  private final CfnCondition fromStream;
  private final CfnCondition direct;
  private final CfnCondition partitioned;
  private final CfnCondition all;
  private final CfnCondition deadLetters;
  private final CfnParameter reingest;
  private final CfnParameter rejects;
  private final CfnParameter partitioning;
  private final CfnParameter logRetentionDays;

  DeliveryStream(
      SluiceStack stack,
      FunctionParameters parameters,
      CfnStream stream,
      CfnBucket output,
      EnricherParameters enricher) {
    this.stack = stack;
    logRetentionDays = parameters.logRetentionDays;
    CfnParameter source =
        Parameter.text(stack, "Firehose", "Reads the stream, takes direct puts, or is not there.")
            .oneOf("stream", "direct-put", "off")
            .defaultsTo("stream")
            .create();
    timeout =
        Parameter.number(stack, "Timeout", "Seconds that an invocation may take.")
            .between(20, LONGEST_TIMEOUT)
            .defaultsTo(60)
            .create();
    rejects =
        Parameter.text(stack, "Rejects", "What becomes of rejected lines in the transform.")
            .oneOf("fail", "document", "dead-letter")
            .defaultsTo("fail")
            .create();
    reingest =
        Parameter.text(stack, "Reingest", "Which records without room are sent back.")
            .oneOf("off", "direct-put", "all")
            .defaultsTo("off")
            .create();
    partitioning =
        Parameter.text(stack, "Partitioning", "Dynamic partitioning by keys of the lines.")
            .oneOf("none", "date", "date-hour", "country-date", "status-date")
            .defaultsTo("none")
            .create();
    on = stack.condition("HasFirehose", Fn.conditionNot(SluiceStack.is(source, "off")));
    fromStream = stack.condition("FirehoseReadsStream", SluiceStack.is(source, "stream"));
    direct = stack.condition("FirehoseByDirectPut", SluiceStack.is(source, "direct-put"));
    partitioned =
        stack.condition("Partitioned", Fn.conditionNot(SluiceStack.is(partitioning, "none")));
    all =
        stack.condition(
            "ReingestsIntoStream", Fn.conditionAnd(fromStream, SluiceStack.is(reingest, "all")));
    deadLetters =
        stack.condition(
            "RejectsToQueue", Fn.conditionAnd(on, SluiceStack.is(rejects, "dead-letter")));
    rules(source);
    partitions();

    JavaFunction transform = transform(parameters, enricher, stream);
    CfnDeliveryStream delivery = delivery(stream, output, transform);
    CfnPolicy itself =
        CfnPolicy.Builder.create(stack, "ReingestPolicy")
            .policyName("reingest")
            .roles(List.of(transform.role().getRef()))
            .policyDocument(
                Statement.document(
                    List.of(
                        Statement.allow("SendBack", "firehose:PutRecordBatch")
                            .on(delivery.getAttrArn()))))
            .build();
    itself.getCfnOptions().setCondition(direct);
    stack.output("TransformFunctionName", transform.name(), on);
    stack.output("DeliveryStreamName", delivery.getRef(), on);
  }

  private void rules(CfnParameter source) {
    stack.rule(
        "ReingestAllNeedsTheStream",
        SluiceStack.is(reingest, "all"),
        SluiceStack.is(source, "stream"),
        "Reingest=all sends records back into the stream, so Firehose has to be stream");
    stack.rule(
        "ReingestDirectPutNeedsDirectPut",
        SluiceStack.is(reingest, "direct-put"),
        SluiceStack.is(source, "direct-put"),
        "Reingest=direct-put is refused by a delivery stream that reads a stream, so Firehose has to"
            + " be direct-put");
  }

  /** Keys and prefix of each choice; they have to name the same. */
  private void partitions() {
    var choices = new LinkedHashMap<String, Map<String, Object>>();
    choices.put("none", choice("", "firehose/dt=!{timestamp:yyyy-MM-dd}/hr=!{timestamp:HH}/"));
    choices.put("date", choice("date", "firehose/" + key("date")));
    choices.put("date-hour", choice("date,hour", "firehose/" + key("date") + key("hour")));
    choices.put("country-date", choice("country,date", "firehose/" + key("country") + key("date")));
    choices.put(
        "status-date",
        choice("status_class,date", "firehose/" + key("status_class") + key("date")));
    CfnMapping.Builder.create(stack, PARTITIONS).mapping(choices).build();
  }

  private static String key(String name) {
    return name + "=!{partitionKeyFromLambda:" + name + "}/";
  }

  private static Map<String, Object> choice(String keys, String prefix) {
    var choice = new LinkedHashMap<String, Object>();
    choice.put("Keys", keys);
    choice.put("Prefix", prefix);
    return choice;
  }

  private String chosen(String what) {
    return Fn.findInMap(PARTITIONS, partitioning.getValueAsString(), what);
  }

  private JavaFunction transform(
      FunctionParameters parameters, EnricherParameters enricher, CfnStream stream) {
    CfnParameter tracing =
        Parameter.text(stack, "Tracing", "Spans to X-Ray; needs an ADOT layer in LayerArns.")
            .oneOf("off", "opentelemetry")
            .defaultsTo("off")
            .create();
    CfnCondition traced = stack.condition("Traced", SluiceStack.is(tracing, "opentelemetry"));
    stack.rule(
        "TracingNeedsItsLayer",
        SluiceStack.is(tracing, "opentelemetry"),
        SluiceStack.has(parameters.layerArns),
        "LayerArns has to hold the ADOT layer with Tracing=opentelemetry");
    CfnQueue queue = Queues.deadLetters(stack, "RejectedLines", deadLetters);
    stack.output("RejectedLinesQueue", queue.getAttrQueueName(), deadLetters);
    return new JavaFunction(
        stack,
        parameters,
        new JavaFunction.Plan("Transform", HANDLER, "Enriches what Firehose delivers.")
            .within(timeout.getValueAsNumber())
            .onlyIf(on)
            .tracedIf(traced)
            .setAll(enricher.settings())
            .may(enricher.statements())
            .set("REJECTS", rejects.getValueAsString())
            .set(
                "DEAD_LETTER_QUEUE_URL",
                Fn.conditionIf(deadLetters.getLogicalId(), queue.getRef(), Aws.NO_VALUE))
            .set("REINGEST", reingest.getValueAsString())
            .set("PARTITION_KEYS", chosen("Keys"))
            .may(
                Statement.allow("SendBackIntoStream", "kinesis:PutRecords")
                    .on(stream.getAttrArn())
                    .onlyIf(all.getLogicalId()),
                Queues.sending("SendRejectedLines", queue).onlyIf(deadLetters.getLogicalId())));
  }

  private CfnDeliveryStream delivery(CfnStream stream, CfnBucket output, JavaFunction transform) {
    CfnLogGroup logs =
        CfnLogGroup.Builder.create(stack, "DeliveryLog")
            .retentionInDays(logRetentionDays.getValueAsNumber())
            .build();
    CfnLogStream errors =
        CfnLogStream.Builder.create(stack, "DeliveryLogStream")
            .logGroupName(logs.getRef())
            .logStreamName("errors")
            .build();
    CfnRole role =
        stack.role(
            "DeliveryRole", "firehose.amazonaws.com", statements(stream, output, transform, logs));
    logs.getCfnOptions().setCondition(on);
    errors.getCfnOptions().setCondition(on);
    role.getCfnOptions().setCondition(on);
    CfnDeliveryStream delivery =
        CfnDeliveryStream.Builder.create(stack, "Delivery")
            .deliveryStreamType(
                Fn.conditionIf(fromStream.getLogicalId(), "KinesisStreamAsSource", "DirectPut")
                    .toString())
            .kinesisStreamSourceConfiguration(
                Fn.conditionIf(
                    fromStream.getLogicalId(),
                    pair("KinesisStreamARN", stream.getAttrArn(), "RoleARN", role.getAttrArn()),
                    Aws.NO_VALUE))
            .deliveryStreamEncryptionConfigurationInput(
                Fn.conditionIf(
                    direct.getLogicalId(), Map.of("KeyType", "AWS_OWNED_CMK"), Aws.NO_VALUE))
            .extendedS3DestinationConfiguration(
                CfnDeliveryStream.ExtendedS3DestinationConfigurationProperty.builder()
                    .bucketArn(output.getAttrArn())
                    .roleArn(role.getAttrArn())
                    .bufferingHints(
                        CfnDeliveryStream.BufferingHintsProperty.builder()
                            .intervalInSeconds(DELIVERY_SECONDS)
                            .sizeInMBs(64) // the least with dynamic partitioning
                            .build())
                    .compressionFormat("GZIP")
                    .prefix(chosen("Prefix"))
                    .errorOutputPrefix("firehose-errors/!{firehose:error-output-type}/")
                    .dynamicPartitioningConfiguration(
                        Fn.conditionIf(
                            partitioned.getLogicalId(), Map.of("Enabled", true), Aws.NO_VALUE))
                    .processingConfiguration(processing(transform))
                    .cloudWatchLoggingOptions(
                        CfnDeliveryStream.CloudWatchLoggingOptionsProperty.builder()
                            .enabled(true)
                            .logGroupName(logs.getRef())
                            .logStreamName(errors.getRef())
                            .build())
                    .build())
            .build();
    delivery.getCfnOptions().setCondition(on);
    return delivery;
  }

  private List<Statement> statements(
      CfnStream stream, CfnBucket output, JavaFunction transform, CfnLogGroup logs) {
    return List.of(
        StreamMappings.readingKinesis(stream.getAttrArn()).onlyIf(fromStream.getLogicalId()),
        Statement.allow("Transform", "lambda:InvokeFunction", "lambda:GetFunctionConfiguration")
            .on(transform.target()),
        Statement.allow(
                "SeeBucket",
                "s3:GetBucketLocation",
                "s3:ListBucket",
                "s3:ListBucketMultipartUploads")
            .on(output.getAttrArn()),
        Statement.allow("Deliver", "s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject")
            .on(
                SluiceStack.under(output, "/firehose/*"),
                SluiceStack.under(output, "/firehose-errors/*"))
            .because("Firehose names the objects that it writes."),
        Statement.allow("WriteLog", "logs:PutLogEvents").on(logs.getAttrArn()));
  }

  /** A buffer of 1 MB makes a response that is legal: docs/firehose.md. */
  private static CfnDeliveryStream.ProcessingConfigurationProperty processing(
      JavaFunction transform) {
    return CfnDeliveryStream.ProcessingConfigurationProperty.builder()
        .enabled(true)
        .processors(
            List.of(
                CfnDeliveryStream.ProcessorProperty.builder()
                    .type("Lambda")
                    .parameters(
                        List.of(
                            parameter("LambdaArn", transform.target()),
                            parameter("BufferSizeInMBs", "1"),
                            parameter("BufferIntervalInSeconds", "60"),
                            parameter("NumberOfRetries", "3")))
                    .build()))
        .build();
  }

  private static CfnDeliveryStream.ProcessorParameterProperty parameter(String name, String value) {
    return CfnDeliveryStream.ProcessorParameterProperty.builder()
        .parameterName(name)
        .parameterValue(value)
        .build();
  }

  private static Map<String, Object> pair(
      String first, Object firstValue, String second, Object secondValue) {
    var pair = new LinkedHashMap<String, Object>();
    pair.put(first, firstValue);
    pair.put(second, secondValue);
    return pair;
  }
}
