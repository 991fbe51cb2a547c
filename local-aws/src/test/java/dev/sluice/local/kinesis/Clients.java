package dev.sluice.local.kinesis;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** AWS SDK clients of a local server, with the SDK's own wire format (CBOR). */
final class Clients {
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
  private static final Duration GENEROUS = Duration.ofSeconds(60);

  /** Shared by all clients of the test JVM and ended with it: its end takes two seconds. */
  private static final SdkAsyncHttpClient HTTP2 =
      NettyNioAsyncHttpClient.builder()
          .protocol(Protocol.HTTP2)
          .maxConcurrency(1_000)
          .connectionTimeout(GENEROUS)
          .connectionAcquisitionTimeout(GENEROUS)
          .build();

  private Clients() {}

  static KinesisClient sync(URI endpoint) {
    return KinesisClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .overrideConfiguration(
            config -> config.apiCallTimeout(GENEROUS)) // a server that hangs fails the case
        .build();
  }

  /** Makes each call once, so that a test sees every fault. */
  static KinesisClient withoutRetries(URI endpoint) {
    return KinesisClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .overrideConfiguration(
            config -> config.apiCallTimeout(GENEROUS).retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  /** HTTP/2, as KCL builds it. */
  static KinesisAsyncClient async(URI endpoint) {
    return KinesisAsyncClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .httpClient(HTTP2)
        .build();
  }
}
