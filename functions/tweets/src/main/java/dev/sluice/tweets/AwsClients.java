package dev.sluice.tweets;

import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Clients over the one HTTP client that the package has. */
final class AwsClients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** For a call with all of its attempts, which are the SDK's own. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

  private AwsClients() {}

  static DynamoDbClient dynamoDb() {
    return set(DynamoDbClient.builder());
  }

  static S3Client s3() {
    return set(S3Client.builder());
  }

  static SqsClient sqs() {
    return set(SqsClient.builder());
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C set(
      B builder) {
    return builder
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(CALL_TIMEOUT))
        .overrideConfiguration(settings -> settings.apiCallTimeout(CALL_TIMEOUT))
        .build();
  }
}
