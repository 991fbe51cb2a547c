package dev.sluice.web;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The clients of the web application. Whoever opens them closes them. */
public record WebClients(S3Client s3, DynamoDbClient dynamoDb) implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** For one attempt: a part of an upload, or the beginning of a download. */
  private static final Duration S3_ATTEMPT_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration DYNAMODB_CALL_TIMEOUT = Duration.ofSeconds(10);

  /** One for each thread of the server, so that nobody waits for a connection. */
  private static final int MAX_CONNECTIONS = 48;

  /**
   * Where a local stack answers, instead of what the SDK would find by itself.
   *
   * @param region any name; the local servers do not care
   */
  public record LocalStack(
      URI s3, URI dynamoDb, String region, String accessKeyId, String secretAccessKey) {}

  /**
   * Clients by the SDK's own rules: environment, system properties, profile, task role.
   *
   * @throws CannotServeException if these name no region
   */
  public static WebClients open(WebSettings settings) {
    try {
      return build(settings.s3PathStyle(), Optional.empty());
    } catch (SdkClientException e) {
      throw new CannotServeException("AWS: " + e.getMessage(), e);
    }
  }

  /** Clients of a local stack. */
  public static WebClients open(LocalStack stack) {
    return build(true, Optional.of(stack));
  }

  private static WebClients build(boolean s3PathStyle, Optional<LocalStack> stack) {
    var s3 =
        S3Client.builder()
            .httpClientBuilder(connections(S3_ATTEMPT_TIMEOUT))
            .overrideConfiguration(o -> o.apiCallAttemptTimeout(S3_ATTEMPT_TIMEOUT))
            .forcePathStyle(s3PathStyle);
    var dynamoDb =
        DynamoDbClient.builder()
            .httpClientBuilder(connections(DYNAMODB_CALL_TIMEOUT))
            .overrideConfiguration(o -> o.apiCallTimeout(DYNAMODB_CALL_TIMEOUT));
    stack.ifPresent(
        local -> {
          direct(s3, local, local.s3());
          direct(dynamoDb, local, local.dynamoDb());
        });
    return new WebClients(s3.build(), dynamoDb.build());
  }

  private static ApacheHttpClient.Builder connections(Duration silence) {
    return ApacheHttpClient.builder()
        .maxConnections(MAX_CONNECTIONS)
        .connectionTimeout(CONNECT_TIMEOUT)
        .socketTimeout(silence);
  }

  private static void direct(AwsClientBuilder<?, ?> builder, LocalStack stack, URI endpoint) {
    builder
        .endpointOverride(endpoint)
        .region(Region.of(stack.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(stack.accessKeyId(), stack.secretAccessKey())));
  }

  @Override
  public void close() {
    s3.close();
    dynamoDb.close();
  }
}
