package dev.sluice.consumer.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3TileStoreTest {
  private static final TileStore.Content CONTENT =
      TileStore.Content.gzip("tile".getBytes(StandardCharsets.UTF_8), Map.of("sluice-a", "b"));
  private static final RetryPolicy POLICY =
      new RetryPolicy(4, Duration.ofMillis(100), Duration.ofMillis(250));

  private final ScriptedS3 s3 = new ScriptedS3();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> retried = new ArrayList<>();
  private final TileStore store =
      new S3TileStore(
          s3,
          "bucket",
          POLICY,
          pauses::add,
          new Random(1),
          new ConsumerEvents() {
            @Override
            public void storeRetried(String operation, String why) {
              retried.add(operation + ": " + why);
            }
          });

  /** Fails as scripted, then succeeds, and keeps what it was sent. */
  private static final class ScriptedS3 implements S3Client {
    final Queue<RuntimeException> failures = new ArrayDeque<>();
    final List<String> sent = new ArrayList<>();

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      try (var in = body.contentStreamProvider().newStream()) {
        sent.add(
            request.bucket()
                + '/'
                + request.key()
                + " if-none-match "
                + request.ifNoneMatch()
                + ' '
                + request.metadata()
                + ' '
                + new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      failIfScripted();
      return PutObjectResponse.builder().build();
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
      failIfScripted();
      return HeadObjectResponse.builder().metadata(Map.of("k", "v")).build();
    }

    private void failIfScripted() {
      if (!failures.isEmpty()) {
        throw failures.remove();
      }
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }

  private static RuntimeException status(int status, String code) {
    return S3Exception.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }

  private void fail(RuntimeException... failures) {
    s3.failures.addAll(Arrays.asList(failures));
  }

  @Test
  void sendsTheSameBytesAgainAfterATimeOutAConflictAndAServerError() {
    fail(
        ApiCallAttemptTimeoutException.builder().message("too slow").build(),
        status(409, "ConditionalRequestConflict"),
        status(503, "SlowDown"));
    assertThat(store.putIfAbsent("k", CONTENT)).isEqualTo(TileStore.PutAnswer.CREATED);
    assertThat(s3.sent).hasSize(4).containsOnly("bucket/k if-none-match * {sluice-a=b} tile");
    assertThat(retried)
        .containsExactly(
            "PutObject: too slow",
            "PutObject: 409 ConditionalRequestConflict",
            "PutObject: 503 SlowDown");
    assertThat(pauses).hasSize(3).allMatch(pause -> pause.compareTo(POLICY.maxBackoff()) <= 0);
  }

  @Test
  void takesAFailedConditionForAnAnswer() {
    fail(status(412, "PreconditionFailed"));
    assertThat(store.putIfAbsent("k", CONTENT)).isEqualTo(TileStore.PutAnswer.ALREADY_THERE);
    assertThat(s3.sent).hasSize(1);
  }

  @Test
  void writesRejectsWithoutACondition() {
    store.put("k", CONTENT);
    assertThat(s3.sent).containsExactly("bucket/k if-none-match null {sluice-a=b} tile");
  }

  @Test
  void givesUpAfterItsAttemptsAndNamesTheObject() {
    for (int i = 0; i < POLICY.maxAttempts(); i++) {
      fail(SdkClientException.create("connection refused"));
    }
    assertThatThrownBy(() -> store.putIfAbsent("k", CONTENT))
        .isInstanceOf(StoreException.class)
        .hasMessage("PutObject on s3://bucket/k failed 4 times: connection refused");
    assertThat(s3.sent).hasSize(POLICY.maxAttempts());
  }

  @Test
  void doesNotRepeatWhatCannotHeal() {
    fail(status(403, "AccessDenied"));
    assertThatThrownBy(() -> store.putIfAbsent("k", CONTENT))
        .isInstanceOf(StoreException.class)
        .hasMessage("PutObject on s3://bucket/k failed: 403 AccessDenied");
    assertThat(s3.sent).hasSize(1);
  }

  @Test
  void aMissingObjectIsAnAnswerToAHead() {
    assertThat(store.head("k")).contains(Map.of("k", "v"));
    fail(status(404, ""));
    assertThat(store.head("k")).isEmpty();
  }

  @Test
  void backoffDoublesUpToItsCeilingWithFullJitter() {
    var random = new Random(3);
    for (int attempt = 1; attempt < 80; attempt++) {
      Duration backoff = POLICY.backoff(attempt, random);
      assertThat(backoff).isBetween(Duration.ZERO, POLICY.maxBackoff());
      if (attempt == 1) {
        assertThat(backoff).isLessThanOrEqualTo(POLICY.firstBackoff());
      }
    }
  }
}
