package dev.sluice.cli;

import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.kinesis.KinesisEmulatorOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sluice local-aws}: the embedded stack for other tools, until it is told to stop. */
@Command(
    name = "local-aws",
    description =
        "Start Kinesis, DynamoDB, S3 and Firehose on this machine, and print how to reach them.",
    footer = {
      "",
      "Example: start it, let the variables into a shell, use any AWS tool:",
      "  ./sluice local-aws > local-aws.env &",
      "  . ./local-aws.env && aws kinesis list-streams",
      "It listens on 127.0.0.1 only, keeps nothing, and ends on SIGINT or SIGTERM."
    })
final class LocalAwsCommand implements Callable<Integer> {

  private static final Duration MAX_STOP_TIME = Duration.ofSeconds(20);

  @Option(
      names = "--kinesis-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of Kinesis on 127.0.0.1 (default: a free one).")
  private int kinesisPort;

  @Option(
      names = "--dynamodb-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of DynamoDB on 127.0.0.1 (default: a free one).")
  private int dynamoDbPort;

  @Option(
      names = "--s3-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of S3 on 127.0.0.1 (default: a free one).")
  private int s3Port;

  @Option(
      names = "--firehose-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of Firehose on 127.0.0.1 (default: a free one).")
  private int firehosePort;

  @Option(
      names = "--no-shard-limits",
      description = "Take more than 1,000 records/s and 1 MiB/s a shard.")
  private boolean noShardLimits;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() throws InterruptedException {
    var stopAsked = new CountDownLatch(1);
    var hook = StopHook.install(stopAsked::countDown, MAX_STOP_TIME);
    int code = ExitCode.FAILED;
    try {
      var kinesis =
          KinesisEmulatorOptions.defaults().withPort(kinesisPort).withShardLimits(!noShardLimits);
      try (var aws =
          EmbeddedAws.start(new EmbeddedAws.Options(kinesis, dynamoDbPort, s3Port, firehosePort))) {
        aws.environment()
            .forEach((name, value) -> System.out.println("export " + name + "=" + value));
        System.out.flush();
        System.err.println("sluice: local AWS is up; stop it with Ctrl-C or SIGTERM");
        stopAsked.await();
      }
      code = ExitCode.OK;
    } finally {
      hook.finished(code);
    }
    return code;
  }
}
