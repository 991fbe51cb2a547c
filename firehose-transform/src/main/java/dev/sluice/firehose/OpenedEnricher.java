package dev.sluice.firehose;

import dev.sluice.enricher.DatabaseInUse;
import dev.sluice.enricher.DatabaseReload;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.firehose.FirehoseSettings.UnusableGeoIp;
import dev.sluice.firehose.tracing.TracedStep;
import dev.sluice.firehose.tracing.Tracing;
import dev.sluice.lookups.database.DatabaseFetch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The enricher of an execution environment, with its GeoIP2 databases as far as they can be used.
 * Not thread-safe.
 */
final class OpenedEnricher implements AutoCloseable {
  private final Enricher enricher;
  private final DatabaseFetch remote;
  private final List<String> unusable;
  private final Duration reloadInterval;
  private final InstantSource clock;
  private final Tracing tracing;
  private Instant nextLook;

  private OpenedEnricher(
      Enricher enricher,
      DatabaseFetch remote,
      List<String> unusable,
      Duration reloadInterval,
      InstantSource clock,
      Tracing tracing) {
    this.enricher = enricher;
    this.remote = remote;
    this.unusable = List.copyOf(unusable);
    this.reloadInterval = reloadInterval;
    this.clock = clock;
    this.tracing = tracing;
    nextLook = clock.instant().plus(reloadInterval);
  }

  /**
   * Fetches what has to be fetched, and opens the files that the settings name.
   *
   * @throws UnusableDatabaseException if one cannot be used, unless it is a GeoIP2 database that
   *     the settings can do without
   */
  static OpenedEnricher open(
      FirehoseSettings settings, DatabaseFetch remote, InstantSource clock, Tracing tracing) {
    var unusable = new ArrayList<String>();
    try (TracedStep step = tracing.step("open databases")) {
      List<String> notFetched = remote.fetchChanged();
      Enricher enricher;
      try {
        enricher = open(settings.enricher(), settings.unusableGeoIp(), notFetched, unusable);
      } catch (UnusableDatabaseException broken) {
        step.failed(broken.getMessage());
        throw broken;
      }
      step.put("geoip_databases_unusable", unusable.size());
      if (!unusable.isEmpty()) {
        step.failed(String.join("; ", unusable));
      }
      return new OpenedEnricher(
          enricher, remote, unusable, settings.geoIpReloadInterval(), clock, tracing);
    }
  }

  private static Enricher open(
      EnricherSettings settings,
      UnusableGeoIp policy,
      List<String> notFetched,
      List<String> unusable) {
    try {
      return Enricher.open(settings, OpenedEnricher::onAnotherThread);
    } catch (UnusableDatabaseException broken) {
      if (policy == UnusableGeoIp.REFUSE) {
        throw notFetched.isEmpty()
            ? broken
            : new UnusableDatabaseException(
                settings.geoIpDatabase().or(settings::asnDatabase).orElseThrow(),
                "was not fetched: " + String.join("; ", notFetched),
                broken);
      }
      unusable.addAll(notFetched);
      EnricherSettings usable = withoutUnusable(settings, unusable);
      if (unusable.isEmpty()) {
        throw broken; // another file than those of GeoIP2
      }
      return Enricher.open(usable, OpenedEnricher::onAnotherThread);
    }
  }

  /** The settings without each database that cannot be opened alone. */
  private static EnricherSettings withoutUnusable(
      EnricherSettings settings, List<String> unusable) {
    EnricherSettings without =
        settings.toBuilder().geoIpDatabase(Optional.empty()).asnDatabase(Optional.empty()).build();
    EnricherSettings usable = settings;
    if (settings.geoIpDatabase().isPresent()
        && !opens(without.toBuilder().geoIpDatabase(settings.geoIpDatabase()).build(), unusable)) {
      usable = usable.toBuilder().geoIpDatabase(Optional.empty()).build();
    }
    if (settings.asnDatabase().isPresent()
        && !opens(without.toBuilder().asnDatabase(settings.asnDatabase()).build(), unusable)) {
      usable = usable.toBuilder().asnDatabase(Optional.empty()).build();
    }
    return usable;
  }

  private static boolean opens(EnricherSettings settings, List<String> unusable) {
    try {
      Enricher.open(settings, OpenedEnricher::onAnotherThread).close();
      return true;
    } catch (UnusableDatabaseException broken) {
      unusable.add(broken.getMessage());
      return false;
    }
  }

  /** A start has two processors, whatever the function has later; the thread ends with the task. */
  private static void onAnotherThread(Runnable task) {
    var thread = new Thread(task, "open-user-agents");
    thread.setDaemon(true);
    thread.start();
  }

  Enricher enricher() {
    return enricher;
  }

  /** Why databases are not in use, one text for each. */
  List<String> unusable() {
    return unusable;
  }

  /** Time since the oldest database in use was made; empty where none is open. */
  Optional<Duration> databaseAge() {
    return DatabaseInUse.oldestAge(enricher.databases(), clock.instant());
  }

  /**
   * Looks at the files, and at those in S3, when it is time to, and opens what has changed.
   *
   * @return why what has changed is not in use, one text for each
   */
  List<String> reloadWhenDue() {
    Instant now = clock.instant();
    if (now.isBefore(nextLook)) {
      return List.of();
    }
    nextLook = now.plus(reloadInterval);
    try (TracedStep step = tracing.step("reload databases")) {
      var troubles = new ArrayList<>(remote.fetchChanged());
      List<DatabaseReload> reloads = enricher.reloadIfChanged();
      for (DatabaseReload reload : reloads) {
        reload.refusal().ifPresent(troubles::add);
      }
      step.put("geoip_databases_changed", reloads.size());
      if (!troubles.isEmpty()) {
        step.failed(String.join("; ", troubles));
      }
      return troubles;
    }
  }

  @Override
  public void close() {
    enricher.close();
  }
}
