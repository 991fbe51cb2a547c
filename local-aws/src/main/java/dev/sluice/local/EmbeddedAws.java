package dev.sluice.local;

import dev.sluice.local.firehose.LocalFirehose;
import dev.sluice.local.kinesis.KinesisEmulator;
import dev.sluice.local.kinesis.KinesisEmulatorOptions;
import dev.sluice.local.notification.ObjectChanges;
import dev.sluice.local.proxy.FaultProxy;
import dev.sluice.local.recording.LocalCloudWatch;
import dev.sluice.local.recording.LocalSns;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The embedded AWS stack of the demo and the tests: Kinesis, DynamoDB with Streams, S3, Firehose
 * delivering to that S3, SNS and CloudWatch metrics, and SQS where it is asked for; in this
 * process, in memory or in a temporary folder, on loopback only. {@link #close} stops everything
 * and removes what it wrote.
 *
 * <p>{@link #environment} holds what any AWS tool or SDK needs to find it.
 */
public final class EmbeddedAws implements AutoCloseable {

  private static final String ACCESS_KEY_ID = "local";
  private static final String SECRET_ACCESS_KEY = "local-secret";

  private final Map<AwsService, URI> endpoints = new EnumMap<>(AwsService.class);
  private final Map<AwsService, FaultProxy> proxies = new EnumMap<>(AwsService.class);

  /** What has started, the last first. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private final KinesisEmulator kinesis;
  private final LocalS3 s3;
  private final LocalFirehose firehose;
  private final LocalSns sns;
  private final LocalCloudWatch cloudWatch;

  private EmbeddedAws(EmbeddedAwsOptions options) {
    InstantSource clock = options.kinesis().clock();
    RandomGenerator random = RandomGenerator.getDefault();
    try {
      kinesis = started(startKinesis(options.kinesis()));
      endpoints.put(AwsService.KINESIS, kinesis.endpoint());
      var dynamoDb = started(LocalDynamoDb.start(options.port(AwsService.DYNAMODB)));
      endpoints.put(AwsService.DYNAMODB, dynamoDb.endpoint());
      s3 = started(LocalS3.start(options.port(AwsService.S3), ACCESS_KEY_ID, SECRET_ACCESS_KEY));
      endpoints.put(AwsService.S3, s3.endpoint());
      S3Client delivery = started(deliveryClient(s3.endpoint()));
      firehose =
          started(LocalFirehose.start(options.port(AwsService.FIREHOSE), delivery, clock, random));
      firehose.connect(kinesis);
      endpoints.put(AwsService.FIREHOSE, firehose.endpoint());
      sns = started(LocalSns.start(options.port(AwsService.SNS), clock, random));
      endpoints.put(AwsService.SNS, sns.endpoint());
      cloudWatch =
          started(LocalCloudWatch.start(options.port(AwsService.CLOUDWATCH), clock, random));
      endpoints.put(AwsService.CLOUDWATCH, cloudWatch.endpoint());
      if (options.sqs()) {
        var sqs = started(LocalSqs.start(options.port(AwsService.SQS)));
        endpoints.put(AwsService.SQS, sqs.endpoint());
      }
      if (options.faultProxies()) {
        endpoints.forEach(
            (service, endpoint) -> proxies.put(service, started(FaultProxy.start(endpoint))));
      }
    } catch (RuntimeException cannotStart) {
      closeAll(cannotStart);
      throw cannotStart;
    }
  }

  private <T extends AutoCloseable> T started(T part) {
    parts.push(part);
    return part;
  }

  /** Starts the stack on free ports of the loopback address. */
  public static EmbeddedAws start() {
    return start(EmbeddedAwsOptions.defaults());
  }

  /**
   * Starts the stack.
   *
   * @throws LocalAwsException when a part of it cannot listen; nothing is left running
   */
  public static EmbeddedAws start(EmbeddedAwsOptions options) {
    return new EmbeddedAws(options);
  }

  private static S3Client deliveryClient(URI s3) {
    return S3Client.builder()
        .endpointOverride(s3)
        .forcePathStyle(true)
        .region(Region.of(LocalAccount.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(ACCESS_KEY_ID, SECRET_ACCESS_KEY)))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static KinesisEmulator startKinesis(KinesisEmulatorOptions options) {
    try {
      return KinesisEmulator.start(options);
    } catch (UncheckedIOException cannotListen) {
      throw LocalAwsException.cannotStart("Kinesis", options.port(), cannotListen);
    }
  }

  /** The stream server itself, for tests that inject faults. */
  public KinesisEmulator kinesis() {
    return kinesis;
  }

  /** What changes in the buckets, for notifications. */
  public ObjectChanges objectChanges() {
    return s3.changes();
  }

  /** The Firehose service itself, to create streams and to inject faults. */
  public LocalFirehose firehose() {
    return firehose;
  }

  /** What was published. */
  public LocalSns sns() {
    return sns;
  }

  /** What metrics were put. */
  public LocalCloudWatch cloudWatch() {
    return cloudWatch;
  }

  /**
   * The proxy in front of a service.
   *
   * @throws IllegalStateException unless the stack was started with proxies and that service
   */
  public FaultProxy proxy(AwsService service) {
    FaultProxy proxy = proxies.get(service);
    if (proxy == null) {
      throw new IllegalStateException("no proxy was started in front of " + service);
    }
    return proxy;
  }

  /**
   * Where a service listens, without the proxy.
   *
   * @throws IllegalStateException if it was not started
   */
  public URI endpoint(AwsService service) {
    URI endpoint = endpoints.get(service);
    if (endpoint == null) {
      throw new IllegalStateException(service + " was not started");
    }
    return endpoint;
  }

  public URI kinesisEndpoint() {
    return endpoint(AwsService.KINESIS);
  }

  public URI dynamoDbEndpoint() {
    return endpoint(AwsService.DYNAMODB);
  }

  public URI s3Endpoint() {
    return endpoint(AwsService.S3);
  }

  public URI firehoseEndpoint() {
    return endpoint(AwsService.FIREHOSE);
  }

  public String region() {
    return LocalAccount.REGION;
  }

  public String accessKeyId() {
    return ACCESS_KEY_ID;
  }

  public String secretAccessKey() {
    return SECRET_ACCESS_KEY;
  }

  /**
   * The environment variables by which the AWS SDKs and the AWS command line find this stack, in a
   * stable order, behind the proxies where there are any. With them no tool asks a metadata service
   * for credentials.
   */
  public Map<String, String> environment() {
    var variables = new LinkedHashMap<String, String>();
    endpoints.forEach(
        (service, endpoint) -> {
          FaultProxy proxy = proxies.get(service);
          URI seen = proxy == null ? endpoint : proxy.endpoint();
          service.variables().forEach(name -> variables.put(name, seen.toString()));
        });
    variables.put("AWS_REGION", LocalAccount.REGION);
    variables.put("AWS_DEFAULT_REGION", LocalAccount.REGION);
    variables.put("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID);
    variables.put("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY);
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    return variables;
  }

  @Override
  public void close() {
    var failure = new LocalAwsException("The local AWS stack does not stop cleanly", null);
    closeAll(failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private void closeAll(RuntimeException failure) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception each) {
        failure.addSuppressed(each);
      }
    }
  }
}
