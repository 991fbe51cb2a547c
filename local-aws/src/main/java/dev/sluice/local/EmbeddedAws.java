package dev.sluice.local;

import dev.sluice.local.kinesis.KinesisEmulator;
import dev.sluice.local.kinesis.KinesisEmulatorOptions;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The embedded AWS stack of the demo and the tests: Kinesis, DynamoDB with Streams, and S3, in this
 * process, in memory or in a temporary folder, on loopback only. {@link #close} stops everything
 * and removes what it wrote.
 *
 * <p>{@link #environment} holds what any AWS tool or SDK needs to find it.
 */
public final class EmbeddedAws implements AutoCloseable {

  private static final String REGION = "us-east-1";
  private static final String ACCESS_KEY_ID = "local";
  private static final String SECRET_ACCESS_KEY = "local-secret";

  /**
   * How the stack starts.
   *
   * @param kinesis settings of the stream server, its port and limits among them
   * @param dynamoDbPort port on loopback, 0 for a free one
   * @param s3Port port on loopback, 0 for a free one
   */
  public record Options(KinesisEmulatorOptions kinesis, int dynamoDbPort, int s3Port) {

    /** Free ports, and the stream's limits of the real service on. */
    public static Options defaults() {
      return new Options(KinesisEmulatorOptions.defaults(), 0, 0);
    }

    public Options withKinesis(KinesisEmulatorOptions changed) {
      return new Options(changed, dynamoDbPort, s3Port);
    }
  }

  private final KinesisEmulator kinesis;
  private final LocalDynamoDb dynamoDb;
  private final LocalS3 s3;

  private EmbeddedAws(KinesisEmulator kinesis, LocalDynamoDb dynamoDb, LocalS3 s3) {
    this.kinesis = kinesis;
    this.dynamoDb = dynamoDb;
    this.s3 = s3;
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
    try {
      dynamoDb = LocalDynamoDb.start(options.dynamoDbPort());
      LocalS3 s3 = LocalS3.start(options.s3Port(), ACCESS_KEY_ID, SECRET_ACCESS_KEY);
      return new EmbeddedAws(kinesis, dynamoDb, s3);
    } catch (RuntimeException cannotStart) {
      closeAll(cannotStart, dynamoDb, kinesis);
      throw cannotStart;
    }
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

  public URI kinesisEndpoint() {
    return kinesis.endpoint();
  }

  public URI dynamoDbEndpoint() {
    return dynamoDb.endpoint();
  }

  public URI s3Endpoint() {
    return s3.endpoint();
  }

  public String region() {
    return REGION;
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
    variables.put("AWS_REGION", REGION);
    variables.put("AWS_DEFAULT_REGION", REGION);
    variables.put("AWS_ACCESS_KEY_ID", ACCESS_KEY_ID);
    variables.put("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY);
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    return variables;
  }

  @Override
  public void close() {
    var failure = new LocalAwsException("The local AWS stack does not stop cleanly", null);
    closeAll(failure, s3, dynamoDb, kinesis);
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
