package dev.sluice.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * A client may use its connection again after any answer that does not say {@code Connection:
 * close}, however late the end of its request comes.
 */
class KeptConnectionTest {

  private static final AwsBasicCredentials CREDENTIALS =
      AwsBasicCredentials.create("local", "secret");
  private static final String BUCKET = "kept";
  private static final String CONTENT = "hello";
  private static final String END_OF_CHUNK = CONTENT + "\r\n";

  /** More than Jetty reads by itself after an answer, and than two socket buffers hold. */
  private static final int LARGE_BODY_BYTES = 16 << 20;

  private static LocalS3 server;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    server = LocalS3.start(0, CREDENTIALS.accessKeyId(), CREDENTIALS.secretAccessKey());
    s3 =
        S3Client.builder()
            .endpointOverride(server.endpoint())
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(CREDENTIALS))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    s3.createBucket(bucket -> bucket.bucket(BUCKET));
  }

  @AfterAll
  static void stop() {
    s3.close();
    server.close();
  }

  @Test
  void aRefusedPutIsReadToItsEnd() throws Exception {
    try (var connection = new RawConnection(server.endpoint())) {
      connection.sendHead(
          "PUT",
          "/" + BUCKET + "/unsigned",
          Map.of("Content-Length", Integer.toString(LARGE_BODY_BYTES)));
      connection.send(new byte[LARGE_BODY_BYTES]);
      assertThat(connection.readAnswer().status()).isEqualTo(403);
      assertCanBeUsedAgain(connection);
    }
  }

  @Test
  void theChecksumMayArriveAfterTheAnswerThatTheKeyIsTaken() throws Exception {
    s3.putObject(put -> put.bucket(BUCKET).key("taken"), RequestBody.fromString(CONTENT));
    var put = new SignedPut("taken");
    try (var connection = new RawConnection(server.endpoint())) {
      connection.sendHead("PUT", put.path, put.headers);
      connection.send(put.upToTheContent());
      assertThat(connection.readAnswer().status()).isEqualTo(412);
      connection.send(put.afterTheContent());
      assertCanBeUsedAgain(connection);
    }
  }

  @Test
  void theChecksumMayArriveAfterTheObjectIsWritten() throws Exception {
    var put = new SignedPut("free");
    try (var connection = new RawConnection(server.endpoint())) {
      connection.sendHead("PUT", put.path, put.headers);
      connection.send(put.upToTheContent());
      while (!exists("free")) {
        Thread.onSpinWait();
      }
      connection.send(put.afterTheContent());
      RawConnection.Answer answer = connection.readAnswer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).doesNotContainEntry("connection", "close");
      assertCanBeUsedAgain(connection);
    }
  }

  /** Java's HttpURLConnection loses an answer that comes in one piece with 100 Continue. */
  @Test
  void whoWaitsToSendItsBodyIsAnsweredBehindIt() throws Exception {
    var put = new SignedPut("missing-bucket", "key");
    put.headers.put("Expect", "100-continue");
    try (var connection = new RawConnection(server.endpoint())) {
      connection.sendHead("PUT", put.path, put.headers);
      assertThat(connection.readContinueAlone()).isTrue();
      connection.send(put.upToTheContent());
      connection.send(put.afterTheContent());
      assertThat(connection.readAnswer().status()).isEqualTo(404);
      assertCanBeUsedAgain(connection);
    }
  }

  private static boolean exists(String key) {
    try {
      s3.headObject(head -> head.bucket(BUCKET).key(key));
      return true;
    } catch (NoSuchKeyException notYet) {
      return false;
    }
  }

  private static void assertCanBeUsedAgain(RawConnection connection) throws Exception {
    connection.sendHead("GET", "/healthz", Map.of());
    assertThat(connection.readAnswer().status()).isEqualTo(200);
  }

  /** A PUT of {@link #CONTENT} if the key is free, as the SDK sends it. */
  private static final class SignedPut {
    final String path;
    final Map<String, String> headers = new LinkedHashMap<>();
    private final byte[] body;
    private final int endOfContent;

    SignedPut(String key) throws Exception {
      this(BUCKET, key);
    }

    SignedPut(String bucket, String key) throws Exception {
      path = "/" + bucket + "/" + key;
      SignedRequest signed =
          AwsV4HttpSigner.create()
              .sign(
                  sign ->
                      sign.identity(CREDENTIALS)
                          .request(
                              SdkHttpRequest.builder()
                                  .method(SdkHttpMethod.PUT)
                                  .uri(server.endpoint())
                                  .encodedPath(path)
                                  .putHeader("If-None-Match", "*")
                                  .putHeader("Content-Length", "" + CONTENT.length())
                                  .build())
                          .payload(RequestBody.fromString(CONTENT).contentStreamProvider())
                          .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                          .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                          .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                          .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                          .putProperty(AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, true)
                          .putProperty(
                              AwsV4FamilyHttpSigner.CHECKSUM_ALGORITHM,
                              DefaultChecksumAlgorithm.CRC32));
      signed.request().headers().forEach((name, values) -> headers.put(name, values.get(0)));
      body = signed.payload().orElseThrow().newStream().readAllBytes();
      headers.put("Content-Length", Integer.toString(body.length));
      endOfContent = new String(body, ISO_8859_1).indexOf(END_OF_CHUNK) + END_OF_CHUNK.length();
    }

    byte[] upToTheContent() {
      return Arrays.copyOf(body, endOfContent);
    }

    byte[] afterTheContent() {
      return Arrays.copyOfRange(body, endOfContent, body.length);
    }
  }
}
