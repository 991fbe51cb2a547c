package dev.sluice.functions.fanout;

import dev.sluice.functions.fanout.enrich.ObjectPut;
import dev.sluice.functions.fanout.enrich.StreamPut;
import dev.sluice.functions.fanout.sending.Attempts;
import dev.sluice.lookups.OpenEnricher;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;

/** How clients of AWS are opened: small, and without retries of their own. */
final class AwsClients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration DOWNLOAD_READ_TIMEOUT = Duration.ofSeconds(8);
  private static final String CONTENT_TYPE = "application/gzip";

  private AwsClients() {}

  /** Objects of a bucket. */
  static ObjectPut objects(String bucket, boolean pathStyle) {
    return objects(set(S3Client.builder()).forcePathStyle(pathStyle).build(), bucket);
  }

  static ObjectPut objects(S3Client s3, String bucket) {
    return (key, gzip, metadata) ->
        s3.putObject(
            put -> put.bucket(bucket).key(key).contentType(CONTENT_TYPE).metadata(metadata),
            RequestBody.fromBytes(gzip));
  }

  /** Records of a stream. */
  static StreamPut records(String stream) {
    return records(set(KinesisClient.builder()).build(), stream);
  }

  static StreamPut records(KinesisClient kinesis, String stream) {
    return entries ->
        kinesis.putRecords(put -> put.streamName(stream).records(entries)).records().stream()
            .map(PutRecordsResultEntry::errorCode)
            .toList();
  }

  /** What alerts are told by. */
  static SnsClient sns() {
    return set(SnsClient.builder()).build();
  }

  /** What the state of alerts lies in. */
  static DynamoDbClient state() {
    return set(DynamoDbClient.builder()).build();
  }

  /** What databases are fetched and reference data is read with. */
  static OpenEnricher.Clients ofEnricher() {
    return new OpenEnricher.Clients(
        () -> S3Client.builder().httpClientBuilder(http(DOWNLOAD_READ_TIMEOUT)).build(),
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
      B builder) {
    return builder
        .httpClientBuilder(http(Attempts.CALL_TIMEOUT))
        .overrideConfiguration(
            settings ->
                settings
                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                    .apiCallTimeout(Attempts.CALL_TIMEOUT));
  }
}
