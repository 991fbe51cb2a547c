package dev.sluice.enricher.geo;

import java.io.IOException;

/**
 * Reads the record of a City database, of all that it has only what a {@link Place} has: names in
 * English, and of the regions the last one, which is the smallest. Not thread-safe.
 *
 * @see <a href="https://dev.maxmind.com/geoip/docs/web-services/responses/">GeoIP web services,
 *     response bodies, whose keys the records have</a>
 */
final class PlaceReader {
  private static final byte[][] RECORD_KEYS =
      ValueReader.keys("city", "continent", "country", "location", "postal", "subdivisions");

  private static final byte[][] CITY_KEYS = ValueReader.keys("names");
  private static final byte[][] CONTINENT_KEYS = ValueReader.keys("names", "code");

  /** Of countries and regions. */
  private static final byte[][] ISO_KEYS = ValueReader.keys("names", "iso_code");

  private static final byte[][] POSTAL_KEYS = ValueReader.keys("code");

  private static final byte[][] LOCATION_KEYS =
      ValueReader.keys("latitude", "longitude", "time_zone");
  private static final byte[][] LANGUAGES = ValueReader.keys("en");

  private final ValueReader in;
  private final Area city = new Area();
  private final Area continent = new Area();
  private final Area country = new Area();
  private Area region = new Area();
  private String postalCode;
  private Double latitude;
  private Double longitude;
  private String timeZone;

  /** What is known about a part of the world; null where nothing is. */
  private static final class Area {
    private String name;
    private String code;
  }

  PlaceReader(ValueReader in) {
    this.in = in;
  }

  Place read() throws IOException {
    int behind = in.enterMap();
    for (int left = in.entries(); left > 0; left--) {
      switch (in.key(RECORD_KEYS)) {
        case 0 -> read(city, CITY_KEYS);
        case 1 -> read(continent, CONTINENT_KEYS);
        case 2 -> read(country, ISO_KEYS);
        case 3 -> readLocation();
        case 4 -> readPostal();
        case 5 -> readRegions();
        default -> in.skip();
      }
    }
    in.leave(behind);
    return new Place(
        continent.code,
        continent.name,
        country.code,
        country.name,
        regionCode(),
        region.name,
        city.name,
        postalCode,
        timeZone,
        latitude,
        longitude);
  }

  private void read(Area area, byte[][] keys) throws IOException {
    int behind = in.enterMap();
    for (int left = in.entries(); left > 0; left--) {
      switch (in.key(keys)) {
        case 0 -> area.name = englishName();
        case 1 -> area.code = in.text();
        default -> in.skip();
      }
    }
    in.leave(behind);
  }

  private String englishName() throws IOException {
    String name = null;
    int behind = in.enterMap();
    for (int left = in.entries(); left > 0; left--) {
      if (in.key(LANGUAGES) == 0) {
        name = in.text();
      } else {
        in.skip();
      }
    }
    in.leave(behind);
    return name;
  }

  private void readRegions() throws IOException {
    int behind = in.enterArray();
    int count = in.entries();
    for (int i = 1; i < count; i++) {
      in.skip();
    }
    if (count > 0) {
      region = new Area();
      read(region, ISO_KEYS);
    }
    in.leave(behind);
  }

  private void readPostal() throws IOException {
    int behind = in.enterMap();
    for (int left = in.entries(); left > 0; left--) {
      if (in.key(POSTAL_KEYS) == 0) {
        postalCode = in.text();
      } else {
        in.skip();
      }
    }
    in.leave(behind);
  }

  private void readLocation() throws IOException {
    int behind = in.enterMap();
    for (int left = in.entries(); left > 0; left--) {
      switch (in.key(LOCATION_KEYS)) {
        case 0 -> latitude = in.real();
        case 1 -> longitude = in.real();
        case 2 -> timeZone = in.text();
        default -> in.skip();
      }
    }
    in.leave(behind);
  }

  /** The database has the part behind the hyphen only. */
  private String regionCode() {
    return country.code == null || region.code == null ? null : country.code + '-' + region.code;
  }
}
