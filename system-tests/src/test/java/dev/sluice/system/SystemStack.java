package dev.sluice.system;

import dev.sluice.consumer.AwsClients;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.producers.ReplayClient;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The embedded stack in the test's JVM, the limits of the shards on, and clients for it. */
final class SystemStack implements AutoCloseable {
  static final String BUCKET = "sluice-system";

  private final EmbeddedAws aws = EmbeddedAws.start();
  private final URI kinesisEndpoint;
  private final AwsClients clients;
  private final KinesisClient kinesis;

  private SystemStack(URI otherKinesis) {
    kinesisEndpoint = otherKinesis == null ? aws.kinesisEndpoint() : otherKinesis;
    clients =
        AwsClients.open(
            new AwsClients.LocalStack(
                kinesisEndpoint,
                aws.dynamoDbEndpoint(),
                aws.s3Endpoint(),
                aws.region(),
                aws.accessKeyId(),
                aws.secretAccessKey()));
    kinesis =
        ReplayClient.builder()
            .endpointOverride(kinesisEndpoint)
            .region(Region.of(aws.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())))
            .build();
    clients.s3().createBucket(create -> create.bucket(BUCKET));
  }

  static SystemStack start() {
    return new SystemStack(null);
  }

  /** The same with a stream server that runs elsewhere. */
  static SystemStack withKinesisAt(URI endpoint) {
    return new SystemStack(endpoint);
  }

  /** What a child process needs to find this stack, and the stack only. */
  Map<String, String> environment() {
    var variables = new HashMap<>(aws.environment());
    variables.put("AWS_ENDPOINT_URL_KINESIS", kinesisEndpoint.toString());
    return variables;
  }

  /** Makes no retries of its own. */
  KinesisClient kinesis() {
    return kinesis;
  }

  S3Client s3() {
    return clients.s3();
  }

  DynamoDbAsyncClient dynamoDb() {
    return clients.dynamoDb();
  }

  @Override
  public void close() {
    kinesis.close();
    clients.close();
    aws.close();
  }
}
