package dev.sluice.enricher.geo;

import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import com.maxmind.geoip2.model.CityResponse;
import dev.sluice.enricher.UnusableDatabaseException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;

/** A GeoIP2 City database, memory-mapped. Thread-safe. */
final class CityDatabase extends GeoIpDatabase<Place> {
  private CityDatabase(Mapping mapping) {
    super(mapping);
  }

  /**
   * Maps the file and tries it.
   *
   * @throws UnusableDatabaseException if it is missing, no City database, or visibly broken
   */
  static CityDatabase open(Path file) {
    return open(file, "GeoIP2 City database", CityDatabase::new);
  }

  @Override
  boolean isType(String databaseType) {
    return databaseType.contains("City") || databaseType.contains("Enterprise");
  }

  @Override
  Place decode(DatabaseReader library, InetAddress address) throws IOException, GeoIp2Exception {
    return library.tryCity(address).map(CityDatabase::place).orElse(Place.UNKNOWN);
  }

  @Override
  Place unknown() {
    return Place.UNKNOWN;
  }

  private static Place place(CityResponse city) {
    return new Place(
        city.city().name(),
        city.country().name(),
        city.location().latitude(),
        city.location().longitude());
  }
}
