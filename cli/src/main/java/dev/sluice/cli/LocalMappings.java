package dev.sluice.cli;

import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.lambda.LocalLambda;
import dev.sluice.local.mapping.EventSourceMapping;
import dev.sluice.local.mapping.EventSourceMappings;
import dev.sluice.local.mapping.MappedFunction;
import dev.sluice.local.mapping.MappingListener;
import dev.sluice.local.mapping.SourceClients;
import dev.sluice.local.mapping.SqsMappingOptions;
import dev.sluice.local.mapping.StartingPosition;
import dev.sluice.local.mapping.StreamMappingOptions;
import dev.sluice.local.notification.BucketNotifications;
import dev.sluice.local.notification.NotificationOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A function behind queues, streams and a bucket of the local stack, with {@code
 * ReportBatchItemFailures}.
 */
final class LocalMappings implements AutoCloseable {

  /** Of a stream that is made here. */
  private static final int SHARDS = 1;

  /** Tells of what the function has not done. */
  private static final MappingListener TROUBLE =
      new MappingListener() {
        @Override
        public void failed(String source, int records, String reason) {
          System.err.println(
              "sluice: " + records + " of " + source + " will come again: " + reason);
        }
      };

  private final EmbeddedAws aws;
  private final SourceClients clients;
  private final MappedFunction function;
  private final Deque<EventSourceMapping> mappings = new ArrayDeque<>();
  private BucketNotifications notifications; // null where no bucket is mapped

  LocalMappings(EmbeddedAws aws, LocalLambda lambda) {
    this.aws = aws;
    clients = new SourceClients(aws);
    function = MappedFunction.of(lambda);
  }

  /** Makes the queue, too, and tells its URL. */
  String queue(String name) {
    String url = clients.sqs().createQueue(create -> create.queueName(name)).queueUrl();
    mappings.push(
        EventSourceMappings.system()
            .ofQueue(
                clients.sqs(),
                SqsMappingOptions.of(url).withReportBatchItemFailures(true),
                function,
                TROUBLE)
            .start());
    return url;
  }

  /** Makes the stream, too, and tells its ARN. */
  String stream(String name) {
    clients.kinesis().createStream(create -> create.streamName(name).shardCount(SHARDS));
    clients.kinesis().waiter().waitUntilStreamExists(describe -> describe.streamName(name));
    String arn =
        clients
            .kinesis()
            .describeStreamSummary(describe -> describe.streamName(name))
            .streamDescriptionSummary()
            .streamARN();
    mappings.push(
        EventSourceMappings.system()
            .ofKinesis(
                clients.kinesis(),
                arn,
                StreamMappingOptions.from(StartingPosition.TRIM_HORIZON)
                    .withReportBatchItemFailures(true),
                function,
                TROUBLE)
            .start());
    return arn;
  }

  /** Makes the bucket, too. */
  void bucket(String name) {
    var credentials = AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey());
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(aws.s3Endpoint())
            .forcePathStyle(true)
            .region(Region.of(aws.region()))
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      s3.createBucket(create -> create.bucket(name));
    }
    notifications =
        BucketNotifications.toFunction(
            aws.objectChanges(),
            name,
            function,
            NotificationOptions.defaults(),
            event -> System.err.println("sluice: an event of " + name + " is given up"));
  }

  @Override
  public void close() {
    if (notifications != null) {
      notifications.close();
    }
    while (!mappings.isEmpty()) {
      mappings.pop().close();
    }
    clients.close();
  }
}
