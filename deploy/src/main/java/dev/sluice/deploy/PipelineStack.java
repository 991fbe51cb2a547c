package dev.sluice.deploy;

import software.amazon.awscdk.services.kinesis.CfnStream;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.constructs.Construct;

/** The main job: a stream, the consumer on Fargate, Firehose with the transform, one bucket. */
final class PipelineStack extends SluiceStack {
  static final String NAME = "sluice-pipeline";

  PipelineStack(Construct scope) {
    super(
        scope,
        NAME,
        "Sluice: a stream of log lines into S3, by Firehose with the transform, by the consumer on"
            + " Fargate, or both.");
    var parameters = new FunctionParameters(this, "firehose-transform.zip", 512);
    var streams = new StreamParameters(this);
    var enricher = new EnricherParameters(this);
    CfnStream stream = streams.create("Stream");
    CfnBucket output = Buckets.of(this, "Output", false);
    new DeliveryStream(this, parameters, stream, output, enricher);
    new ConsumerService(this, stream, output, enricher, parameters.logRetentionDays);
    output("SourceStreamName", stream.getRef());
    output("SourceStreamArn", stream.getAttrArn());
    output("OutputBucket", output.getRef());
  }
}
