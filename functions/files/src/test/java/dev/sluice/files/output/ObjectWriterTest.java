package dev.sluice.files.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.files.calls.ServiceFailure;
import dev.sluice.local.LocalS3;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Objects of one part and of several: there as a whole, or not at all. */
class ObjectWriterTest {
  private static LocalS3 server;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    server = LocalS3.start(0, "id", "secret");
    URI endpoint = server.endpoint();
    s3 =
        S3Client.builder()
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    s3.createBucket(create -> create.bucket("bucket"));
  }

  @AfterAll
  static void stop() {
    s3.close();
    server.close();
  }

  private static byte[] random(int bytes) {
    var random = new byte[bytes];
    new Random(20_261_122).nextBytes(random);
    return random;
  }

  private static byte[] stored(String key) {
    return s3.getObjectAsBytes(get -> get.bucket("bucket").key(key)).asByteArray();
  }

  private static void write(ObjectWriter object, byte[] content) {
    int at = 0;
    for (int piece = 1; at < content.length; piece = piece * 3 + 1) {
      int count = Math.min(piece, content.length - at);
      object.write(content, at, count);
      at += count;
    }
  }

  @Test
  void ofAnyLength() {
    for (int bytes :
        new int[] {0, 1, 100_000, ObjectWriter.PART_BYTES, 2 * ObjectWriter.PART_BYTES + 5}) {
      byte[] content = random(bytes);
      try (var object = new ObjectWriter(s3, "bucket", "k" + bytes, "text/plain", Runnable::run)) {
        write(object, content);
        object.finish();
      }
      assertThat(stored("k" + bytes)).isEqualTo(content);
    }
  }

  @Test
  void whatIsNotFinishedIsNotThereAndItsPartsAreGone() {
    try (var object = new ObjectWriter(s3, "bucket", "given-up", "text/plain", Runnable::run)) {
      write(object, random(ObjectWriter.PART_BYTES + 5));
    }
    assertThat(s3.listObjectsV2(list -> list.bucket("bucket").prefix("given-up")).contents())
        .isEmpty();
    assertThat(s3.listMultipartUploads(list -> list.bucket("bucket")).uploads()).isEmpty();
  }

  @Test
  void aPartThatIsNotTakenFailsTheObjectAndAbortsIt() {
    List<String> called = new ArrayList<>();
    S3Client failing =
        (S3Client)
            Proxy.newProxyInstance(
                S3Client.class.getClassLoader(),
                new Class<?>[] {S3Client.class},
                (proxy, method, arguments) -> {
                  called.add(method.getName());
                  if (method.getName().equals("uploadPart")) {
                    throw SdkClientException.create("broken");
                  }
                  try {
                    return method.invoke(s3, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    try (var object = new ObjectWriter(failing, "bucket", "broken", "text/plain", Runnable::run)) {
      assertThatThrownBy(() -> write(object, random(3 * ObjectWriter.PART_BYTES)))
          .isInstanceOf(ServiceFailure.class)
          .hasMessage("s3:PutObject on arn:aws:s3:::bucket/broken failed: SdkClientException");
    }
    assertThat(called).contains("abortMultipartUpload").doesNotContain("completeMultipartUpload");
    assertThat(s3.listMultipartUploads(list -> list.bucket("bucket")).uploads()).isEmpty();
  }
}
