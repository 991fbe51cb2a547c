package dev.sluice.local.mapping;

import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Clients of the local stack for mappings, and for whoever fills their sources. */
public final class SourceClients implements AutoCloseable {

  private final SdkHttpClient http = UrlConnectionHttpClient.create();
  private final EmbeddedAws aws;
  private final SqsClient sqs; // null where the stack has no SQS
  private final KinesisClient kinesis;
  private final DynamoDbClient dynamoDb;
  private final DynamoDbStreamsClient streams;

  /**
   * @param aws with SQS where queues are used
   */
  public SourceClients(EmbeddedAws aws) {
    this.aws = aws;
    boolean withSqs = aws.environment().containsKey(AwsService.SQS.variables().get(0));
    sqs = withSqs ? directed(SqsClient.builder().httpClient(http), AwsService.SQS).build() : null;
    kinesis = directed(KinesisClient.builder().httpClient(http), AwsService.KINESIS).build();
    dynamoDb = directed(DynamoDbClient.builder().httpClient(http), AwsService.DYNAMODB).build();
    streams =
        directed(DynamoDbStreamsClient.builder().httpClient(http), AwsService.DYNAMODB).build();
  }

  private <B extends AwsClientBuilder<B, ?>> B directed(B builder, AwsService service) {
    return builder
        .endpointOverride(aws.endpoint(service))
        .region(Region.of(aws.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())));
  }

  /**
   * @throws IllegalStateException where the stack has none
   */
  public SqsClient sqs() {
    if (sqs == null) {
      throw new IllegalStateException("the local stack was started without SQS");
    }
    return sqs;
  }

  public KinesisClient kinesis() {
    return kinesis;
  }

  public DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  public DynamoDbStreamsClient streams() {
    return streams;
  }

  @Override
  public void close() {
    if (sqs != null) {
      sqs.close();
    }
    kinesis.close();
    dynamoDb.close();
    streams.close();
    http.close();
  }
}
