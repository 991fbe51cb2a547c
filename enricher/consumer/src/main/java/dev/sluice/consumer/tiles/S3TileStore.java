package dev.sluice.consumer.tiles;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Tiles in one S3 bucket. The client must not retry by itself, and must bound each attempt by a
 * time-out.
 */
public final class S3TileStore implements TileStore {
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final String bucket;
  private final RetryPolicy retries;
  private final Pause pause;
  private final RandomGenerator random;
  private final ConsumerEvents events;

  /**
   * @param random source of jitter; used by many threads
   */
  public S3TileStore(
      S3Client s3,
      String bucket,
      RetryPolicy retries,
      Pause pause,
      RandomGenerator random,
      ConsumerEvents events) {
    this.s3 = s3;
    this.bucket = bucket;
    this.retries = retries;
    this.pause = pause;
    this.random = random;
    this.events = events;
  }

  @Override
  public PutAnswer putIfAbsent(String key, Content content) {
    return attempt(
        "PutObject",
        key,
        () -> {
          try {
            put(request(key, content).ifNoneMatch("*").build(), content);
            return PutAnswer.CREATED;
          } catch (AwsServiceException e) {
            if (e.statusCode() == PRECONDITION_FAILED) {
              return PutAnswer.ALREADY_THERE;
            }
            throw e;
          }
        });
  }

  @Override
  public void put(String key, Content content) {
    attempt(
        "PutObject",
        key,
        () -> {
          put(request(key, content).build(), content);
          return key;
        });
  }

  private PutObjectRequest.Builder request(String key, Content content) {
    return PutObjectRequest.builder()
        .bucket(bucket)
        .key(key)
        .contentType(content.contentType())
        .metadata(content.metadata());
  }

  private void put(PutObjectRequest request, Content content) {
    s3.putObject(request, RequestBody.fromBytes(content.bytes()));
  }

  @Override
  public Optional<Map<String, String>> head(String key) {
    return attempt(
        "HeadObject",
        key,
        () -> unlessMissing(() -> s3.headObject(r -> r.bucket(bucket).key(key)).metadata()));
  }

  @Override
  public Optional<byte[]> read(String key) {
    return attempt(
        "GetObject",
        key,
        () ->
            unlessMissing(() -> s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray()));
  }

  @Override
  public void delete(String key) {
    attempt(
        "DeleteObject",
        key,
        () -> {
          s3.deleteObject(r -> r.bucket(bucket).key(key));
          return key;
        });
  }

  private static <T> Optional<T> unlessMissing(Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (AwsServiceException e) {
      // A missing bucket is no missing object: HEAD cannot tell them apart, the start-up check
      // does.
      if (e.statusCode() == NOT_FOUND && !"NoSuchBucket".equals(errorCode(e))) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T> T attempt(String operation, String key, Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (AbortedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException(operation + " of " + key + " was interrupted", e);
      } catch (SdkException e) {
        if (!canHeal(e)) {
          throw new StoreException(
              operation + " on s3://" + bucket + '/' + key + " failed: " + why(e), e);
        }
        if (attempt == retries.maxAttempts()) {
          throw new StoreException(
              operation
                  + " on s3://"
                  + bucket
                  + '/'
                  + key
                  + " failed "
                  + attempt
                  + " times: "
                  + why(e),
              e);
        }
        events.storeRetried(operation, why(e));
        pauseAfter(attempt, operation, key);
      }
    }
  }

  private void pauseAfter(int attempt, String operation, String key) {
    try {
      Duration backoff = retries.backoff(attempt, random);
      pause.pause(backoff);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(operation + " of " + key + " was interrupted", e);
    }
  }

  /** Time-outs, broken connections, server errors, throttling and 409 heal; a refusal does not. */
  private static boolean canHeal(SdkException e) {
    if (!(e instanceof AwsServiceException answer)) {
      return true;
    }
    int status = answer.statusCode();
    return status >= 500
        || status == CONFLICT
        || status == 408
        || status == 429
        || switch (errorCode(answer)) {
          case "RequestTimeout", "SlowDown", "Throttling", "ExpiredToken" -> true;
          default -> false;
        };
  }

  private static String errorCode(AwsServiceException e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
        ? ""
        : e.awsErrorDetails().errorCode();
  }

  private static String why(SdkException e) {
    return e instanceof AwsServiceException answer
        ? answer.statusCode() + " " + errorCode(answer)
        : e.getMessage();
  }
}
