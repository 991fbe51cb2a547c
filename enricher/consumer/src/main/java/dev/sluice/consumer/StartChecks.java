package dev.sluice.consumer;

import dev.sluice.fanout.FanOutMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.SnsException;

/**
 * Asks every service once before KCL starts, because KCL itself would retry for minutes and log
 * stack traces. Each call is bounded by {@link #CALL_TIMEOUT}.
 */
final class StartChecks {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.consumer");

  /** A cold JVM on a busy machine takes more than ten for its first call: it loads the SDK. */
  static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

  private static final int NOT_FOUND = 404;
  private static final int REDIRECT = 301;

  private final ConsumerSettings settings;
  private final AwsClients clients;

  StartChecks(ConsumerSettings settings, AwsClients clients) {
    this.settings = settings;
    this.clients = clients;
  }

  /**
   * Checks stream, bucket or topic, if there is one, and lease table.
   *
   * @return when the stream was created
   * @throws CannotStartException if one of them cannot be used
   */
  Instant check() {
    Instant created = stream();
    if (settings.fanOut().mode() == FanOutMode.ENRICH && settings.sinks().hasS3()) {
      bucket();
    }
    if (settings.fanOut().mode() == FanOutMode.ALERTS) {
      topic();
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
        throw new CannotStartException(
            "stream " + name + " does not exist in region " + region(), e.getCause());
      }
      throw CannotStartException.because(
          e.getCause(), "Kinesis, stream " + name, "kinesis:DescribeStreamSummary");
    }
    StreamStatus status = stream.streamStatus();
    if (status != StreamStatus.ACTIVE && status != StreamStatus.UPDATING) { // updating: reshards
      throw new CannotStartException("stream " + name + " is " + status + ", not ACTIVE", null);
    }
    return stream.streamCreationTimestamp();
  }

  private String region() {
    return clients.kinesis().serviceClientConfiguration().region().id();
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
            throw new CannotStartException(
                "bucket " + bucket + " is in another region than " + region() + bucketRegion(e), e);
        default -> throw CannotStartException.because(e, "S3, bucket " + bucket, "s3:ListBucket");
      }
    } catch (SdkException e) {
      throw CannotStartException.because(e, "S3, bucket " + bucket, "s3:ListBucket");
    }
  }

  private static String bucketRegion(S3Exception answer) {
    return Optional.ofNullable(answer.awsErrorDetails())
        .flatMap(details -> Optional.ofNullable(details.sdkHttpResponse()))
        .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
        .map(region -> ", in " + region)
        .orElse("");
  }

  /**
   * Sending needs {@code sns:Publish} and nothing else, so a topic that cannot be asked about may
   * still be fine.
   */
  private void topic() {
    String topic = settings.fanOut().topicArn();
    String topicRegion = Arn.fromString(topic).region().orElse("");
    if (!topicRegion.equals(region())) {
      throw new CannotStartException(
          "topic " + topic + " is in another region than " + region(), null);
    }
    try (SnsClient sns = clients.sns().get()) {
      sns.getTopicAttributes(r -> r.topicArn(topic).overrideConfiguration(StartChecks::bounded));
    } catch (NotFoundException e) {
      throw new CannotStartException("topic " + topic + " does not exist", e);
    } catch (SnsException e) {
      if (!CannotStartException.isDenied(e)) {
        throw CannotStartException.because(e, "SNS, topic " + topic, "sns:GetTopicAttributes");
      }
      LOG.warn("topic {} is not checked, that would need sns:GetTopicAttributes", topic);
    } catch (SdkException e) {
      throw CannotStartException.because(e, "SNS, topic " + topic, "sns:GetTopicAttributes");
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
        throw CannotStartException.because(
            e.getCause(), "DynamoDB, lease table " + table, "dynamodb:DescribeTable");
      } // KCL creates it
    }
  }

  private static void bounded(AwsRequestOverrideConfiguration.Builder call) {
    call.apiCallTimeout(CALL_TIMEOUT);
  }
}
