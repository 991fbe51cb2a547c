package dev.sluice.system;

import dev.sluice.consumer.AwsClients;
import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.proxy.FaultProxy;
import dev.sluice.producers.ReplayClient;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The embedded stack in the test's JVM, the limits of the shards on, and clients for it that meet
 * no fault. Thread-safe.
 */
final class SystemStack implements AutoCloseable {
  static final String BUCKET = "sluice-system";

  /** How to close what was opened, the last first. */
  private final Deque<Runnable> opened = new ArrayDeque<>();

  private final EmbeddedAws aws;
  private final URI kinesisEndpoint;
  private final AwsClients clients;
  private final KinesisClient kinesis;

  private SystemStack(EmbeddedAws aws, URI kinesisEndpoint) {
    this.aws = aws;
    this.kinesisEndpoint = kinesisEndpoint;
    clients =
        AwsClients.open(
            new AwsClients.LocalStack(
                kinesisEndpoint,
                aws.dynamoDbEndpoint(),
                aws.s3Endpoint(),
                aws.region(),
                aws.accessKeyId(),
                aws.secretAccessKey()));
    opened.push(clients::close);
    kinesis =
        ReplayClient.builder()
            .endpointOverride(kinesisEndpoint)
            .region(Region.of(aws.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())))
            .build();
    opened.push(kinesis::close);
  }

  private static SystemStack over(EmbeddedAws aws, URI kinesisEndpoint) {
    var stack = new SystemStack(aws, kinesisEndpoint);
    stack.opened.addLast(aws::close);
    stack.s3().createBucket(create -> create.bucket(BUCKET));
    return stack;
  }

  static SystemStack start() {
    EmbeddedAws aws = EmbeddedAws.start();
    return over(aws, aws.kinesisEndpoint());
  }

  /** The same with a stream server that runs elsewhere. */
  static SystemStack withKinesisAt(URI endpoint) {
    return over(EmbeddedAws.start(), endpoint);
  }

  /** This stack with another stream server; closing it leaves this one as it is. */
  SystemStack besideKinesisAt(URI endpoint) {
    return new SystemStack(aws, endpoint);
  }

  /** What a child process needs to find this stack, and the stack only. */
  Map<String, String> environment() {
    var variables = new HashMap<>(aws.environment());
    variables.put("AWS_ENDPOINT_URL_KINESIS", kinesisEndpoint.toString());
    return variables;
  }

  /** Starts a proxy in front of a service, for those who are told of it. */
  FaultProxy startProxy(AwsService service) {
    FaultProxy proxy =
        FaultProxy.start(service == AwsService.KINESIS ? kinesisEndpoint : aws.endpoint(service));
    synchronized (opened) {
      opened.push(proxy::close);
    }
    return proxy;
  }

  /** Makes no retries of its own. */
  KinesisClient kinesis() {
    return kinesis;
  }

  S3Client s3() {
    return clients.s3();
  }

  DynamoDbAsyncClient dynamoDb() {
    return clients.dynamoDb();
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      opened.pop().run();
    }
  }
}
