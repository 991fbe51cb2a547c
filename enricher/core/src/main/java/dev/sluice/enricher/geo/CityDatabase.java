package dev.sluice.enricher.geo;

import dev.sluice.enricher.UnusableDatabaseException;
import java.io.IOException;
import java.nio.file.Path;

/** Reads GeoIP2 City databases, and those that hold more than a City. Thread-safe. */
final class CityDatabase implements RecordType<Place> {
  private static final CityDatabase TYPE = new CityDatabase();

  private CityDatabase() {}

  /**
   * Opens the file and tries it.
   *
   * @throws UnusableDatabaseException if it is missing, no City database, or visibly broken
   */
  static GeoIpDatabase<Place> open(Path file) {
    return GeoIpDatabase.open(file, TYPE);
  }

  @Override
  public String label() {
    return "GeoIP2 City database";
  }

  @Override
  public boolean reads(String databaseType) {
    return databaseType.contains("City") || databaseType.contains("Enterprise");
  }

  @Override
  public Place read(ValueReader in) throws IOException {
    return new PlaceReader(in).read();
  }

  @Override
  public Place unknown() {
    return Place.UNKNOWN;
  }
}
