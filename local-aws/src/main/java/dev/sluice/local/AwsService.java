package dev.sluice.local;

import java.util.List;

/** A service of the embedded stack. */
public enum AwsService {
  KINESIS("AWS_ENDPOINT_URL_KINESIS"),
  /** With its Streams. */
  DYNAMODB("AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_DYNAMODB_STREAMS"),
  S3("AWS_ENDPOINT_URL_S3"),
  FIREHOSE("AWS_ENDPOINT_URL_FIREHOSE"),
  /** Takes seconds to start, so only where it is asked for. */
  SQS("AWS_ENDPOINT_URL_SQS"),
  /** Remembers what is published. */
  SNS("AWS_ENDPOINT_URL_SNS"),
  /** Metrics alone; remembers them. */
  CLOUDWATCH("AWS_ENDPOINT_URL_CLOUDWATCH");

  private final List<String> variables;

  AwsService(String... variables) {
    this.variables = List.of(variables);
  }

  /** The environment variables by which AWS SDKs and tools find it. */
  public List<String> variables() {
    return variables;
  }
}
