package dev.sluice.firehose;

import dev.sluice.enricher.Enricher;
import dev.sluice.firehose.deadletter.DeadLetters;
import dev.sluice.firehose.deadletter.QueuedLines;
import dev.sluice.firehose.overflow.ReingestCalls;
import dev.sluice.firehose.sending.BatchSender;
import dev.sluice.firehose.sending.Pause;
import dev.sluice.firehose.sending.RetryPolicy;
import dev.sluice.lookups.LookupEvents;
import dev.sluice.lookups.LookupSettings;
import dev.sluice.lookups.Lookups;
import dev.sluice.lookups.database.DatabaseFetch;
import dev.sluice.lookups.database.RemoteDatabase;
import dev.sluice.lookups.database.RemoteDatabases;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** How clients of AWS are opened: small, and without retries of their own. */
final class AwsClients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration DOWNLOAD_READ_TIMEOUT = Duration.ofSeconds(8);

  private AwsClients() {}

  /** Fetches these databases. */
  static DatabaseFetch databases(List<RemoteDatabase> databases) {
    return new RemoteDatabases(databases, AwsClients::s3);
  }

  /** Calls that bring records back to where they came from. */
  static ReingestCalls reingest(int maxAttempts) {
    return new ReingestCalls(AwsClients::firehose, AwsClients::kinesis, sender(maxAttempts));
  }

  /** The queue of rejected lines. */
  static DeadLetters queue(String url, int maxAttempts) {
    return new QueuedLines(url, AwsClients::sqs, sender(maxAttempts));
  }

  /** What lines are looked up in. */
  static Lookups lookups(LookupSettings settings, Enricher enricher, LookupEvents events) {
    return Lookups.open(
        settings, AwsClients::dynamoDb, enricher::newTextMask, events, new SecureRandom());
  }

  private static DynamoDbClientBuilder dynamoDb(Duration callTimeout) {
    return DynamoDbClient.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(callTimeout)
                .socketTimeout(callTimeout));
  }

  private static BatchSender sender(int maxAttempts) {
    // Seeded when it is used: a seed in a snapshot would be the same in all that start from it.
    RandomGenerator random = () -> new SecureRandom().nextLong();
    return new BatchSender(RetryPolicy.attempts(maxAttempts), Pause.SLEEP, random);
  }

  private static FirehoseClient firehose() {
    return set(FirehoseClient.builder()).build();
  }

  private static KinesisClient kinesis() {
    return set(KinesisClient.builder()).build();
  }

  private static SqsClient sqs() {
    return set(SqsClient.builder()).build();
  }

  /** For a database of some 100 MB: its answer may take longer than that of the others. */
  private static S3Client s3() {
    return S3Client.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(DOWNLOAD_READ_TIMEOUT))
        .build();
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B set(
      B builder) {
    return builder
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(BatchSender.CALL_TIMEOUT))
        .overrideConfiguration(
            settings ->
                settings
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .apiCallTimeout(BatchSender.CALL_TIMEOUT));
  }
}
