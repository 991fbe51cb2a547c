package dev.sluice.functions.fanout;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.enricher.BatchEnricher;
import dev.sluice.enricher.DatabaseInUse;
import dev.sluice.enricher.DatabaseReload;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.lookups.LookupEvents;
import dev.sluice.lookups.LookupTally;
import dev.sluice.lookups.Lookups;
import dev.sluice.lookups.database.DatabaseFetch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The enricher of an execution environment, with its databases and look-ups. Not thread-safe. */
final class OpenEnricher implements AutoCloseable {
  private final Enricher enricher;
  private final Lookups lookups; // null when nothing is looked up
  private final LookupTally tally;
  private final DatabaseFetch remote;
  private final Duration reloadInterval;
  private final InstantSource clock;
  private final Consumer<String> logLines;
  private Instant nextLook;

  /**
   * Fetches what has to be fetched, and opens the files that the settings name.
   *
   * @param logLines takes warnings, from several threads
   * @throws UnusableDatabaseException if one cannot be used
   */
  OpenEnricher(FanOutFunctionSettings settings, InstantSource clock, Consumer<String> logLines) {
    this.clock = clock;
    this.logLines = logLines;
    reloadInterval = settings.reloadInterval();
    remote =
        settings.remoteDatabases().isEmpty()
            ? DatabaseFetch.NOTHING
            : AwsClients.databases(settings.remoteDatabases());
    remote.fetchChanged().forEach(this::warn);
    enricher = Enricher.open(settings.enricher(), OpenEnricher::onAnotherThread);
    try {
      lookups =
          settings
              .lookups()
              .map(wanted -> AwsClients.lookups(wanted, enricher, new LoggedEvents()))
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

  /** What is done with lines, for one thread. */
  LineWork newLineWork() {
    return LineWork.of(
        new BatchEnricher(
            lookups == null
                ? enricher.newLineEnricher()
                : enricher.newLineEnricher(lookups.newLineLookups())));
  }

  /** What became of look-ups since this was asked last. */
  Map<String, Long> lookupsSinceLast() {
    return tally.sinceLast();
  }

  /** Time since the oldest database in use was made; empty where none is open. */
  Optional<Duration> databaseAge() {
    return DatabaseInUse.oldestAge(enricher.databases(), clock.instant());
  }

  /** Opens what has changed of the databases when it is time to look; warns of what cannot be. */
  void reloadWhenDue() {
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
