package dev.sluice.enricher;

import dev.sluice.enricher.geo.GeoFragments;
import dev.sluice.enricher.steps.RejectMask;
import dev.sluice.enricher.steps.StepFactory;
import dev.sluice.enricher.useragent.UserAgentClassifier;
import dev.sluice.enricher.useragent.UserAgentFragments;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;

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
    return opened(settings, Objects.requireNonNull(metrics, "metrics"));
  }

  /**
   * Opens the files that the settings name; nobody counts what the caches do, which makes the start
   * shorter.
   *
   * @throws UnusableDatabaseException if a file cannot be used
   */
  public static Enricher open(EnricherSettings settings) {
    return opened(settings, null);
  }

  private static Enricher opened(EnricherSettings settings, MeterRegistry metrics) {
    var userAgents =
        new UserAgentFragments(
            UserAgentClassifier.open(settings.uapRegexes()),
            settings.profile().userAgentRenderer(),
            settings.userAgentCacheEntries(),
            metrics);
    StepFactory steps = StepFactory.open(settings.steps(), settings.profile());
    // Last, because nothing after it can fail and leave it open.
    var places =
        GeoFragments.open(
            settings.geoIpDatabase(),
            settings.asnDatabase(),
            settings.profile().geoRenderers(),
            settings.geoCacheEntries(),
            metrics);
    return new Enricher(settings, places, userAgents, steps);
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
