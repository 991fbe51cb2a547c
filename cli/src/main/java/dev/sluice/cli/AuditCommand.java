package dev.sluice.cli;

import dev.sluice.consumer.audit.AuditReport;
import dev.sluice.consumer.audit.LeaseCheckpoints;
import dev.sluice.consumer.audit.TileAudit;
import dev.sluice.producers.ReplayClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
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
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code ./sluice audit}: proves from S3 that every record was written once. */
@Command(
    name = "audit",
    description = {
      "Walk the tiles of every shard below a prefix: no gap, no overlap, nothing doubled, and",
      "the counts of each tile equal to the lines found in it and in its rejects."
    },
    footer = {
      "",
      "Example:",
      "  ./sluice audit s3://logs/enriched",
      "",
      "The lease table of the application, where it can be asked, tells whether a last tile is",
      "missing. Under a running consumer a tile may be written while the audit lists: repeat it.",
      "Exit code: 0 nothing wrong; 1 something is, or the audit cannot run; 2 bad usage."
    })
final class AuditCommand implements Callable<Integer> {

  private static final Pattern LOCATION = Pattern.compile("s3://([^/]+)/(.+?)/?");
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(15);

  @Spec private CommandSpec spec;

  @Option(
      names = "--clean",
      description = "Remove rejects objects that no commit names and that are older than 2 hours.")
  private boolean clean;

  @Option(names = "--no-leases", description = "Do not ask the lease table.")
  private boolean withoutLeases;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Parameters(
      paramLabel = "s3://BUCKET/PREFIX",
      description = "The output prefix, or the folder of one application or stream below it.")
  private String location;

  private final Supplier<S3Client> openS3;
  private final Supplier<DynamoDbAsyncClient> openDynamoDb;

  AuditCommand() {
    this(
        () -> S3Client.builder().overrideConfiguration(limits()).build(),
        () -> DynamoDbAsyncClient.builder().overrideConfiguration(limits()).build());
  }

  AuditCommand(Supplier<S3Client> openS3, Supplier<DynamoDbAsyncClient> openDynamoDb) {
    this.openS3 = openS3;
    this.openDynamoDb = openDynamoDb;
  }

  private static ClientOverrideConfiguration limits() {
    return ClientOverrideConfiguration.builder()
        .apiCallTimeout(CALL_TIMEOUT)
        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
        .build();
  }

  @Override
  public Integer call() {
    Matcher place = LOCATION.matcher(location);
    if (!place.matches()) {
      throw new ParameterException(
          spec.commandLine(), "'" + location + "' is not s3://BUCKET/PREFIX");
    }
    AuditReport report;
    try (var s3 = openS3.get();
        var dynamoDb = openDynamoDb.get()) {
      report =
          new TileAudit(
                  s3,
                  place.group(1),
                  place.group(2),
                  application -> leases(dynamoDb, application),
                  Clock.systemUTC())
              .run(clean);
    } catch (SdkException unreachable) {
      throw new CannotRunException(
          "cannot audit " + location + ": " + oneLine(unreachable), unreachable);
    }
    return print(report) ? ExitCode.OK : ExitCode.FAILED;
  }

  private LeaseCheckpoints leases(DynamoDbAsyncClient dynamoDb, String application) {
    if (withoutLeases) {
      return LeaseCheckpoints.unknown();
    }
    try {
      LeaseCheckpoints leases = LeaseCheckpoints.read(dynamoDb, application);
      if (leases.byShard().isEmpty()) {
        warn("lease table " + application + " has no leases");
      }
      return leases;
    } catch (CompletionException cannotAsk) {
      warn("lease table " + application + " cannot be asked: " + oneLine(cannotAsk.getCause()));
      return LeaseCheckpoints.unknown();
    }
  }

  private void warn(String what) {
    spec.commandLine()
        .getErr()
        .println("sluice audit: " + what + "; a missing last tile would not be noticed");
  }

  private boolean print(AuditReport report) {
    var out = spec.commandLine().getOut();
    report.findings().forEach(finding -> out.println("WRONG  " + finding));
    report.orphans().forEach(orphan -> out.println("orphan " + orphan));
    out.println(
        String.format(
            Locale.ROOT,
            "%,d shards, %,d tiles, %,d records: %,d in = %,d enriched (%,d of them with warnings)"
                + " + %,d dropped + %,d rejected; %,d wrong, %,d orphans, %,d removed",
            report.shards(),
            report.tiles(),
            report.records(),
            report.in(),
            report.enriched() + report.enrichedWithWarnings(),
            report.enrichedWithWarnings(),
            report.dropped(),
            report.rejected(),
            report.findings().size(),
            report.orphans().size(),
            report.removedOrphans()));
    if (report.shards() == 0 && report.isClean()) {
      throw new CannotRunException("nothing was ever written below " + location);
    }
    return report.isClean();
  }

  private static String oneLine(Throwable failure) {
    if (failure instanceof SdkClientException client) {
      return ReplayClient.describe(client);
    }
    return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
  }
}
