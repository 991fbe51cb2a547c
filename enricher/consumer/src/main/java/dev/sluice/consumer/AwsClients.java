package dev.sluice.consumer;

import dev.sluice.consumer.sinks.SinkClients;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.kinesis.common.KinesisClientUtil;

/**
 * The clients of a consumer. Whoever opens them closes them.
 *
 * @param kinesis without any API call time-out, which would kill the fan-out subscriptions
 * @param cloudWatch for KCL's own metrics, if they are wanted
 * @param s3 without retries of its own, each attempt bounded by a time-out
 * @param lookups begins a client of its own for look-ups, whose calls take no longer than told; it
 *     belongs to whoever builds it
 * @param sinks opens the clients of further sinks
 * @param sns begins a client for alerts, which belongs to the caller
 * @param counts begins a client for counts by minute, which belongs to the caller
 * @param meters begins a client for the consumer's own meters, which belongs to the caller
 */
public record AwsClients(
    KinesisAsyncClient kinesis,
    DynamoDbAsyncClient dynamoDb,
    Optional<CloudWatchAsyncClient> cloudWatch,
    S3Client s3,
    Function<Duration, DynamoDbClientBuilder> lookups,
    SinkClients sinks,
    Supplier<SnsClient> sns,
    Supplier<CloudWatchClient> counts,
    Supplier<CloudWatchAsyncClient> meters)
    implements AutoCloseable {

  /** Longest time for one attempt against S3, from the first byte sent to the last one read. */
  public static final Duration S3_ATTEMPT_TIMEOUT = Duration.ofSeconds(15);

  /** Longest time for one DynamoDB call, retries of the SDK included. */
  public static final Duration DYNAMODB_CALL_TIMEOUT = Duration.ofSeconds(10);

  /** Longest time for one attempt against SNS or CloudWatch. */
  public static final Duration SEND_ATTEMPT_TIMEOUT = Duration.ofSeconds(5);

  /** Longest time for one call with meters, retries of the SDK included. */
  private static final Duration METERS_CALL_TIMEOUT = Duration.ofSeconds(10);

  private static final int MAX_METER_CONNECTIONS = 2;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_S3_CONNECTIONS = 64;
  private static final int MAX_DYNAMODB_CONNECTIONS = 64;

  /**
   * Where a stack in the same process answers, instead of what the SDK would find by itself.
   *
   * @param region any name; the local servers do not care
   * @param sns empty where the stack has none
   * @param cloudWatch empty where the stack has none
   */
  public record LocalStack(
      URI kinesis,
      URI dynamoDb,
      URI s3,
      String region,
      String accessKeyId,
      String secretAccessKey,
      Optional<URI> sns,
      Optional<URI> cloudWatch) {

    /** A stack without SNS and CloudWatch. */
    public LocalStack(
        URI kinesis,
        URI dynamoDb,
        URI s3,
        String region,
        String accessKeyId,
        String secretAccessKey) {
      this(
          kinesis,
          dynamoDb,
          s3,
          region,
          accessKeyId,
          secretAccessKey,
          Optional.empty(),
          Optional.empty());
    }

    /** The same with SNS and CloudWatch. */
    public LocalStack with(URI snsEndpoint, URI cloudWatchEndpoint) {
      return new LocalStack(
          kinesis,
          dynamoDb,
          s3,
          region,
          accessKeyId,
          secretAccessKey,
          Optional.of(snsEndpoint),
          Optional.of(cloudWatchEndpoint));
    }
  }

  /**
   * Clients by the SDK's own rules: environment, system properties, profile, instance role.
   *
   * @throws CannotStartException if these name no region
   */
  public static AwsClients open(ConsumerSettings settings) {
    boolean withCloudWatch = settings.kclMetrics() != ConsumerSettings.KclMetrics.NONE;
    try {
      return build(
          settings.s3PathStyle(),
          withCloudWatch ? Optional.of(CloudWatchAsyncClient.create()) : Optional.empty(),
          Optional.empty());
    } catch (SdkClientException e) {
      throw CannotStartException.because(e, "AWS", "");
    }
  }

  /** Clients of a local stack. */
  public static AwsClients open(LocalStack stack) {
    return build(true, Optional.empty(), Optional.of(stack));
  }

  private static AwsClients build(
      boolean s3PathStyle, Optional<CloudWatchAsyncClient> cloudWatch, Optional<LocalStack> stack) {
    var kinesis = KinesisClientUtil.adjustKinesisClientBuilder(KinesisAsyncClient.builder());
    var dynamoDb =
        DynamoDbAsyncClient.builder()
            .httpClientBuilder(
                NettyNioAsyncHttpClient.builder()
                    .maxConcurrency(MAX_DYNAMODB_CONNECTIONS)
                    .connectionTimeout(CONNECT_TIMEOUT))
            .overrideConfiguration(o -> o.apiCallTimeout(DYNAMODB_CALL_TIMEOUT));
    var s3 =
        S3Client.builder()
            .httpClientBuilder(
                ApacheHttpClient.builder()
                    .maxConnections(MAX_S3_CONNECTIONS)
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(S3_ATTEMPT_TIMEOUT))
            .overrideConfiguration(
                o ->
                    o.apiCallAttemptTimeout(S3_ATTEMPT_TIMEOUT)
                        .retryStrategy(AwsRetryStrategy.doNotRetry()))
            .forcePathStyle(s3PathStyle);
    stack.ifPresent(
        local -> {
          direct(kinesis, local, local.kinesis());
          direct(dynamoDb, local, local.dynamoDb());
          direct(s3, local, local.s3());
        });
    return new AwsClients(
        kinesis.build(),
        dynamoDb.build(),
        cloudWatch,
        s3.build(),
        callTimeout -> lookups(callTimeout, stack),
        stack.map(AwsClients::localSinks).orElseGet(SinkClients::bySdk),
        () -> sender(SnsClient.builder(), stack, LocalStack::sns),
        () -> sender(CloudWatchClient.builder(), stack, LocalStack::cloudWatch),
        () -> meters(stack));
  }

  private static CloudWatchAsyncClient meters(Optional<LocalStack> stack) {
    var meters =
        CloudWatchAsyncClient.builder()
            .httpClientBuilder(
                NettyNioAsyncHttpClient.builder()
                    .maxConcurrency(MAX_METER_CONNECTIONS)
                    .connectionTimeout(CONNECT_TIMEOUT))
            .overrideConfiguration(o -> o.apiCallTimeout(METERS_CALL_TIMEOUT));
    stack.ifPresent(local -> direct(meters, local, local.cloudWatch().orElseThrow()));
    return meters.build();
  }

  /** Of the further sinks only Kinesis is known to a local stack. */
  private static SinkClients localSinks(LocalStack stack) {
    return SinkClients.directed(
        (builder, service) -> {
          if (service.equals("kinesis")) {
            direct(builder, stack, stack.kinesis());
          }
        });
  }

  /** The same clients with others for the further sinks. */
  public AwsClients withSinks(SinkClients others) {
    return new AwsClients(kinesis, dynamoDb, cloudWatch, s3, lookups, others, sns, counts, meters);
  }

  private static DynamoDbClientBuilder lookups(Duration callTimeout, Optional<LocalStack> stack) {
    DynamoDbClientBuilder lookups =
        DynamoDbClient.builder()
            .httpClientBuilder(
                ApacheHttpClient.builder()
                    .connectionTimeout(callTimeout)
                    .socketTimeout(callTimeout));
    stack.ifPresent(local -> direct(lookups, local, local.dynamoDb()));
    return lookups;
  }

  /** Without retries of its own, each attempt bounded by a time-out. */
  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C sender(
      B builder, Optional<LocalStack> stack, Function<LocalStack, Optional<URI>> endpoint) {
    builder
        .httpClientBuilder(
            ApacheHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(SEND_ATTEMPT_TIMEOUT))
        .overrideConfiguration(
            o ->
                o.apiCallAttemptTimeout(SEND_ATTEMPT_TIMEOUT)
                    .retryStrategy(AwsRetryStrategy.doNotRetry()));
    stack.ifPresent(local -> direct(builder, local, endpoint.apply(local).orElseThrow()));
    return builder.build();
  }

  private static void direct(AwsClientBuilder<?, ?> builder, LocalStack stack, URI endpoint) {
    builder.endpointOverride(endpoint);
    builder.region(Region.of(stack.region()));
    builder.credentialsProvider(
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(stack.accessKeyId(), stack.secretAccessKey())));
  }

  @Override
  public void close() {
    kinesis.close();
    dynamoDb.close();
    cloudWatch.ifPresent(CloudWatchAsyncClient::close);
    s3.close();
  }
}
