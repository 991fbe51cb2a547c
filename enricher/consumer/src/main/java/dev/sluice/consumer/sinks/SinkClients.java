package dev.sluice.consumer.sinks;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Opens the clients of the sinks that are in use: without retries of their own, each attempt
 * bounded by a time-out. A client belongs to whoever opens it.
 */
public record SinkClients(
    Supplier<KinesisClient> kinesis, Supplier<FirehoseClient> firehose, Supplier<SqsClient> sqs) {

  /** Longest time for one attempt, from the first byte sent to the last one read. */
  public static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(25);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_CONNECTIONS = 256;

  /** Names endpoint, region and credentials where the SDK's own rules are not to. */
  @FunctionalInterface
  public interface Direction {
    void direct(AwsClientBuilder<?, ?> builder, String service);
  }

  /** Clients by the SDK's own rules: environment, system properties, profile, instance role. */
  public static SinkClients bySdk() {
    return directed((builder, service) -> {});
  }

  /**
   * @param direction is told {@code kinesis}, {@code firehose} or {@code sqs}
   */
  public static SinkClients directed(Direction direction) {
    return new SinkClients(
        () -> prepared(KinesisClient.builder(), "kinesis", direction).build(),
        () -> prepared(FirehoseClient.builder(), "firehose", direction).build(),
        () -> prepared(SqsClient.builder(), "sqs", direction).build());
  }

  private static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B prepared(
      B builder, String service, Direction direction) {
    builder.httpClientBuilder(
        ApacheHttpClient.builder()
            .maxConnections(MAX_CONNECTIONS)
            .connectionTimeout(CONNECT_TIMEOUT)
            .socketTimeout(ATTEMPT_TIMEOUT));
    builder.overrideConfiguration(
        o -> o.apiCallAttemptTimeout(ATTEMPT_TIMEOUT).retryStrategy(AwsRetryStrategy.doNotRetry()));
    direction.direct(builder, service);
    return builder;
  }
}
