package dev.sluice.enricher.geo;

import com.maxmind.db.Metadata;
import com.maxmind.db.Reader.FileMode;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import com.maxmind.geoip2.model.CityResponse;
import com.maxmind.geoip2.record.Subdivision;
import dev.sluice.enricher.UnusableDatabaseException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/** Reads GeoIP2 City databases, and those that hold more than a City. Thread-safe. */
final class CityDatabase implements LibraryReader<Place> {
  private final DatabaseReader reader;

  private CityDatabase(DatabaseReader reader) {
    this.reader = reader;
  }

  /**
   * Maps the file and tries it.
   *
   * @throws UnusableDatabaseException if it is missing, no City database, or visibly broken
   */
  static GeoIpDatabase<Place> open(Path file) {
    return GeoIpDatabase.open(file, "GeoIP2 City database", CityDatabase::map);
  }

  private static CityDatabase map(Path file, PointerLimit limit) throws IOException {
    return new CityDatabase(
        new DatabaseReader.Builder(file.toFile())
            .fileMode(FileMode.MEMORY_MAPPED)
            .locales(List.of("en"))
            .withCache(limit)
            .build());
  }

  @Override
  public Metadata metadata() {
    return reader.metadata();
  }

  @Override
  public boolean reads(String databaseType) {
    return databaseType.contains("City") || databaseType.contains("Enterprise");
  }

  @Override
  public Place find(InetAddress address) throws IOException, GeoIp2Exception {
    return reader.tryCity(address).map(CityDatabase::place).orElse(Place.UNKNOWN);
  }

  @Override
  public Place unknown() {
    return Place.UNKNOWN;
  }

  private static Place place(CityResponse city) {
    Subdivision region = city.mostSpecificSubdivision();
    return new Place(
        city.continent().code(),
        city.continent().name(),
        city.country().isoCode(),
        city.country().name(),
        regionCode(city.country().isoCode(), region.isoCode()),
        region.name(),
        city.city().name(),
        city.postal().code(),
        city.location().timeZone(),
        city.location().latitude(),
        city.location().longitude());
  }

  /** The database has the part behind the hyphen only. */
  private static String regionCode(String country, String region) {
    return country == null || region == null ? null : country + '-' + region;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
