package dev.sluice.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class LocalS3Test {

  private static final int RACING_WRITERS = 16;
  private static final int ROUNDS = 20;
  private static final int LISTS_DURING_A_WRITE = 50;
  private static final String BUCKET = "race";

  private static LocalS3 server;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    server = LocalS3.start(0, "local", "secret");
    s3 =
        S3Client.builder()
            .endpointOverride(server.endpoint())
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    s3.createBucket(bucket -> bucket.bucket(BUCKET));
  }

  @AfterAll
  static void stop() throws Exception {
    s3.close();
    server.close();
  }

  @Test
  void ofSixteenRacingConditionalPutsExactlyOneAnswers200() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(RACING_WRITERS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String key = "dt=2026-01-01/tile " + round;
        List<Integer> statuses = race(writers, key);
        assertThat(statuses).as("round %d", round).hasSize(RACING_WRITERS);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 412).hasSize(RACING_WRITERS - 1);
        int winner = statuses.indexOf(200);
        assertThat(s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asString(UTF_8))
            .isEqualTo("writer " + winner);
      }
    } finally {
      writers.shutdownNow();
    }
  }

  private static List<Integer> race(ExecutorService writers, String key) throws Exception {
    var start = new CyclicBarrier(RACING_WRITERS);
    var answers = new ArrayList<Future<Integer>>();
    for (int writer = 0; writer < RACING_WRITERS; writer++) {
      String content = "writer " + writer;
      Callable<Integer> put =
          () -> {
            start.await();
            return putIfAbsent(key, content);
          };
      answers.add(writers.submit(put));
    }
    var statuses = new ArrayList<Integer>();
    for (Future<Integer> answer : answers) {
      statuses.add(answer.get());
    }
    return statuses;
  }

  private static int putIfAbsent(String key, String content) {
    try {
      return s3.putObject(
              put -> put.bucket(BUCKET).key(key).ifNoneMatch("*"), RequestBody.fromString(content))
          .sdkHttpResponse()
          .statusCode();
    } catch (S3Exception refused) {
      return refused.statusCode();
    }
  }

  @Test
  void keepsUserMetadataAndListsAndDeletes() {
    s3.putObject(
        put -> put.bucket(BUCKET).key("a/b.gz").metadata(Map.of("sluice-first", "1.0")),
        RequestBody.fromString("x"));
    assertThat(s3.headObject(head -> head.bucket(BUCKET).key("a/b.gz")).metadata())
        .containsEntry("sluice-first", "1.0");
    assertThat(s3.listObjectsV2(list -> list.bucket(BUCKET).prefix("a/")).contents())
        .extracting(object -> object.key())
        .containsExactly("a/b.gz");
    s3.deleteObject(delete -> delete.bucket(BUCKET).key("a/b.gz"));
    assertThatThrownBy(() -> s3.headObject(head -> head.bucket(BUCKET).key("a/b.gz")))
        .isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void anObjectThatIsBeingWrittenIsNotListedUnderAnyName() throws Exception {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    String named = "written/done-" + UUID.randomUUID();
    s3.putObject(put -> put.bucket(BUCKET).key(named), RequestBody.fromString("whole"));
    var held = new PipedOutputStream();
    var content = new PipedInputStream(held, 64);
    try {
      Future<?> upload =
          writer.submit(
              () ->
                  s3.putObject(
                      put -> put.bucket(BUCKET).key("written/slowly"),
                      RequestBody.fromInputStream(content, 3)));
      held.write('a');
      held.flush();
      for (int i = 0; i < LISTS_DURING_A_WRITE; i++) {
        assertThat(keys("written/")).containsExactly(named);
      }
      held.write('b');
      held.write('c');
      held.close();
      upload.get();
      assertThat(keys("written/")).containsExactly(named, "written/slowly");
    } finally {
      held.close();
      writer.shutdownNow();
    }
  }

  private static List<String> keys(String prefix) {
    return s3.listObjectsV2(list -> list.bucket(BUCKET).prefix(prefix)).contents().stream()
        .map(object -> object.key())
        .toList();
  }

  @Test
  void saysInOneLineThatThePortIsInUse() {
    int taken = server.endpoint().getPort();
    assertThatThrownBy(() -> LocalS3.start(taken, "local", "secret"))
        .isInstanceOf(LocalAwsException.class)
        .hasMessage("S3 cannot listen on 127.0.0.1:" + taken + ": the port is in use");
  }
}
