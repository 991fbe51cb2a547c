package dev.sluice.enricher.geo;

import dev.sluice.enricher.DatabaseInUse;
import dev.sluice.enricher.DatabaseReload;
import dev.sluice.enricher.UnusableDatabaseException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What databases know about addresses, rendered, behind bounded caches. Thread-safe. */
public final class GeoFragments implements AutoCloseable {
  private final RecordFragments<Place> places; // null without such a database
  private final RecordFragments<AutonomousSystem> systems; // null without such a database

  private GeoFragments(RecordFragments<Place> places, RecordFragments<AutonomousSystem> systems) {
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
    RecordFragments<Place> places =
        cityFile.isEmpty()
            ? null
            : new RecordFragments<>(
                cities(cityFile.get(), renderers.place()), maxEntries, "geoip", metrics);
    try {
      RecordFragments<AutonomousSystem> systems =
          asnFile.isEmpty()
              ? null
              : new RecordFragments<>(
                  systems(asnFile.get(), renderers.autonomousSystem()),
                  maxEntries,
                  "geoip-asn",
                  metrics);
      return new GeoFragments(places, systems);
    } catch (UnusableDatabaseException e) {
      if (places != null) {
        places.close();
      }
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
    return places == null && systems == null
        ? Optional.empty()
        : Optional.of(
            new GeoFinder(
                places == null ? null : places.newFinder(),
                systems == null ? null : systems.newFinder()));
  }

  /**
   * Opens each file anew that has changed since the last look. What finders find from then on comes
   * from the new file; one that cannot be used is reported once, and the one before stays.
   *
   * @return what became of the files that had changed
   */
  public List<DatabaseReload> reloadIfChanged() {
    var reloads = new ArrayList<DatabaseReload>(2);
    if (places != null) {
      places.reloadIfChanged().ifPresent(reloads::add);
    }
    if (systems != null) {
      systems.reloadIfChanged().ifPresent(reloads::add);
    }
    return reloads;
  }

  /** The databases that answers come from at present. */
  public List<DatabaseInUse> databases() {
    var inUse = new ArrayList<DatabaseInUse>(2);
    if (places != null) {
      inUse.add(places.inUse());
    }
    if (systems != null) {
      inUse.add(systems.inUse());
    }
    return inUse;
  }

  @Override
  public void close() {
    if (places != null) {
      places.close();
    }
    if (systems != null) {
      systems.close();
    }
  }
}
