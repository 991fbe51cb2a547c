package dev.sluice.enricher.geo;

import dev.sluice.enricher.DatabaseInUse;
import dev.sluice.enricher.DatabaseReload;
import dev.sluice.enricher.UnusableDatabaseException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What databases know about addresses, rendered, behind bounded caches. Thread-safe. */
public final class GeoFragments implements AutoCloseable {
  private final Optional<RecordFragments<Place>> places;
  private final Optional<RecordFragments<AutonomousSystem>> systems;

  private GeoFragments(
      Optional<RecordFragments<Place>> places,
      Optional<RecordFragments<AutonomousSystem>> systems) {
    this.places = places;
    this.systems = systems;
  }

  /**
   * Opens the databases that there are.
   *
   * @param cityFile GeoIP2 City
   * @param asnFile GeoLite2 ASN or GeoIP2 ISP
   * @param maxEntries records of each that are remembered, about 200 bytes each
   * @param metrics takes what the caches {@code geoip} and {@code geoip-asn} count; null when
   *     nobody counts
   * @throws UnusableDatabaseException if a file is missing, of another kind, or visibly broken
   */
  public static GeoFragments open(
      Optional<Path> cityFile,
      Optional<Path> asnFile,
      GeoRenderers renderers,
      int maxEntries,
      MeterRegistry metrics) {
    Optional<RecordFragments<Place>> places =
        cityFile
            .map(file -> cities(file, renderers.place()))
            .map(source -> new RecordFragments<>(source, maxEntries, "geoip", metrics));
    try {
      return new GeoFragments(
          places,
          asnFile
              .map(file -> systems(file, renderers.autonomousSystem()))
              .map(source -> new RecordFragments<>(source, maxEntries, "geoip-asn", metrics)));
    } catch (UnusableDatabaseException e) {
      places.ifPresent(RecordFragments::close);
      throw e;
    }
  }

  private static RecordFragments.Source<Place> cities(Path file, PlaceRenderer renderer) {
    return new RecordFragments.Source<>("city", file, CityDatabase::open, renderer::render);
  }

  private static RecordFragments.Source<AutonomousSystem> systems(
      Path file, AutonomousSystemRenderer renderer) {
    return new RecordFragments.Source<>("asn", file, AsnDatabase::open, renderer::render);
  }

  /** A way in for one thread; empty when there is no database. */
  public Optional<GeoFinder> newFinder() {
    return places.isEmpty() && systems.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new GeoFinder(
                places.map(RecordFragments::newFinder).orElse(null),
                systems.map(RecordFragments::newFinder).orElse(null)));
  }

  /**
   * Opens each file anew that has changed since the last look. What finders find from then on comes
   * from the new file; one that cannot be used is reported once, and the one before stays.
   *
   * @return what became of the files that had changed
   */
  public List<DatabaseReload> reloadIfChanged() {
    return Stream.of(
            places.flatMap(RecordFragments::reloadIfChanged),
            systems.flatMap(RecordFragments::reloadIfChanged))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The databases that answers come from at present. */
  public List<DatabaseInUse> databases() {
    return Stream.of(places.map(RecordFragments::inUse), systems.map(RecordFragments::inUse))
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public void close() {
    places.ifPresent(RecordFragments::close);
    systems.ifPresent(RecordFragments::close);
  }
}
