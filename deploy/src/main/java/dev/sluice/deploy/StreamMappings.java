package dev.sluice.deploy;

import java.util.List;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.sqs.CfnQueue;

/**
 * Mappings of streams: bounded in retries and age, halving what fails, and telling a queue what was
 * given up. Without bounds one poisoned record holds its shard for as long as the stream keeps it.
 */
final class StreamMappings {
  private final CfnParameter batchSize;
  private final CfnParameter retries;
  private final CfnParameter maxAgeSeconds;

  StreamMappings(SluiceStack stack, int defaultBatch) {
    batchSize =
        Parameter.number(stack, "BatchSize", "Most records of a batch.")
            .between(1, 10_000)
            .defaultsTo(defaultBatch)
            .create();
    retries =
        Parameter.number(stack, "MaximumRetryAttempts", "Retries of a batch that failed.")
            .between(0, 10_000)
            .defaultsTo(100)
            .create();
    maxAgeSeconds =
        Parameter.number(stack, "MaximumRecordAgeInSeconds", "Age at which a record is given up.")
            .between(60, 604_800)
            .defaultsTo(21_600)
            .create();
  }

  /** A mapping from the oldest record on, one batch of a shard at a time. */
  CfnEventSourceMapping.Builder builder(
      SluiceStack stack, String id, String source, String target, CfnQueue givenUp) {
    return CfnEventSourceMapping.Builder.create(stack, id)
        .eventSourceArn(source)
        .functionName(target)
        .startingPosition("TRIM_HORIZON")
        .batchSize(batchSize.getValueAsNumber())
        .parallelizationFactor(1)
        .bisectBatchOnFunctionError(true)
        .maximumRetryAttempts(retries.getValueAsNumber())
        .maximumRecordAgeInSeconds(maxAgeSeconds.getValueAsNumber())
        .functionResponseTypes(List.of("ReportBatchItemFailures"))
        .destinationConfig(
            CfnEventSourceMapping.DestinationConfigProperty.builder()
                .onFailure(
                    CfnEventSourceMapping.OnFailureProperty.builder()
                        .destination(givenUp.getAttrArn())
                        .build())
                .build());
  }

  /** What a mapping needs to read a Kinesis stream. */
  static Statement readingKinesis(Object streamArn) {
    return Statement.allow(
            "ReadStream",
            "kinesis:DescribeStream",
            "kinesis:DescribeStreamSummary",
            "kinesis:GetRecords",
            "kinesis:GetShardIterator",
            "kinesis:ListShards")
        .on(streamArn);
  }
}
