package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.EmbeddedAwsOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Lines that a wrong setting has rejected, put back after it was mended: enriched exactly once. */
class RedriveEndToEndTest {
  private static final int GOOD = 60;
  private static final int MISREAD = 40;

  private static EmbeddedAws aws;

  @BeforeAll
  static void startStack() {
    aws = EmbeddedAws.start(EmbeddedAwsOptions.defaults().withSqs(true));
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(aws.s3Endpoint())
            .forcePathStyle(true)
            .region(Region.of(aws.region()))
            .credentialsProvider(credentials())
            .build()) {
      s3.createBucket(r -> r.bucket(MendedStream.BUCKET));
    }
  }

  @AfterAll
  static void stopStack() {
    aws.close();
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey()));
  }

  /** Combined lines with ids from 1, in which every agent has a length. */
  private static List<String> combined(int from, int number, int agentChars) {
    return LongStream.range(from, (long) from + number)
        .mapToObj(
            id ->
                String.format(
                    Locale.ROOT,
                    "203.0.113.7 - - [28/Oct/2025:10:15:30 +0000]"
                        + " \"GET /a.php?id=L%010d HTTP/1.1\" 200 5 \"-\" \"%s\"",
                    id,
                    "x".repeat(agentChars)))
        .toList();
  }

  private static List<Long> ids(int number) {
    return LongStream.rangeClosed(1, number).boxed().toList();
  }

  @Test
  void fromObjectsAfterTheFormatIsMended() {
    var lines = new ArrayList<>(combined(1, GOOD, 5));
    for (int id = GOOD + 1; id <= GOOD + MISREAD; id++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "[28/Oct/2025:10:15:30 +0000] 203.0.113.7 \"GET /b.php?id=L%010d HTTP/1.1\" 200",
              id));
    }
    lines.add("no format reads this");
    try (var stream = new MendedStream(aws, "mended-objects")) {
      stream.put(lines);
      assertThat(stream.consume(lines.size(), Map.of("LOG_FORMAT", "combined")))
          .isEqualTo(Map.of("enriched", (long) GOOD, "rejected", MISREAD + 1L));

      CommandRun redrive = stream.redrive(stream.folder());
      assertThat(redrive.out()).contains(MISREAD + 1 + " letters read = 41 sent + 0 left;");
      assertThat(redrive.exitCode()).isEqualTo(ExitCode.OK);

      assertThat(stream.consume(MISREAD + 1, Map.of("LOG_FORMAT", "%t %h \"%r\" %>s")))
          .isEqualTo(Map.of("enriched", (long) MISREAD, "rejected", 1L));
      assertThat(stream.enrichedIds())
          .as("each exactly once")
          .containsExactlyInAnyOrderElementsOf(ids(GOOD + MISREAD));
      CommandRun audit = stream.audit();
      assertThat(audit.out())
          .contains("142 in = 100 enriched (0 of them with warnings) + 0 dropped + 42 rejected");
      assertThat(audit.exitCode()).isEqualTo(ExitCode.OK);

      CommandRun again = stream.redrive("--max-attempts", "2", stream.folder());
      assertThat(again.out())
          .as("what was put back stays put back; what can never be read does not go round")
          .contains("1 letters read = 0 sent + 1 left {TRIED_TOO_OFTEN=1}; 1 objects put back");
      assertThat(again.exitCode()).isEqualTo(ExitCode.FAILED);
    }
  }

  @Test
  void fromTheQueueAfterALimitIsMended() {
    var lines = new ArrayList<>(combined(1, GOOD, 5));
    lines.addAll(combined(GOOD + 1, MISREAD, 500));
    try (SqsClient sqs =
            SqsClient.builder()
                .endpointOverride(aws.endpoint(AwsService.SQS))
                .region(Region.of(aws.region()))
                .credentialsProvider(credentials())
                .build();
        var stream = new MendedStream(aws, "mended-queue")) {
      String queue = sqs.createQueue(r -> r.queueName("rejects")).queueUrl();
      var settings = Map.of("REJECTS", "sqs", "DEAD_LETTER_QUEUE_URL", queue);
      var wrong = new HashMap<>(settings);
      wrong.put("MAX_LINE_BYTES", "300");
      stream.put(lines);
      assertThat(stream.consume(lines.size(), wrong))
          .isEqualTo(Map.of("enriched", (long) GOOD, "rejected", (long) MISREAD));

      CommandRun redrive = stream.redrive("--queue", queue);
      assertThat(redrive.out()).contains("40 letters read = 40 sent + 0 left;");
      assertThat(redrive.exitCode()).isEqualTo(ExitCode.OK);

      assertThat(stream.consume(MISREAD, settings))
          .isEqualTo(Map.of("enriched", (long) MISREAD, "rejected", 0L));
      assertThat(stream.enrichedIds())
          .as("each exactly once")
          .containsExactlyInAnyOrderElementsOf(ids(GOOD + MISREAD));
      CommandRun audit = stream.audit();
      assertThat(audit.out())
          .contains("140 in = 100 enriched (0 of them with warnings) + 0 dropped + 40 rejected");
      assertThat(audit.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(
              sqs.getQueueAttributes(r -> r.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
                  .attributes())
          .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0")
          .extractingByKey(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
          .isEqualTo("0");
    }
  }
}
