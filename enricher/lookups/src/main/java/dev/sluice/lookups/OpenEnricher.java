package dev.sluice.lookups;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.enricher.DatabaseInUse;
import dev.sluice.enricher.DatabaseReload;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.LineEnricher;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.lookups.database.DatabaseFetch;
import dev.sluice.lookups.database.RemoteDatabase;
import dev.sluice.lookups.database.RemoteDatabases;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The enricher of a function's execution environment, with its databases and look-ups; what goes
 * wrong with these is told in log lines of their own. Not thread-safe.
 */
public final class OpenEnricher implements AutoCloseable {
  private final Enricher enricher;
  private final Lookups lookups; // null when nothing is looked up
  private final LookupTally tally;
  private final DatabaseFetch remote;
  private final Duration reloadInterval;
  private final InstantSource clock;
  private final Consumer<String> logLines;
  private Instant nextLook;

  /**
   * What is opened.
   *
   * @param lookups what lines are looked up in; empty for nothing
   * @param databases those that have to be fetched
   * @param reloadInterval time between two looks whether a database has changed
   */
  public record Wanted(
      EnricherSettings enricher,
      Optional<LookupSettings> lookups,
      List<RemoteDatabase> databases,
      Duration reloadInterval) {}

  /**
   * Clients of AWS, each opened when something first needs it.
   *
   * @param databases what databases are fetched with
   * @param reference what reference data is read with, by the longest time of a call
   */
  public record Clients(
      Supplier<S3Client> databases, Function<Duration, DynamoDbClientBuilder> reference) {}

  /**
   * Fetches what has to be fetched, and opens the files that the settings name.
   *
   * @param logLines takes warnings without line end, from several threads
   * @throws UnusableDatabaseException if a database cannot be used
   */
  public OpenEnricher(
      Wanted wanted, Clients clients, InstantSource clock, Consumer<String> logLines) {
    this.clock = clock;
    this.logLines = logLines;
    reloadInterval = wanted.reloadInterval();
    remote =
        wanted.databases().isEmpty()
            ? DatabaseFetch.NOTHING
            : new RemoteDatabases(wanted.databases(), clients.databases());
    remote.fetchChanged().forEach(this::warn);
    enricher = Enricher.open(wanted.enricher(), OpenEnricher::onAnotherThread);
    try {
      lookups =
          wanted
              .lookups()
              .map(
                  settings ->
                      Lookups.open(
                          settings,
                          clients.reference(),
                          enricher::newTextMask,
                          new LoggedEvents(),
                          new SecureRandom()))
              .orElse(null);
    } catch (RuntimeException cannotOpen) {
      enricher.close();
      throw cannotOpen;
    }
    tally = new LookupTally(lookups);
    nextLook = clock.instant().plus(reloadInterval);
  }

  /** A start has two processors, whatever the function has later; the thread ends with the task. */
  private static void onAnotherThread(Runnable task) {
    var thread = new Thread(task, "open-user-agents");
    thread.setDaemon(true);
    thread.start();
  }

  /** A way of lines for one thread, through the look-ups too. */
  public LineEnricher newLineEnricher() {
    return lookups == null
        ? enricher.newLineEnricher()
        : enricher.newLineEnricher(lookups.newLineLookups());
  }

  /** What became of look-ups since this was asked last. */
  public Map<String, Long> lookupsSinceLast() {
    return tally.sinceLast();
  }

  /** Time since the oldest database in use was made; empty where none is open. */
  public Optional<Duration> databaseAge() {
    return DatabaseInUse.oldestAge(enricher.databases(), clock.instant());
  }

  /** Opens what has changed of the databases when it is time to look; warns of what cannot be. */
  public void reloadWhenDue() {
    Instant now = clock.instant();
    if (now.isBefore(nextLook)) {
      return;
    }
    nextLook = now.plus(reloadInterval);
    var troubles = new ArrayList<>(remote.fetchChanged());
    for (DatabaseReload reload : enricher.reloadIfChanged()) {
      reload.refusal().ifPresent(troubles::add);
    }
    troubles.forEach(this::warn);
  }

  private void warn(String message) {
    logLines.accept(
        "{\"timestamp\":\""
            + clock.instant()
            + "\",\"level\":\"WARN\",\"message\":\""
            + new String(JsonStringEncoder.getInstance().quoteAsString(message))
            + "\"}");
  }

  /** Warns of sources that are in trouble. */
  private final class LoggedEvents implements LookupEvents {
    @Override
    public void sourceRests(String source, Duration pause, String why) {
      warn(source + " is not asked for " + pause.toMillis() + " ms: " + why);
    }

    @Override
    public void sourceIsBack(String source) {
      warn(source + " answers again");
    }
  }

  @Override
  public void close() {
    if (lookups != null) {
      lookups.close();
    }
    enricher.close();
  }
}
