package dev.sluice.enricher;

import dev.sluice.enricher.geo.GeoFragments;
import dev.sluice.enricher.steps.RejectMask;
import dev.sluice.enricher.steps.StepFactory;
import dev.sluice.enricher.useragent.UserAgentClassifier;
import dev.sluice.enricher.useragent.UserAgentFragments;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** What all lines share: database, classifier and their caches. Thread-safe. */
public final class Enricher implements AutoCloseable {
  private final EnricherSettings settings;
  private final GeoFragments places;
  private final UserAgentFragments userAgents;
  private final StepFactory steps;

  private Enricher(
      EnricherSettings settings,
      GeoFragments places,
      UserAgentFragments userAgents,
      StepFactory steps) {
    this.settings = settings;
    this.places = places;
    this.userAgents = userAgents;
    this.steps = steps;
  }

  /**
   * Opens the files that the settings name.
   *
   * @param metrics takes hits, misses, evictions and sizes of the caches {@code geoip}, {@code
   *     geoip-asn} and {@code user-agent}, and hits of {@code user-agent-finder}
   * @throws UnusableDatabaseException if a file cannot be used
   */
  public static Enricher open(EnricherSettings settings, MeterRegistry metrics) {
    return open(settings, Objects.requireNonNull(metrics, "metrics"), Runnable::run);
  }

  /**
   * Opens the files that the settings name, some of them while others are being opened; nobody
   * counts what the caches do, which makes the start shorter too.
   *
   * @param helper runs one task, on another thread or on this one. On another thread it may go on
   *     for a moment after this has returned: it then {@linkplain Rehearsal rehearses} a line
   * @throws UnusableDatabaseException if a file cannot be used
   */
  public static Enricher open(EnricherSettings settings, Executor helper) {
    return open(settings, null, helper);
  }

  private static Enricher open(EnricherSettings settings, MeterRegistry metrics, Executor helper) {
    var userAgents = new FutureTask<>(() -> userAgents(settings, metrics));
    Thread opener = Thread.currentThread();
    helper.execute(
        () -> {
          userAgents.run();
          if (Thread.currentThread() != opener) {
            rehearse(settings, userAgents);
          }
        });
    GeoFragments places = null;
    boolean opened = false;
    try {
      StepFactory steps = StepFactory.open(settings.steps(), settings.profile());
      places =
          GeoFragments.open(
              settings.geoIpDatabase(),
              settings.asnDatabase(),
              settings.profile().geoRenderers(),
              settings.geoCacheEntries(),
              metrics);
      var enricher = new Enricher(settings, places, result(userAgents), steps);
      opened = true;
      return enricher;
    } finally {
      if (!opened) {
        close(places, userAgents);
      }
    }
  }

  private static UserAgentFragments userAgents(EnricherSettings settings, MeterRegistry metrics) {
    return new UserAgentFragments(
        UserAgentClassifier.open(settings.uapRegexes()),
        settings.profile().userAgentRenderer(),
        settings.userAgentCacheEntries(),
        metrics);
  }

  private static void rehearse(EnricherSettings settings, FutureTask<UserAgentFragments> opened) {
    UserAgentFragments userAgents;
    try {
      userAgents = result(opened);
    } catch (RuntimeException failed) {
      return; // told by whoever opens
    }
    Rehearsal.run(settings, userAgents);
  }

  /** After a failure nothing stays open, and nothing goes on. */
  private static void close(GeoFragments places, FutureTask<UserAgentFragments> userAgents) {
    if (places != null) {
      places.close();
    }
    result(userAgents); // if it has failed too, its failure is the one to tell
  }

  private static <T> T result(FutureTask<T> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true; // the task is short, and whoever interrupts us is told below
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // opening throws nothing that is checked
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A worker for one thread; any number of them share this enricher. */
  public LineEnricher newLineEnricher() {
    return newLineEnricher(null);
  }

  /**
   * A worker for one thread that asks others about its lines.
   *
   * @param lookups used by this worker only; null when nobody is asked
   */
  public LineEnricher newLineEnricher(LineLookups lookups) {
    return new LineEnricher(settings, places, userAgents, steps.newSteps().orElse(null), lookups);
  }

  /** Masks text that comes from elsewhere as enriched lines are masked; for one thread. */
  public RejectMask newTextMask() {
    return steps.newRejectMask();
  }

  /** Tells a person what becomes of a line, and why; for one thread. */
  public LineExplainer newLineExplainer() {
    return new LineExplainer(settings, newLineEnricher(), userAgents);
  }

  /**
   * Opens each GeoIP2 database anew whose file has changed since the last look, by its time, size
   * or identity. Lines begun afterwards have their places from the new file; one that cannot be
   * used is reported once, and the one before stays in use. Looks at the files and returns; whoever
   * wants them watched calls it again and again. Any thread may call it.
   *
   * @return what became of the files that had changed
   */
  public List<DatabaseReload> reloadIfChanged() {
    return places.reloadIfChanged();
  }

  /** The GeoIP2 databases that answers come from at present. */
  public List<DatabaseInUse> databases() {
    return places.databases();
  }

  /** Closes the databases. Line enrichers must not be used afterwards. */
  @Override
  public void close() {
    places.close();
  }
}
