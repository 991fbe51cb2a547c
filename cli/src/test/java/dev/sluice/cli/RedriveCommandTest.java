package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.consumer.sinks.SinkClients;
import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.EmbeddedAwsOptions;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

class RedriveCommandTest {
  private static EmbeddedAws aws;
  private static SinkClients clients;
  private static SqsClient sqs;

  @BeforeAll
  static void startStack() {
    aws = EmbeddedAws.start(EmbeddedAwsOptions.defaults().withSqs(true));
    clients =
        SinkClients.directed(
            (builder, service) ->
                direct(
                    builder,
                    service.equals("kinesis")
                        ? aws.kinesisEndpoint()
                        : aws.endpoint(AwsService.SQS)));
    sqs = clients.sqs().get();
    try (KinesisClient kinesis = clients.kinesis().get()) {
      kinesis.createStream(r -> r.streamName("logs").shardCount(1));
      kinesis.waiter().waitUntilStreamExists(r -> r.streamName("logs"));
    }
    try (S3Client s3 = openS3()) {
      s3.createBucket(r -> r.bucket("out"));
    }
  }

  @AfterAll
  static void stopStack() {
    sqs.close();
    aws.close();
  }

  private static void direct(AwsClientBuilder<?, ?> builder, URI endpoint) {
    builder.endpointOverride(endpoint);
    builder.region(Region.of(aws.region()));
    builder.credentialsProvider(
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(aws.accessKeyId(), aws.secretAccessKey())));
  }

  private static S3Client openS3() {
    var builder = S3Client.builder().forcePathStyle(true);
    direct(builder, aws.s3Endpoint());
    return builder.build();
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(
        Sluice.configured(new CommandLine(new RedriveCommand(clients, RedriveCommandTest::openS3))),
        arguments);
  }

  @Test
  void saysWhatItDidAndFailsWhileLettersAreLeft() {
    String queue = sqs.createQueue(r -> r.queueName("dead")).queueUrl();
    sqs.sendMessage(r -> r.queueUrl(queue).messageBody("{\"raw\":\"YQ==\"}"));
    CommandRun first = run("--stream", "logs", "--queue", queue, "s3://out/enriched");
    assertThat(first.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(first.out().lines())
        .containsExactly(
            "queue: about 1 letters waited",
            "1 letters read = 1 sent + 0 left; 0 objects put back before, 0 named by no commit,"
                + " 0 unreadable");

    sqs.sendMessage(r -> r.queueUrl(queue).messageBody("nothing of ours"));
    CommandRun second = run("--stream", "logs", "--queue", queue);
    assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(second.out()).contains("1 letters read = 0 sent + 1 left {UNREADABLE=1};");
  }

  @Test
  void saysInOneLineWhatIsMissing() {
    CommandRun noStream = run("--stream", "nowhere", "s3://out/enriched");
    assertThat(noStream.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(noStream.errLines())
        .singleElement()
        .asString()
        .startsWith("redrive: cannot redrive: ")
        .contains("nowhere");
    CommandRun noBucket = run("--stream", "logs", "s3://no-such-bucket/enriched");
    assertThat(noBucket.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(noBucket.errLines()).hasSize(1);
  }
}
