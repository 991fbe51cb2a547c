package dev.sluice.files;

import dev.sluice.files.notice.ErrorQueue;
import dev.sluice.files.notice.Notices;
import dev.sluice.files.notice.TopicNotices;
import dev.sluice.lookups.OpenEnricher;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * How clients of AWS are opened: with a small HTTP client, and with the SDK's own retries, whose
 * waits grow with jitter, up to a number of attempts.
 */
final class AwsClients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Of a call with a small answer. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

  /** Between two bytes of a file, and for a part of 8 MiB. */
  private static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(30);

  private AwsClients() {}

  static S3Client s3(FilesSettings settings) {
    return set(S3Client.builder(), settings, TRANSFER_TIMEOUT)
        .forcePathStyle(settings.s3PathStyle())
        .build();
  }

  static DynamoDbClient dynamoDb(FilesSettings settings) {
    return set(DynamoDbClient.builder(), settings, CALL_TIMEOUT).build();
  }

  /** Whoever the settings want told: first the topic, then the queue of failures. */
  static Notices notices(FilesSettings settings) {
    Notices topic =
        settings
            .topicArn()
            .<Notices>map(
                arn ->
                    new TopicNotices(set(SnsClient.builder(), settings, CALL_TIMEOUT).build(), arn))
            .orElse(Notices.NONE);
    Notices queue =
        settings
            .errorQueueUrl()
            .<Notices>map(
                url ->
                    new ErrorQueue(set(SqsClient.builder(), settings, CALL_TIMEOUT).build(), url))
            .orElse(Notices.NONE);
    return report -> {
      topic.tell(report);
      queue.tell(report);
    };
  }

  /** What databases are fetched and reference data is read with. */
  static OpenEnricher.Clients ofEnricher() {
    return new OpenEnricher.Clients(
        () -> S3Client.builder().httpClientBuilder(http(TRANSFER_TIMEOUT)).build(),
        callTimeout ->
            DynamoDbClient.builder()
                .httpClientBuilder(
                    UrlConnectionHttpClient.builder()
                        .connectionTimeout(callTimeout)
                        .socketTimeout(callTimeout)));
  }

  private static UrlConnectionHttpClient.Builder http(Duration readTimeout) {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECT_TIMEOUT)
        .socketTimeout(readTimeout);
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B set(
      B builder, FilesSettings settings, Duration attemptTimeout) {
    return builder
        .httpClientBuilder(http(attemptTimeout))
        .overrideConfiguration(
            client ->
                client
                    .retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(settings.sendMaxAttempts())
                            .build())
                    .apiCallAttemptTimeout(attemptTimeout));
  }
}
