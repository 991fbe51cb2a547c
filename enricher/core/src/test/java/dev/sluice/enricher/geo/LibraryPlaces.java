package dev.sluice.enricher.geo;

import com.maxmind.db.NoCache;
import com.maxmind.db.Reader.FileMode;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import com.maxmind.geoip2.model.CityResponse;
import com.maxmind.geoip2.record.Subdivision;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/** What GeoIP2, MaxMind's own library, reads in a City database: the slow twin of ours. */
final class LibraryPlaces implements AutoCloseable {
  private final DatabaseReader reader;

  LibraryPlaces(Path file) throws IOException {
    reader =
        new DatabaseReader.Builder(file.toFile())
            .fileMode(FileMode.MEMORY)
            .locales(List.of("en"))
            .withCache(NoCache.getInstance())
            .build();
  }

  Place find(InetAddress address) throws IOException, GeoIp2Exception {
    return reader.tryCity(address).map(LibraryPlaces::place).orElse(Place.UNKNOWN);
  }

  private static Place place(CityResponse city) {
    Subdivision region = city.mostSpecificSubdivision();
    String country = city.country().isoCode();
    boolean coded = country != null && region.isoCode() != null;
    return new Place(
        city.continent().code(),
        city.continent().name(),
        country,
        city.country().name(),
        coded ? country + '-' + region.isoCode() : null,
        region.name(),
        city.city().name(),
        city.postal().code(),
        city.location().timeZone(),
        city.location().latitude(),
        city.location().longitude());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
