package dev.sluice.enricher.geo;

/**
 * Where an address is, as far as the database knows. Names are English; what is unknown is null,
 * never empty.
 *
 * @param continentCode two letters, such as {@code EU}
 * @param countryIsoCode ISO 3166-1, two letters
 * @param regionIsoCode ISO 3166-2 of the smallest region known, such as {@code FR-75}
 * @param region name of that region
 * @param postalCode as written in that country
 * @param timeZone name of the tz database, such as {@code Europe/Paris}
 * @param latitude degrees north
 * @param longitude degrees east
 */
public record Place(
    String continentCode,
    String continent,
    String countryIsoCode,
    String country,
    String regionIsoCode,
    String region,
    String city,
    String postalCode,
    String timeZone,
    Double latitude,
    Double longitude) {
  /** Nothing is known about the address. */
  public static final Place UNKNOWN =
      new Place(null, null, null, null, null, null, null, null, null, null, null);

  public Place {
    continentCode = known(continentCode);
    continent = known(continent);
    countryIsoCode = known(countryIsoCode);
    country = known(country);
    regionIsoCode = known(regionIsoCode);
    region = known(region);
    city = known(city);
    postalCode = known(postalCode);
    timeZone = known(timeZone);
  }

  private static String known(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  /** Whether both numbers are known; one alone is no location. */
  public boolean hasLocation() {
    return latitude != null
        && longitude != null
        && Double.isFinite(latitude)
        && Double.isFinite(longitude);
  }
}
