package dev.sluice.cli.demo;

import dev.sluice.consumer.AwsClients;
import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.EmbeddedAwsOptions;
import dev.sluice.producers.ReplayClient;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The embedded stack with the demo's bucket in it, and clients for all of it. */
final class DemoStack implements AutoCloseable {

  static final String BUCKET = "sluice-demo";

  /** Of every stream. */
  static final int SHARDS = 4;

  private final EmbeddedAws aws;
  private final AwsClients clients;
  private final KinesisClient producer;
  private final Thread onSignal = new Thread(this::closeQuietly, "demo-signal");
  private boolean closed;

  private DemoStack(EmbeddedAws aws, boolean endsOnSignal) {
    this.aws = aws;
    clients =
        AwsClients.open(
            new AwsClients.LocalStack(
                    aws.kinesisEndpoint(),
                    aws.dynamoDbEndpoint(),
                    aws.s3Endpoint(),
                    aws.region(),
                    aws.accessKeyId(),
                    aws.secretAccessKey())
                .with(aws.endpoint(AwsService.SNS), aws.endpoint(AwsService.CLOUDWATCH)));
    producer =
        ReplayClient.builder()
            .endpointOverride(aws.kinesisEndpoint())
            .region(Region.of(aws.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())))
            .build();
    if (endsOnSignal) {
      Runtime.getRuntime().addShutdownHook(onSignal); // Ctrl-C leaves no temporary files behind
    }
  }

  /** Starts the stack, and creates the bucket. */
  static DemoStack start() {
    return start(false);
  }

  /**
   * Starts the stack, and creates the bucket.
   *
   * @param queues whether there is SQS, too
   */
  static DemoStack start(boolean queues) {
    return started(EmbeddedAwsOptions.defaults().withSqs(queues), true);
  }

  /** The same for whoever stops in order on a signal, and closes it then. */
  static DemoStack startKept() {
    return started(EmbeddedAwsOptions.defaults(), false);
  }

  private static DemoStack started(EmbeddedAwsOptions options, boolean endsOnSignal) {
    var stack = new DemoStack(EmbeddedAws.start(options), endsOnSignal);
    stack.clients.s3().createBucket(create -> create.bucket(BUCKET));
    return stack;
  }

  /** Creates a stream, and waits until it is there. */
  void createStream(String name) {
    producer.createStream(create -> create.streamName(name).shardCount(SHARDS));
    producer.waiter().waitUntilStreamExists(describe -> describe.streamName(name));
  }

  EmbeddedAws aws() {
    return aws;
  }

  AwsClients clients() {
    return clients;
  }

  /** Client of the producer: it makes its retries itself. */
  KinesisClient producer() {
    return producer;
  }

  private void closeQuietly() {
    try {
      closeOnce();
    } catch (RuntimeException atTheEndOfTheProcess) {
      System.err.println("sluice demo: " + atTheEndOfTheProcess.getMessage());
    }
  }

  private synchronized void closeOnce() {
    if (!closed) {
      closed = true;
      producer.close();
      clients.close();
      aws.close();
    }
  }

  @Override
  public void close() {
    closeOnce();
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException ending) {
      // a signal came: the hook runs, and finds everything closed
    }
  }
}
