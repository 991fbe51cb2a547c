package dev.sluice.enricher;

import dev.sluice.enricher.geo.GeoFragments;
import dev.sluice.enricher.useragent.UserAgentClassifier;
import dev.sluice.enricher.useragent.UserAgentFragments;
import dev.sluice.enricher.useragent.UserAgentRenderer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** What all lines share: database, classifier and their caches. Thread-safe. */
public final class Enricher implements AutoCloseable {
  private final EnricherSettings settings;
  private final Optional<GeoFragments> places;
  private final UserAgentFragments userAgents;

  private Enricher(
      EnricherSettings settings, Optional<GeoFragments> places, UserAgentFragments userAgents) {
    this.settings = settings;
    this.places = places;
    this.userAgents = userAgents;
  }

  /**
   * Opens the files that the settings name.
   *
   * @param metrics takes hits, misses, evictions and sizes of the caches {@code geoip} and {@code
   *     user-agent}, and hits of {@code user-agent-finder}
   * @throws UnusableDatabaseException if a file cannot be used
   */
  public static Enricher open(EnricherSettings settings, MeterRegistry metrics) {
    var userAgents =
        new UserAgentFragments(
            UserAgentClassifier.open(settings.uapRegexes()),
            UserAgentRenderer.FLAT,
            settings.userAgentCacheEntries(),
            metrics);
    // Last, because nothing after it can fail and leave it open.
    Optional<GeoFragments> places =
        settings
            .geoIpDatabase()
            .map(file -> GeoFragments.open(file, settings.geoCacheEntries(), metrics));
    return new Enricher(settings, places, userAgents);
  }

  /** A worker for one thread; any number of them share this enricher. */
  public LineEnricher newLineEnricher() {
    return new LineEnricher(settings, places, userAgents);
  }

  /** Tells a person what becomes of a line, and why; for one thread. */
  public LineExplainer newLineExplainer() {
    return new LineExplainer(settings, newLineEnricher(), userAgents);
  }

  /** Closes the database. Line enrichers must not be used afterwards. */
  @Override
  public void close() {
    places.ifPresent(GeoFragments::close);
  }
}
