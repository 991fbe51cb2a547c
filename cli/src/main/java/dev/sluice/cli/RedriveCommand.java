package dev.sluice.cli;

import dev.sluice.consumer.redrive.Leftover;
import dev.sluice.consumer.redrive.Redrive;
import dev.sluice.consumer.redrive.RedriveBooks;
import dev.sluice.consumer.redrive.RedriveOptions;
import dev.sluice.consumer.sinks.BatchSender;
import dev.sluice.consumer.sinks.SinkClients;
import dev.sluice.consumer.sinks.StreamPut;
import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.Pause;
import dev.sluice.consumer.tiles.RetryPolicy;
import dev.sluice.consumer.tiles.StoreException;
import dev.sluice.producers.ReplayClient;
import dev.sluice.producers.command.TerminalLine;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** {@code ./sluice redrive}: dead letters back into the stream. */
@Command(
    name = "redrive",
    description = {
      "Put rejected lines back into a stream, after whatever had them rejected is mended.",
      "They come from a dead-letter queue, from the rejects objects below an output prefix, or both."
    },
    footer = {
      "",
      "Example:",
      "  ./sluice redrive --stream access-log --dry-run s3://logs/enriched",
      "",
      "A message is removed from the queue when the stream has its line; objects stay, and a marker",
      "remembers what was put back. Each line is sent at least once, as a new record.",
      "Exit code: 0 all is put back, as far as the limit; 1 letters are left, or it cannot go on;",
      "2 bad usage."
    })
final class RedriveCommand implements Callable<Integer> {

  private static final Pattern LOCATION = Pattern.compile("s3://([^/]+)/(.+?)/?");
  private static final Pattern QUEUE_URL = Pattern.compile("https?://[^\\s/]+/\\S+");
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(15);

  /** Half a minute of a stream that takes nothing. */
  private static final RetryPolicy RETRIES =
      new RetryPolicy(12, Duration.ofMillis(200), Duration.ofSeconds(5));

  private final SinkClients clients;
  private final Supplier<S3Client> openS3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--stream",
      required = true,
      paramLabel = "STREAM",
      description = "Kinesis stream to put the lines into.")
  private String stream;

  @Option(names = "--queue", paramLabel = "URL", description = "SQS queue with dead letters.")
  private String queueUrl;

  @Option(names = "--dry-run", description = "Count only: nothing is sent, received or marked.")
  private boolean dryRun;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Send at most so many lines; without it all.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "3",
      description = "Leave lines that were tried N times already (default: ${DEFAULT-VALUE}).")
  private int maxAttempts;

  @Option(
      names = "--max-record-bytes",
      paramLabel = "N",
      defaultValue = "" + StreamPut.DEFAULT_RECORD_BYTES,
      description = "Largest record that the stream takes (default: ${DEFAULT-VALUE}).")
  private int maxRecordBytes;

  @Option(names = "--again", description = "Also what was put back out of S3 before.")
  private boolean again;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Parameters(
      arity = "0..1",
      paramLabel = "s3://BUCKET/PREFIX",
      description = "The output prefix, or the folder of one application below it.")
  private String location;

  RedriveCommand() {
    this(
        SinkClients.directed(
            (builder, service) -> builder.overrideConfiguration(limits())), // the SDK's retries
        () -> S3Client.builder().overrideConfiguration(limits()).build());
  }

  RedriveCommand(SinkClients clients, Supplier<S3Client> openS3) {
    this.clients = clients;
    this.openS3 = openS3;
  }

  private static ClientOverrideConfiguration limits() {
    return ClientOverrideConfiguration.builder()
        .apiCallTimeout(CALL_TIMEOUT)
        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
        .build();
  }

  @Override
  public Integer call() {
    RedriveOptions options = options();
    PrintWriter err = spec.commandLine().getErr();
    Redrive redrive = null;
    try (TerminalLine terminal = TerminalLine.ifTerminal(err);
        KinesisClient kinesis = clients.kinesis().get()) {
      kinesis.describeStreamSummary(r -> r.streamName(stream));
      redrive =
          new Redrive(
              new StreamPut(kinesis, stream, maxRecordBytes),
              options,
              new BatchSender(RETRIES, Pause.SLEEP, new Random(), ConsumerEvents.NONE),
              new Random(),
              books -> show(terminal, books));
      putBack(redrive);
    } catch (SdkException | StoreException failure) {
      if (redrive != null) {
        print(redrive.books());
      }
      throw new CannotRunException("cannot redrive: " + oneLine(failure), failure);
    }
    print(redrive.books());
    return isComplete(redrive.books()) ? ExitCode.OK : ExitCode.FAILED;
  }

  private RedriveOptions options() {
    if (queueUrl == null && location == null) {
      throw usage("Name a queue (--queue URL), a place (s3://BUCKET/PREFIX) or both");
    }
    if (queueUrl != null && !QUEUE_URL.matcher(queueUrl).matches()) {
      throw usage("'" + queueUrl + "' is not the URL of a queue");
    }
    if (location != null && !LOCATION.matcher(location).matches()) {
      throw usage("'" + location + "' is not s3://BUCKET/PREFIX");
    }
    if (limit < 1 || maxAttempts < 1) {
      throw usage("--limit and --max-attempts must be above zero");
    }
    if (maxRecordBytes < 1 || maxRecordBytes > StreamPut.LARGEST_BYTES) {
      throw usage("--max-record-bytes must be from 1 to " + StreamPut.LARGEST_BYTES);
    }
    return new RedriveOptions(limit, maxAttempts, dryRun, again);
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  private void putBack(Redrive redrive) {
    if (queueUrl != null) {
      try (SqsClient sqs = clients.sqs().get()) {
        long waiting = redrive.fromQueue(sqs, queueUrl);
        spec.commandLine()
            .getOut()
            .println(String.format(Locale.ROOT, "queue: about %,d letters waited", waiting));
      }
    }
    if (location != null) {
      Matcher place = LOCATION.matcher(location);
      if (place.matches()) {
        try (S3Client s3 = openS3.get()) {
          redrive.fromObjects(s3, place.group(1), place.group(2));
        }
      }
    }
  }

  private static void show(TerminalLine terminal, RedriveBooks books) {
    if (terminal.isDue()) {
      terminal.show(
          String.format(
              Locale.ROOT, "%,d lines sent, %,d left", books.sent(), books.leftAltogether()));
    }
  }

  private void print(RedriveBooks books) {
    var out = spec.commandLine().getOut();
    out.println(
        String.format(
            Locale.ROOT,
            "%,d letters read = %,d %s + %,d left%s; %,d objects put back before,"
                + " %,d named by no commit, %,d unreadable",
            books.read(),
            books.sent(),
            dryRun ? "to be sent" : "sent",
            books.leftAltogether(),
            reasons(books.left()),
            books.finishedObjects(),
            books.orphanedObjects(),
            books.unreadableObjects()));
  }

  private static String reasons(Map<Leftover, Long> left) {
    return left.isEmpty() ? "" : " " + new TreeMap<>(left);
  }

  private static boolean isComplete(RedriveBooks books) {
    return books.leftAltogether() == 0 && books.unreadableObjects() == 0;
  }

  private static String oneLine(Throwable failure) {
    if (failure instanceof SdkClientException client) {
      return ReplayClient.describe(client);
    }
    return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
  }
}
