package dev.sluice.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Sluice;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.ProcessorParameter;
import software.amazon.awssdk.services.firehose.model.ProcessorParameterName;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** {@code ./sluice local-aws} with a function, used as any AWS tool uses it. */
class LocalFunctionTest {

  private static final Path FOLDER = Path.of("target", "system-tests", "local-function");
  private static final String BUCKET = "delivered";
  private static final String STREAM = "lines";
  private static final String ROLE = "arn:aws:iam::000000000000:role/firehose";
  private static final String FUNCTION =
      "arn:aws:lambda:us-east-1:000000000000:function:firehose-transform";

  @TempDir Path functionFolder;

  @Test
  void aStreamThatNamesTheFunctionDeliversWhatItMakes() throws IOException {
    writeFunction();
    try (ChildProcess child =
        ChildProcess.start(
            FOLDER,
            "run",
            Map.of(),
            Sluice.class.getName(),
            "local-aws",
            "--function",
            functionFolder.toString(),
            "--handler",
            ReversingHandler.class.getName() + "::handleRequest")) {
      child.await("local-aws up", () -> child.err().contains("is up"));
      assertThat(child.err()).contains("the function is " + FUNCTION);
      Map<String, String> exports = exports(child.out());
      try (S3Client s3 = s3(exports);
          FirehoseClient firehose = firehose(exports)) {
        s3.createBucket(create -> create.bucket(BUCKET));
        firehose.createDeliveryStream(
            create ->
                create
                    .deliveryStreamName(STREAM)
                    .extendedS3DestinationConfiguration(destination()));
        firehose.putRecord(
            put ->
                put.deliveryStreamName(STREAM)
                    .record(record -> record.data(SdkBytes.fromString("abc", UTF_8))));
        child.await("an object", () -> s3.listObjectsV2(l -> l.bucket(BUCKET)).keyCount() > 0);
        S3Object object = s3.listObjectsV2(list -> list.bucket(BUCKET)).contents().get(0);
        assertThat(s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(object.key())).asString(UTF_8))
            .isEqualTo("cba");
      }
      child.terminate();
      assertThat(child.exitCode()).as(child.printed()).isZero();
    }
  }

  private static ExtendedS3DestinationConfiguration destination() {
    Processor lambda =
        Processor.builder()
            .type(ProcessorType.LAMBDA)
            .parameters(
                parameter(ProcessorParameterName.LAMBDA_ARN, FUNCTION),
                parameter(ProcessorParameterName.BUFFER_INTERVAL_IN_SECONDS, "0"))
            .build();
    return ExtendedS3DestinationConfiguration.builder()
        .bucketARN("arn:aws:s3:::" + BUCKET)
        .roleARN(ROLE)
        .processingConfiguration(processing -> processing.enabled(true).processors(lambda))
        .build();
  }

  private static ProcessorParameter parameter(ProcessorParameterName name, String value) {
    return ProcessorParameter.builder().parameterName(name).parameterValue(value).build();
  }

  private void writeFunction() throws IOException {
    String name = ReversingHandler.class.getName().replace('.', '/') + ".class";
    Path target = functionFolder.resolve(name);
    Files.createDirectories(target.getParent());
    try (InputStream in = ReversingHandler.class.getResourceAsStream("/" + name)) {
      Files.copy(in, target);
    }
  }

  private static Map<String, String> exports(String out) {
    return out.lines()
        .map(line -> line.substring("export ".length()).split("=", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }

  private static StaticCredentialsProvider credentials(Map<String, String> exports) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            exports.get("AWS_ACCESS_KEY_ID"), exports.get("AWS_SECRET_ACCESS_KEY")));
  }

  private static S3Client s3(Map<String, String> exports) {
    return S3Client.builder()
        .endpointOverride(URI.create(exports.get("AWS_ENDPOINT_URL_S3")))
        .forcePathStyle(true)
        .region(Region.of(exports.get("AWS_REGION")))
        .credentialsProvider(credentials(exports))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static FirehoseClient firehose(Map<String, String> exports) {
    return FirehoseClient.builder()
        .endpointOverride(URI.create(exports.get("AWS_ENDPOINT_URL_FIREHOSE")))
        .region(Region.of(exports.get("AWS_REGION")))
        .credentialsProvider(credentials(exports))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
