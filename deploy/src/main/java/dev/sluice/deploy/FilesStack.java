package dev.sluice.deploy;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.sns.CfnTopic;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.amazon.awscdk.services.sqs.CfnQueuePolicy;
import software.constructs.Construct;

/** Files: a bucket that tells a queue, the function behind it, tables, a topic, the pages. */
final class FilesStack extends SluiceStack {
  static final String NAME = "sluice-files";

  private static final String PREFIX = "files";

  private final FunctionParameters parameters;
  private final EnricherParameters enricher;
  private final CfnParameter uploadName;
  private final CfnParameter timeout;
  private final CfnParameter textToLog;
  private final CfnCondition traced;
  private final CfnQueue errors;
  private final CfnQueue events;
  private final CfnBucket uploads;
  private final CfnBucket output;
  private final CfnTable files;
  private final CfnTable claims;
  private final CfnTopic topic;

  FilesStack(Construct scope) {
    super(scope, NAME, "Sluice: files of a bucket are enriched and listed, with pages to upload.");
    Sizes.timeouts(this);
    parameters = new FunctionParameters(this, "functions-files.zip", 1024);
    uploadName =
        Parameter.text(
                this,
                "UploadBucketName",
                "Name of the bucket that takes files; the queue lets that bucket in by name.")
            .matching("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", "a bucket's name without dots")
            .create();
    timeout =
        Parameter.number(this, "Timeout", "Seconds that an invocation may take.")
            .oneOf(Sizes.timeoutChoices())
            .defaultsTo("300")
            .create();
    textToLog =
        Parameter.text(this, "TextToLog", "Whether the content of .txt files is logged.")
            .oneOf("true", "false")
            .defaultsTo("true")
            .create();
    CfnParameter tracing =
        Parameter.text(this, "Tracing", "Spans to X-Ray; needs an ADOT layer in LayerArns.")
            .oneOf("off", "opentelemetry")
            .defaultsTo("off")
            .create();
    traced = condition("Traced", is(tracing, "opentelemetry"));
    rule(
        "TracingNeedsItsLayer",
        is(tracing, "opentelemetry"),
        has(parameters.layerArns),
        "LayerArns has to hold the ADOT layer with Tracing=opentelemetry");
    enricher = new EnricherParameters(this);

    errors = Queues.deadLetters(this, "Errors");
    events =
        Queues.read(
            this,
            "Events",
            errors,
            software.amazon.awscdk.Token.asNumber(
                Fn.findInMap(Sizes.TIMEOUTS, timeout.getValueAsString(), Sizes.VISIBILITY)));
    uploads = uploads();
    output = Buckets.of(this, "Output", false);
    files = files();
    claims = Tables.table(this, "Claims").hash("pk", "S").expiringBy("expires").create();
    topic = Topics.of(this, "Topic", "Sluice files", Optional.empty());
    JavaFunction function = function();
    CfnEventSourceMapping.Builder.create(this, "Mapping")
        .eventSourceArn(events.getAttrArn())
        .functionName(function.target())
        .batchSize(10)
        .functionResponseTypes(List.of("ReportBatchItemFailures"))
        .build();
    new WebService(this, uploads, output, files, parameters.logRetentionDays);
    output("FunctionName", function.name());
    output("UploadBucket", uploads.getRef());
    output("OutputBucket", output.getRef());
    output("FileTableName", files.getRef());
    output("TopicArn", topic.getRef());
    output("EventsQueue", events.getAttrQueueName());
    output("ErrorsQueue", errors.getAttrQueueName());
  }

  private CfnBucket uploads() {
    String arn = Fn.sub("arn:${AWS::Partition}:s3:::${UploadBucketName}");
    CfnQueuePolicy letsIn =
        Queues.policy(
            this, "Events", events, List.of(Queues.fromBucket(events, arn, Aws.ACCOUNT_ID)));
    CfnBucket bucket =
        Buckets.builder(this, "Uploads", true)
            .bucketName(uploadName.getValueAsString())
            .notificationConfiguration(
                CfnBucket.NotificationConfigurationProperty.builder()
                    .queueConfigurations(
                        List.of(told("s3:ObjectCreated:*"), told("s3:ObjectRemoved:*")))
                    .build())
            .build();
    bucket.addResourceDependency(letsIn); // S3 tries the queue when it is told of it
    return Buckets.finish(this, "Uploads", bucket);
  }

  private CfnBucket.QueueConfigurationProperty told(String event) {
    return CfnBucket.QueueConfigurationProperty.builder()
        .event(event)
        .queue(events.getAttrArn())
        .build();
  }

  private CfnTable files() {
    CfnParameter name =
        Parameter.text(this, "FileTable", "Name of the table of what is known of uploads.")
            .matching("[A-Za-z0-9_.-]{3,255}", "3 to 255 letters, digits, _, . and -")
            .defaultsTo("FileMetadata")
            .create();
    CfnTable table =
        Tables.table(this, "Files")
            .named(name.getValueAsString())
            .hash("FileName", "S")
            .range("Upload", "S")
            .attribute("Listing", "S")
            .attribute("Listed", "S")
            .index("ByTime", "Listing", "Listed")
            .create();
    keepData(table, "Retain");
    return table;
  }

  private JavaFunction function() {
    return new JavaFunction(
        this,
        parameters,
        new JavaFunction.Plan(
                "Function",
                "dev.sluice.files.FilesHandler::handleRequest",
                "Enriches uploaded files and keeps what is known of them.")
            .within(timeout.getValueAsNumber())
            .tracedIf(traced)
            .setAll(enricher.settings())
            .may(enricher.statements())
            .set("FILE_TABLE", files.getRef())
            .set("IDEMPOTENCY_TABLE", claims.getRef())
            .set("OUTPUT_BUCKET", output.getRef())
            .set("OUTPUT_PREFIX", PREFIX)
            .set("TEXT_TO_LOG", textToLog.getValueAsString())
            .set("NOTIFY_TOPIC_ARN", topic.getRef())
            .set("ERROR_QUEUE_URL", errors.getRef())
            .may(
                Queues.reading(events),
                Statement.allow("ReadUploads", "s3:GetObject", "s3:GetObjectVersion")
                    .on(SluiceStack.under(uploads, "/*"))
                    .because("Files have the names that users give them."),
                Statement.allow("FindUploads", "s3:ListBucket").on(uploads.getAttrArn()),
                Statement.allow("WriteOutput", "s3:PutObject", "s3:AbortMultipartUpload")
                    .on(SluiceStack.under(output, "/" + PREFIX + "/*"))
                    .because("Objects are named after uploads."),
                Statement.allow("KeepMetadata", "dynamodb:PutItem").on(files.getAttrArn()),
                Statement.allow(
                        "ClaimUploads",
                        "dynamodb:PutItem",
                        "dynamodb:GetItem",
                        "dynamodb:UpdateItem",
                        "dynamodb:DeleteItem")
                    .on(claims.getAttrArn()),
                Statement.allow("Tell", "sns:Publish").on(topic.getRef()),
                Queues.sending("TellErrors", errors)));
  }
}
