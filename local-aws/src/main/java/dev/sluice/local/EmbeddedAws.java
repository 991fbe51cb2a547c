package dev.sluice.local;

import dev.sluice.local.firehose.LocalFirehose;
import dev.sluice.local.kinesis.KinesisEmulator;
import dev.sluice.local.kinesis.KinesisEmulatorOptions;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The embedded AWS stack of the demo and the tests: Kinesis, DynamoDB with Streams, S3, and
 * Firehose delivering to that S3, in this process, in memory or in a temporary folder, on loopback
 * only. {@link #close} stops everything and removes what it wrote.
 *
 * <p>{@link #environment} holds what any AWS tool or SDK needs to find it.
 */
public final class EmbeddedAws implements AutoCloseable {

  private static final String ACCESS_KEY_ID = "local";
  private static final String SECRET_ACCESS_KEY = "local-secret";

  /**
   * How the stack starts.
   *
   * @param kinesis settings of the stream server, its port and limits among them
   * @param dynamoDbPort port on loopback, 0 for a free one
   * @param s3Port port on loopback, 0 for a free one
   * @param firehosePort port on loopback, 0 for a free one
   */
  public record Options(
      KinesisEmulatorOptions kinesis, int dynamoDbPort, int s3Port, int firehosePort) {

    /** Free ports, and the stream's limits of the real service on. */
    public static Options defaults() {
      return new Options(KinesisEmulatorOptions.defaults(), 0, 0, 0);
    }

    public Options withKinesis(KinesisEmulatorOptions changed) {
      return new Options(changed, dynamoDbPort, s3Port, firehosePort);
    }
  }

  private final KinesisEmulator kinesis;
  private final LocalDynamoDb dynamoDb;
  private final LocalS3 s3;
  private final S3Client delivery;
  private final LocalFirehose firehose;

  private EmbeddedAws(
      KinesisEmulator kinesis,
      LocalDynamoDb dynamoDb,
      LocalS3 s3,
      S3Client delivery,
      LocalFirehose firehose) {
    this.kinesis = kinesis;
    this.dynamoDb = dynamoDb;
    this.s3 = s3;
    this.delivery = delivery;
    this.firehose = firehose;
  }

  /** Starts the stack on free ports of the loopback address. */
  public static EmbeddedAws start() {
    return start(Options.defaults());
  }

  /**
   * Starts the stack.
   *
   * @throws LocalAwsException when a part of it cannot listen; nothing is left running
   */
  public static EmbeddedAws start(Options options) {
    KinesisEmulator kinesis = startKinesis(options.kinesis());
    LocalDynamoDb dynamoDb = null;
    LocalS3 s3 = null;
    S3Client delivery = null;
    try {
      dynamoDb = LocalDynamoDb.start(options.dynamoDbPort());
      s3 = LocalS3.start(options.s3Port(), ACCESS_KEY_ID, SECRET_ACCESS_KEY);
      delivery = deliveryClient(s3.endpoint());
      var firehose =
          LocalFirehose.start(
              options.firehosePort(),
              delivery,
              options.kinesis().clock(),
              RandomGenerator.getDefault());
      firehose.connect(kinesis);
      return new EmbeddedAws(kinesis, dynamoDb, s3, delivery, firehose);
    } catch (RuntimeException cannotStart) {
      closeAll(cannotStart, delivery, s3, dynamoDb, kinesis);
      throw cannotStart;
    }
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

  /** The Firehose service itself, to create streams and to inject faults. */
  public LocalFirehose firehose() {
    return firehose;
  }

  public URI kinesisEndpoint() {
    return kinesis.endpoint();
  }

  public URI dynamoDbEndpoint() {
    return dynamoDb.endpoint();
  }

  public URI s3Endpoint() {
    return s3.endpoint();
  }

  public URI firehoseEndpoint() {
    return firehose.endpoint();
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
   * stable order. With them no tool asks a metadata service for credentials.
   */
  public Map<String, String> environment() {
    var variables = new LinkedHashMap<String, String>();
    variables.put("AWS_ENDPOINT_URL_KINESIS", kinesisEndpoint().toString());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDbEndpoint().toString());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", dynamoDbEndpoint().toString());
    variables.put("AWS_ENDPOINT_URL_S3", s3Endpoint().toString());
    variables.put("AWS_ENDPOINT_URL_FIREHOSE", firehoseEndpoint().toString());
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
    closeAll(failure, firehose, delivery, s3, dynamoDb, kinesis);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private static void closeAll(RuntimeException failure, AutoCloseable... parts) {
    for (AutoCloseable part : parts) {
      if (part == null) {
        continue;
      }
      try {
        part.close();
      } catch (Exception each) {
        failure.addSuppressed(each);
      }
    }
  }
}
