package dev.sluice.local.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.local.LocalS3;
import dev.sluice.local.lambda.LambdaAnswer;
import dev.sluice.local.mapping.MappedFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** What a function hears of a bucket: every change, as S3 writes it, in order or not. */
class BucketNotificationsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final NotificationOptions AT_ONCE =
      NotificationOptions.defaults().withRetries(2, Duration.ZERO);

  private static LocalS3 server;
  private static S3Client s3;

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<String> givenUp = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() {
    server = LocalS3.start(0, "id", "secret");
    s3 =
        S3Client.builder()
            .endpointOverride(server.endpoint())
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    for (String bucket : List.of("changes", "disorder", "failures", "elsewhere")) {
      s3.createBucket(create -> create.bucket(bucket));
    }
  }

  @AfterAll
  static void stop() {
    s3.close();
    server.close();
  }

  private BucketNotifications notify(
      String bucket, NotificationOptions options, Function<String, LambdaAnswer> function) {
    var mapped =
        new MappedFunction() {
          @Override
          public String arn() {
            return "arn";
          }

          @Override
          public LambdaAnswer invoke(byte[] event) {
            String text = new String(event, UTF_8);
            heard.add(text);
            return function.apply(text);
          }
        };
    return BucketNotifications.toFunction(server.changes(), bucket, mapped, options, givenUp::add);
  }

  private static LambdaAnswer success(String event) {
    return LambdaAnswer.success(new byte[0]);
  }

  private static void put(String bucket, String key) {
    s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("content"));
  }

  private static JsonNode record(String event) {
    try {
      return JSON.readTree(event).path("Records").path(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyKindOfChange() {
    BucketNotifications notifications =
        notify("changes", AT_ONCE, BucketNotificationsTest::success);
    try (notifications) {
      put("changes", "a b+é/x.log");
      put("elsewhere", "not-told");
      s3.copyObject(
          copy ->
              copy.sourceBucket("changes")
                  .sourceKey("a b+é/x.log")
                  .destinationBucket("changes")
                  .destinationKey("copy"));
      String upload =
          s3.createMultipartUpload(create -> create.bucket("changes").key("parts")).uploadId();
      String eTag =
          s3.uploadPart(
                  part -> part.bucket("changes").key("parts").uploadId(upload).partNumber(1),
                  RequestBody.fromString("12345"))
              .eTag();
      s3.completeMultipartUpload(
          complete ->
              complete
                  .bucket("changes")
                  .key("parts")
                  .uploadId(upload)
                  .multipartUpload(
                      parts ->
                          parts.parts(CompletedPart.builder().partNumber(1).eTag(eTag).build())));
      s3.deleteObject(delete -> delete.bucket("changes").key("copy"));
      s3.deleteObject(delete -> delete.bucket("changes").key("never-there"));
    }
    assertThat(notifications.counts()).isEqualTo(new NotificationCounts(4, 4, 0, 0));
    assertThat(heard)
        .extracting(event -> record(event).path("eventName").asText())
        .containsExactly(
            ObjectChange.PUT, ObjectChange.COPY, ObjectChange.MULTIPART, ObjectChange.DELETE);
    JsonNode put = record(heard.get(0)).path("s3").path("object");
    assertThat(put.path("key").asText()).isEqualTo("a+b%2B%C3%A9%2Fx.log");
    assertThat(put.path("size").asInt()).isEqualTo(7);
    assertThat(put.path("eTag").asText())
        .isEqualTo(
            s3.headObject(head -> head.bucket("changes").key("a b+é/x.log"))
                .eTag()
                .replace("\"", ""));
    assertThat(record(heard.get(2)).path("s3").path("object").path("size").asInt()).isEqualTo(5);
    List<String> sequencers =
        heard.stream()
            .map(event -> record(event).path("s3").path("object").path("sequencer").asText())
            .toList();
    assertThat(sequencers).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void repeatsAndDisorder() {
    NotificationOptions options = AT_ONCE.withDisorder(0.5, 0.3, 7);
    try (var notifications = notify("disorder", options, BucketNotificationsTest::success)) {
      for (int i = 0; i < 20; i++) {
        put("disorder", "key" + i);
      }
      assertThat(notifications.counts().changes()).isEqualTo(20);
    }
    List<Integer> keys =
        heard.stream()
            .map(event -> record(event).path("s3").path("object").path("key").asText())
            .map(key -> Integer.valueOf(key.substring(3)))
            .toList();
    assertThat(new HashSet<>(keys)).hasSize(20);
    assertThat(keys).hasSizeGreaterThan(22);
    assertThat(keys).isNotEqualTo(keys.stream().sorted().toList());
  }

  @Test
  void retriesThenGivesUp() {
    LambdaAnswer error = LambdaAnswer.failure("Broken", "on purpose");
    BucketNotifications notifications =
        notify(
            "failures",
            AT_ONCE,
            event -> event.contains("poison") || heard.size() == 1 ? error : success(event));
    try (notifications) {
      put("failures", "first");
      put("failures", "poison");
      put("failures", "last");
    }
    assertThat(notifications.counts()).isEqualTo(new NotificationCounts(3, 2, 4, 1));
    assertThat(givenUp).hasSize(1);
    assertThat(givenUp.get(0)).contains("poison").startsWith("{\"Records\":[");
  }
}
