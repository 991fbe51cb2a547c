package dev.sluice.enricher.geo;

import dev.sluice.enricher.UnusableDatabaseException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;

/** Rendered places, a database behind a bounded cache of its records. Thread-safe. */
public final class GeoFragments implements AutoCloseable {
  private final RecordFragments<Place> places;

  private GeoFragments(RecordFragments<Place> places) {
    this.places = places;
  }

  /**
   * Opens a GeoIP2 City database.
   *
   * @param maxEntries records remembered, about 200 bytes each
   * @param metrics takes what the cache {@code geoip} counts
   * @throws UnusableDatabaseException if the file is missing, no City database, or visibly broken
   */
  public static GeoFragments open(Path cities, int maxEntries, MeterRegistry metrics) {
    return new GeoFragments(
        new RecordFragments<>(
            CityDatabase.open(cities), FlatPlace::render, maxEntries, "geoip", metrics));
  }

  /** A way in for one thread. */
  public GeoFinder newFinder() {
    return new GeoFinder(places.newFinder());
  }

  @Override
  public void close() {
    places.close();
  }
}
