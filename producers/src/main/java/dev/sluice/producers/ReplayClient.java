package dev.sluice.producers;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;

/**
 * Opens the Kinesis client that a replay wants.
 *
 * <p>The SDK retries by itself, also after a time-out when Kinesis may have stored the records, and
 * tells nobody. Its retries are therefore off: {@link LogReplay} makes all of them, counts them,
 * and sends only failed entries. The JDK's HTTP client under it repeats a POST once when the
 * connection dies, but not one of known length, which is what the SDK sends.
 *
 * <p>Region, credentials and endpoint ({@code AWS_ENDPOINT_URL_KINESIS}) come from the SDK's own
 * chain.
 */
public final class ReplayClient {
  /** To connect. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  /** Without a byte of the answer. */
  public static final Duration READ_TIMEOUT = Duration.ofSeconds(12);

  /** For one request altogether, the upload of up to 10 MiB included. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

  private ReplayClient() {}

  /** The settings above, for callers who name region, credentials or endpoint themselves. */
  public static KinesisClientBuilder builder() {
    return KinesisClient.builder()
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(READ_TIMEOUT))
        .overrideConfiguration(
            settings ->
                settings.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(CALL_TIMEOUT));
  }

  /**
   * Opens a client; the caller closes it.
   *
   * @throws SdkClientException no region is configured
   */
  public static KinesisClient open() {
    return builder().build();
  }

  /** One line for a person on why no client could be opened. */
  public static String describe(SdkClientException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.startsWith("Unable to load region")
        ? "no AWS region found: set AWS_REGION, or a profile that names one"
        : message.replaceAll("\\s+", " ").strip();
  }
}
