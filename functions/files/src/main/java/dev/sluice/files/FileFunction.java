package dev.sluice.files;

import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.files.log.LineWork;
import dev.sluice.files.notice.Notices;
import dev.sluice.files.store.Claims;
import dev.sluice.files.store.FileTable;
import dev.sluice.files.tracing.OpenTelemetryTracing;
import dev.sluice.files.tracing.Tracing;
import dev.sluice.lookups.OpenEnricher;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What an execution environment has opened. Not thread-safe. */
public final class FileFunction {
  private final FilesSettings settings;
  private final Tracing tracing;
  private final Consumer<String> logLines;
  private final InstantSource clock;
  private final FileProcessor processor;
  private OpenEnricher enricher; // null where lines are enriched by somebody else

  /**
   * A function of parts that were opened elsewhere.
   *
   * @param newWork makes what enriches the lines of one file
   * @param logLines takes each line of the log, without line end
   */
  public FileFunction(
      FilesSettings settings,
      Supplier<LineWork> newWork,
      S3Client s3,
      DynamoDbClient dynamoDb,
      Notices notices,
      Tracing tracing,
      Consumer<String> logLines,
      InstantSource clock) {
    this.settings = settings;
    this.tracing = tracing;
    this.logLines = logLines;
    this.clock = clock;
    var logs = new LogFiles(settings, newWork, s3, tracing, background());
    processor =
        new FileProcessor(
            new UploadReader(
                s3, logs, new TextLog(logLines, clock), settings.textLogBytes(), tracing, clock),
            new FileTable(dynamoDb, settings.fileTable()),
            new Claims(dynamoDb, settings.claimTable(), settings.claimRetention(), clock),
            notices,
            tracing,
            clock,
            // Seeded when it is used: a seed in a snapshot would be the same in all that start
            // from it.
            () -> new SecureRandom().nextLong());
  }

  /**
   * Opens files and clients.
   *
   * @param logLines takes each line of the log, without line end
   * @throws UnusableDatabaseException if a file cannot be used
   */
  static FileFunction open(FilesSettings settings, Consumer<String> logLines, InstantSource clock) {
    var enricher =
        new OpenEnricher(
            new OpenEnricher.Wanted(
                settings.enricher(),
                settings.lookups(),
                settings.remoteDatabases(),
                settings.reloadInterval()),
            AwsClients.ofEnricher(),
            clock,
            logLines);
    try {
      var function =
          new FileFunction(
              settings,
              () -> LineWork.of(enricher.newLineEnricher()),
              AwsClients.s3(settings),
              AwsClients.dynamoDb(settings),
              AwsClients.notices(settings),
              settings.tracing() ? OpenTelemetryTracing.global() : Tracing.OFF,
              logLines,
              clock);
      function.enricher = enricher;
      return function;
    } catch (RuntimeException cannotOpen) {
      enricher.close();
      throw cannotOpen;
    }
  }

  /** One thread, which ends with the environment, for the part that is being sent. */
  private static Executor background() {
    return Executors.newSingleThreadExecutor(
        task -> {
          var thread = new Thread(task, "put-parts");
          thread.setDaemon(true);
          return thread;
        });
  }

  FilesSettings settings() {
    return settings;
  }

  Tracing tracing() {
    return tracing;
  }

  Consumer<String> logLines() {
    return logLines;
  }

  InstantSource clock() {
    return clock;
  }

  FileProcessor processor() {
    return processor;
  }

  /** Opens what has changed of the databases when it is time to look. */
  void reloadWhenDue() {
    if (enricher != null) {
      enricher.reloadWhenDue();
    }
  }

  /** Time since the oldest database in use was made; empty where none is open. */
  Optional<Duration> databaseAge() {
    return Optional.ofNullable(enricher).flatMap(OpenEnricher::databaseAge);
  }

  /** What became of look-ups since this was asked last. */
  Map<String, Long> lookupsSinceLast() {
    return enricher == null ? Map.of() : enricher.lookupsSinceLast();
  }
}
