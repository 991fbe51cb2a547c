package dev.sluice.local.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.EmbeddedAws;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Clients of AWS behind the proxy: S3 over HTTP/1.1, Kinesis over HTTP/2. */
class FaultProxyWithAwsTest {
  private static final String BUCKET = "bucket";
  private static final int CALLS = 60;
  private static final int ATTEMPTS_MAX = 50;

  private static EmbeddedAws aws;

  @BeforeAll
  static void start() {
    aws = EmbeddedAws.start();
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey()));
  }

  @Test
  void whatWasAcknowledgedIsThereThroughAMixOfFaults() {
    try (var proxy = FaultProxy.start(aws.s3Endpoint());
        var s3 =
            S3Client.builder()
                .endpointOverride(proxy.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(
                    config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build()) {
      s3.createBucket(bucket -> bucket.bucket(BUCKET));
      proxy.set(
          FaultMix.none()
              .with(Fault.ERROR, 0.15)
              .with(Fault.RESET, 0.1)
              .with(Fault.LOST_ANSWER, 0.1)
              .with(Fault.PARTIAL, 0.1)
              .with(Fault.LATENCY, 0.1)
              .with(Fault.REFUSE, 0.1)
              .withLatency(Duration.ofMillis(5))
              .withSeed(23));
      for (int i = 0; i < CALLS; i++) {
        String key = "object-" + i;
        putUntilAcknowledged(s3, key);
      }
      assertThat(proxy.counts()).hasSize(6);
      proxy.clear();

      for (int i = 0; i < CALLS; i++) {
        String key = "object-" + i;
        assertThat(s3.getObjectAsBytes(object -> object.bucket(BUCKET).key(key)).asUtf8String())
            .isEqualTo("body of " + key);
      }
    }
  }

  @Test
  void aThrottledCallIsNamedAsTheServiceNamesIt() {
    try (var s3Proxy = FaultProxy.start(aws.s3Endpoint());
        var kinesisProxy = FaultProxy.start(aws.kinesisEndpoint());
        var s3 =
            S3Client.builder()
                .endpointOverride(s3Proxy.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(
                    config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        var kinesis =
            KinesisClient.builder()
                .endpointOverride(kinesisProxy.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(
                    config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build()) {
      s3Proxy.set(FaultMix.all(Fault.THROTTLE));
      kinesisProxy.set(FaultMix.all(Fault.THROTTLE));
      assertRefused(s3::listBuckets, 503, "SlowDown");
      assertRefused(kinesis::listStreams, 400, "ProvisionedThroughputExceededException");
      s3Proxy.clear();
      kinesisProxy.clear();
      assertThat(s3.listBuckets().buckets()).allMatch(bucket -> bucket.name().equals(BUCKET));
      assertThat(kinesis.listStreams().hasStreamNames()).isTrue();
    }
  }

  private static void assertRefused(ThrowingCallable call, int status, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            answer -> {
              assertThat(answer.statusCode()).isEqualTo(status);
              assertThat(answer.awsErrorDetails().errorCode()).isEqualTo(code);
            });
  }

  private static void putUntilAcknowledged(S3Client s3, String key) {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      try {
        s3.putObject(
            object -> object.bucket(BUCKET).key(key), RequestBody.fromString("body of " + key));
        return;
      } catch (SdkException | UncheckedIOException fault) { // the second when an answer breaks off
        assertThat(fault.getMessage()).isNotNull();
      }
    }
    throw new AssertionError(key + " was refused " + ATTEMPTS_MAX + " times");
  }

  @Test
  void http2GoesThroughAndIsReset() {
    try (var proxy = FaultProxy.start(aws.kinesisEndpoint());
        var http = NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP2).build();
        var kinesis =
            KinesisAsyncClient.builder()
                .endpointOverride(proxy.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .httpClient(http)
                .overrideConfiguration(
                    config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build()) {
      kinesis.createStream(stream -> stream.streamName("s").shardCount(1)).join();
      proxy.set(FaultMix.none().with(Fault.RESET, 0.1).with(Fault.LOST_ANSWER, 0.1).withSeed(3));
      Set<String> acknowledged = new HashSet<>();
      for (int i = 0; i < CALLS; i++) {
        String data = "record-" + i;
        try {
          kinesis
              .putRecord(
                  record ->
                      record.streamName("s").partitionKey("k").data(SdkBytes.fromUtf8String(data)))
              .join();
          acknowledged.add(data);
        } catch (CompletionException fault) {
          assertThat(fault.getCause()).isNotNull();
        }
      }
      assertThat(acknowledged).hasSizeBetween(5, CALLS - 1);
      proxy.clear();

      String iterator =
          kinesis
              .getShardIterator(
                  request ->
                      request
                          .streamName("s")
                          .shardId("shardId-000000000000")
                          .shardIteratorType("TRIM_HORIZON"))
              .join()
              .shardIterator();
      Set<String> stored = new HashSet<>();
      kinesis
          .getRecords(request -> request.shardIterator(iterator))
          .join()
          .records()
          .forEach(record -> stored.add(record.data().asUtf8String()));
      assertThat(stored).containsAll(acknowledged);
    }
  }
}
