package dev.sluice.local.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.local.LocalS3;
import dev.sluice.local.kinesis.ManualClock;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGeneratorFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A local Firehose on a clock that the test sets, with a bucket, and AWS's own clients of both. */
final class FirehoseFixture implements AutoCloseable {

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "secret"));

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  /** One S3 for all tests of the JVM, ended with it: its end takes two seconds. */
  private static final LocalS3 S3 = LocalS3.start(0, "local", "secret");

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(S3::close));
  }

  final ManualClock clock = new ManualClock();
  final String bucket = "bucket-" + BUCKETS.incrementAndGet();
  final S3Client s3;
  final LocalFirehose firehose;
  final FirehoseClient client;
  private final AtomicBoolean s3Refuses = new AtomicBoolean();

  FirehoseFixture() {
    s3 =
        S3Client.builder()
            .endpointOverride(S3.endpoint())
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(CREDENTIALS)
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(config -> config.addExecutionInterceptor(new Refusal()))
            .build();
    s3.createBucket(create -> create.bucket(bucket));
    firehose =
        LocalFirehose.start(0, s3, clock, RandomGeneratorFactory.of("L64X128MixRandom").create(42));
    client = client(firehose.endpoint());
  }

  /** Lets every request to S3 fail before it is sent. */
  void refuseS3(boolean on) {
    s3Refuses.set(on);
  }

  private final class Refusal implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution request, ExecutionAttributes attributes) {
      if (s3Refuses.get()) {
        throw S3Exception.builder().message("refused on demand").build();
      }
    }
  }

  /** A client that tells of each error instead of trying again. */
  static FirehoseClient client(URI endpoint) {
    return FirehoseClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  static Record record(String text) {
    return record(text.getBytes(UTF_8));
  }

  static Record record(byte[] data) {
    return Record.builder().data(SdkBytes.fromByteArray(data)).build();
  }

  void put(String stream, String... texts) {
    List<Record> records = List.of(texts).stream().map(FirehoseFixture::record).toList();
    client.putRecordBatch(put -> put.deliveryStreamName(stream).records(records));
  }

  /** Keys in the order of the alphabet. */
  List<String> keys() {
    return s3.listObjectsV2(list -> list.bucket(bucket)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  String content(String key) {
    return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asString(UTF_8);
  }

  /** The content of the only object. */
  String onlyContent() {
    if (keys().size() != 1) {
      throw new AssertionError("not one object: " + keys());
    }
    return content(keys().get(0));
  }

  @Override
  public void close() {
    client.close();
    firehose.close();
    s3.close();
  }
}
