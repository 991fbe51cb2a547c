package dev.sluice.enricher;

import dev.sluice.enricher.geo.CityDatabase;
import dev.sluice.enricher.geo.GeoFragments;
import dev.sluice.enricher.steps.StepFactory;
import dev.sluice.enricher.useragent.UserAgentClassifier;
import dev.sluice.enricher.useragent.UserAgentFragments;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** What all lines share: database, classifier and their caches. Thread-safe. */
public final class Enricher implements AutoCloseable {
  private final EnricherSettings settings;
  private final Optional<GeoFragments> places;
  private final UserAgentFragments userAgents;
  private final StepFactory steps;

  private Enricher(
      EnricherSettings settings,
      Optional<GeoFragments> places,
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
   * @param metrics takes hits, misses, evictions and sizes of the caches {@code geoip} and {@code
   *     user-agent}
   * @throws UnusableDatabaseException if a file cannot be used
   */
  public static Enricher open(EnricherSettings settings, MeterRegistry metrics) {
    var userAgents =
        new UserAgentFragments(
            UserAgentClassifier.open(settings.uapRegexes()),
            settings.userAgentCacheEntries(),
            metrics);
    StepFactory steps = StepFactory.open(settings.steps(), settings.profile());
    // Last, because nothing after it can fail and leave it open.
    Optional<GeoFragments> places =
        settings
            .geoIpDatabase()
            .map(CityDatabase::open)
            .map(database -> new GeoFragments(database, settings.geoCacheEntries(), metrics));
    return new Enricher(settings, places, userAgents, steps);
  }

  /** A worker for one thread; any number of them share this enricher. */
  public LineEnricher newLineEnricher() {
    return new LineEnricher(settings, places, userAgents, steps.newSteps().orElse(null));
  }

  /** Closes the database. Line enrichers must not be used afterwards. */
  @Override
  public void close() {
    places.ifPresent(GeoFragments::close);
  }
}
