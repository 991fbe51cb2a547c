package dev.sluice.system.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Clients of the embedded stack, and what the tests do with them. */
final class AwsTools implements AutoCloseable {

  private static final int CALL_RECORDS_MAX = 500;
  private static final int SHARDS = 4;
  private static final Duration MAX_WAIT = Duration.ofMinutes(1);

  private final EmbeddedAws aws;
  private final S3Client s3;
  private final FirehoseClient firehose;
  private final KinesisClient kinesis;

  AwsTools(EmbeddedAws aws) {
    this.aws = aws;
    s3 =
        withAccount(S3Client.builder())
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(aws.s3Endpoint())
            .forcePathStyle(true)
            .build();
    firehose =
        withAccount(FirehoseClient.builder())
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(aws.firehoseEndpoint())
            .build();
    kinesis =
        withAccount(KinesisClient.builder())
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(aws.kinesisEndpoint())
            .build();
  }

  /** A client of the stack's tables. */
  static DynamoDbClient dynamoDb(EmbeddedAws aws) {
    return withAccount(aws, DynamoDbClient.builder())
        .httpClient(UrlConnectionHttpClient.create())
        .endpointOverride(aws.dynamoDbEndpoint())
        .build();
  }

  /** A client of the stack's queues, where there are any. */
  static SqsClient sqs(EmbeddedAws aws) {
    return withAccount(aws, SqsClient.builder())
        .httpClient(UrlConnectionHttpClient.create())
        .endpointOverride(aws.endpoint(AwsService.SQS))
        .build();
  }

  private <B extends AwsClientBuilder<B, ?>> B withAccount(B builder) {
    return withAccount(aws, builder);
  }

  private static <B extends AwsClientBuilder<B, ?>> B withAccount(EmbeddedAws aws, B builder) {
    return builder
        .region(Region.of(aws.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())));
  }

  S3Client s3() {
    return s3;
  }

  void createBucket(String name) {
    s3.createBucket(create -> create.bucket(name));
  }

  /** Creates a stream and waits until it is there. */
  void createStream(String name) {
    kinesis.createStream(create -> create.streamName(name).shardCount(SHARDS));
    Awaitility.await(name)
        .atMost(MAX_WAIT)
        .pollDelay(Duration.ZERO)
        .until(
            () ->
                kinesis
                    .describeStreamSummary(describe -> describe.streamName(name))
                    .streamDescriptionSummary()
                    .streamStatus(),
            StreamStatus.ACTIVE::equals);
  }

  void putIntoFirehose(String stream, List<String> lines) {
    inCalls(
        lines,
        some -> {
          List<Record> records =
              some.stream()
                  .map(line -> Record.builder().data(SdkBytes.fromUtf8String(line)).build())
                  .toList();
          assertThat(
                  firehose
                      .putRecordBatch(put -> put.deliveryStreamName(stream).records(records))
                      .failedPutCount())
              .isZero();
        });
  }

  void putIntoStream(String stream, List<String> lines) {
    inCalls(
        lines,
        some -> {
          List<PutRecordsRequestEntry> records =
              some.stream()
                  .map(
                      line ->
                          PutRecordsRequestEntry.builder()
                              .data(SdkBytes.fromUtf8String(line))
                              .partitionKey(line)
                              .build())
                  .toList();
          assertThat(
                  kinesis
                      .putRecords(put -> put.streamName(stream).records(records))
                      .failedRecordCount())
              .isZero();
        });
  }

  private static void inCalls(List<String> lines, Consumer<List<String>> call) {
    for (int from = 0; from < lines.size(); from += CALL_RECORDS_MAX) {
      int to = Math.min(from + CALL_RECORDS_MAX, lines.size());
      call.accept(new ArrayList<>(lines.subList(from, to)));
    }
  }

  @Override
  public void close() {
    kinesis.close();
    firehose.close();
    s3.close();
  }
}
