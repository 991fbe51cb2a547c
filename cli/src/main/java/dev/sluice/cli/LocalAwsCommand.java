package dev.sluice.cli;

import dev.sluice.local.AwsService;
import dev.sluice.local.EmbeddedAws;
import dev.sluice.local.EmbeddedAwsOptions;
import dev.sluice.local.kinesis.KinesisEmulatorOptions;
import dev.sluice.local.lambda.LambdaFunction;
import dev.sluice.local.lambda.LocalLambda;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sluice local-aws}: the embedded stack for other tools, until it is told to stop. */
@Command(
    name = "local-aws",
    description =
        "Start Kinesis, DynamoDB, S3, Firehose, SNS and CloudWatch metrics on this machine, and print"
            + " how to reach them.",
    footer = {
      "",
      "Example: start it, let the variables into a shell, use any AWS tool:",
      "  ./sluice local-aws > local-aws.env &",
      "  . ./local-aws.env && aws kinesis list-streams",
      "It listens on 127.0.0.1 only, keeps nothing, and ends on SIGINT or SIGTERM.",
      "A Firehose stream comes to be by 'aws firehose create-delivery-stream'. A function behind a",
      "queue:",
      "  ./sluice local-aws --function functions-registrations.zip --map-queue registrations \\",
      "    --handler dev.sluice.registrations.RegistrationsHandler::handleRequest --set KEY=VALUE ..."
    })
final class LocalAwsCommand implements Callable<Integer> {

  private static final String FUNCTION_NAME = "firehose-transform";
  private static final Duration MAX_STOP_TIME = Duration.ofSeconds(20);

  @Spec private CommandSpec spec;

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
      names = "--sns-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of SNS on 127.0.0.1 (default: a free one).")
  private int snsPort;

  @Option(
      names = "--cloudwatch-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of CloudWatch metrics on 127.0.0.1 (default: a free one).")
  private int cloudWatchPort;

  @Option(
      names = "--sqs-port",
      paramLabel = "PORT",
      description = "Start SQS, too, which takes seconds, on 127.0.0.1; 0 for a free port.")
  private Integer sqsPort;

  @Option(
      names = "--no-shard-limits",
      description = "Take more than 1,000 records/s and 1 MiB/s a shard.")
  private boolean noShardLimits;

  @Option(
      names = "--function",
      paramLabel = "PACKAGE",
      description = "A Lambda function, zip or folder, for streams of Firehose to name.")
  private Path function;

  @Option(
      names = "--handler",
      paramLabel = "CLASS::METHOD",
      defaultValue = "dev.sluice.firehose.FirehoseTransformHandler::handleRequest",
      description = "Handler of the function (default: that of firehose-transform).")
  private String handler;

  @Option(
      names = "--map-queue",
      paramLabel = "NAME",
      description = "Make an SQS queue, and invoke the function with its messages.")
  private String mappedQueue;

  @Option(
      names = "--map-stream",
      paramLabel = "NAME",
      description = "Make a Kinesis stream of one shard, and invoke the function with its records.")
  private String mappedStream;

  @Option(
      names = "--map-bucket",
      paramLabel = "NAME",
      description = "Make an S3 bucket, and invoke the function when objects are put or deleted.")
  private String mappedBucket;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Environment variable of the function; may be given several times.")
  private Map<String, String> functionEnvironment = new HashMap<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Override
  public Integer call() throws InterruptedException {
    if (function != null && !Files.exists(function)) {
      throw new ParameterException(
          spec.commandLine(), "no such package of a function: " + function);
    }
    if (function == null && (mappedQueue != null || mappedStream != null || mappedBucket != null)) {
      throw new ParameterException(
          spec.commandLine(), "--map-queue, --map-stream and --map-bucket go with --function");
    }
    var stopAsked = new CountDownLatch(1);
    var hook = StopHook.install(stopAsked::countDown, MAX_STOP_TIME);
    int code = ExitCode.FAILED;
    try {
      var kinesis =
          KinesisEmulatorOptions.defaults().withPort(kinesisPort).withShardLimits(!noShardLimits);
      var options =
          EmbeddedAwsOptions.defaults()
              .withKinesis(kinesis)
              .withPort(AwsService.DYNAMODB, dynamoDbPort)
              .withPort(AwsService.S3, s3Port)
              .withPort(AwsService.FIREHOSE, firehosePort)
              .withPort(AwsService.SNS, snsPort)
              .withPort(AwsService.CLOUDWATCH, cloudWatchPort)
              .withSqs(sqsPort != null || mappedQueue != null)
              .withPort(AwsService.SQS, sqsPort == null ? 0 : sqsPort);
      try (var aws = EmbeddedAws.start(options);
          var lambda = startFunction(aws);
          var mappings = lambda == null ? null : new LocalMappings(aws, lambda)) {
        aws.environment()
            .forEach((name, value) -> System.out.println("export " + name + "=" + value));
        System.out.flush();
        if (lambda != null) {
          System.err.println("sluice: the function is " + lambda.function().arn());
          map(mappings);
        }
        System.err.println("sluice: local AWS is up; stop it with Ctrl-C or SIGTERM");
        stopAsked.await();
      }
      code = ExitCode.OK;
    } catch (RuntimeException failure) {
      // told here, as the hook ends the process at once
      code = LocalFailures.report(failure, spec.commandLine());
    } finally {
      hook.finished(code);
    }
    return code;
  }

  private void map(LocalMappings mappings) {
    if (mappedQueue != null) {
      System.err.println("sluice: it is invoked from " + mappings.queue(mappedQueue));
    }
    if (mappedStream != null) {
      System.err.println("sluice: it is invoked from " + mappings.stream(mappedStream));
    }
    if (mappedBucket != null) {
      mappings.bucket(mappedBucket);
      System.err.println("sluice: it is invoked from s3://" + mappedBucket);
    }
  }

  /** Null when there is none to start. */
  private LocalLambda startFunction(EmbeddedAws aws) {
    if (function == null) {
      return null;
    }
    var environment = new HashMap<>(aws.environment());
    environment.putAll(functionEnvironment);
    LocalLambda lambda =
        LocalLambda.start(
            LambdaFunction.of(FUNCTION_NAME, handler, function).withEnvironment(environment),
            InstantSource.system(),
            RandomGenerator.getDefault(),
            line -> System.err.println(FUNCTION_NAME + ": " + line));
    aws.firehose().register(lambda);
    return lambda;
  }
}
