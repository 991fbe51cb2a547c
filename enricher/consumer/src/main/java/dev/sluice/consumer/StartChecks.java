package dev.sluice.consumer;

import dev.sluice.consumer.fanout.ConsumerMode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Asks every service once before KCL starts, because KCL itself would retry for minutes and log
 * stack traces. Each call is bounded by {@link #CALL_TIMEOUT}.
 */
final class StartChecks {
  static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  private static final int NOT_FOUND = 404;
  private static final int REDIRECT = 301;

  private final ConsumerSettings settings;
  private final AwsClients clients;

  StartChecks(ConsumerSettings settings, AwsClients clients) {
    this.settings = settings;
    this.clients = clients;
  }

  /**
   * Checks stream, bucket, if there is one, and lease table.
   *
   * @return when the stream was created
   * @throws CannotStartException if one of them cannot be used
   */
  Instant check() {
    Instant created = stream();
    if (settings.fanOut().mode() == ConsumerMode.ENRICH && settings.sinks().hasS3()) {
      bucket();
    }
    leaseTable();
    return created;
  }

  private Instant stream() {
    String name = settings.streamName();
    StreamDescriptionSummary stream;
    try {
      stream =
          clients
              .kinesis()
              .describeStreamSummary(
                  r -> r.streamName(name).overrideConfiguration(StartChecks::bounded))
              .join()
              .streamDescriptionSummary();
    } catch (CompletionException e) {
      if (e.getCause()
          instanceof software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException) {
        throw new CannotStartException("stream " + name + " does not exist", e.getCause());
      }
      throw CannotStartException.because(e.getCause(), "Kinesis, stream " + name);
    }
    StreamStatus status = stream.streamStatus();
    if (status != StreamStatus.ACTIVE && status != StreamStatus.UPDATING) { // updating: reshards
      throw new CannotStartException("stream " + name + " is " + status + ", not ACTIVE", null);
    }
    return stream.streamCreationTimestamp();
  }

  private void bucket() {
    String bucket = settings.outputBucket();
    try {
      clients.s3().headBucket(r -> r.bucket(bucket).overrideConfiguration(StartChecks::bounded));
    } catch (S3Exception e) {
      // HEAD has no body, so the status is all there is.
      switch (e.statusCode()) {
        case NOT_FOUND -> throw new CannotStartException("bucket " + bucket + " does not exist", e);
        case REDIRECT ->
            throw new CannotStartException("bucket " + bucket + " is in another region", e);
        default -> throw CannotStartException.because(e, "S3, bucket " + bucket);
      }
    } catch (SdkException e) {
      throw CannotStartException.because(e, "S3, bucket " + bucket);
    }
  }

  private void leaseTable() {
    String table = settings.applicationName();
    try {
      clients
          .dynamoDb()
          .describeTable(r -> r.tableName(table).overrideConfiguration(StartChecks::bounded))
          .join();
    } catch (CompletionException e) {
      if (!(e.getCause()
          instanceof software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException)) {
        throw CannotStartException.because(e.getCause(), "DynamoDB, lease table " + table);
      } // KCL creates it
    }
  }

  private static void bounded(AwsRequestOverrideConfiguration.Builder call) {
    call.apiCallTimeout(CALL_TIMEOUT);
  }
}
