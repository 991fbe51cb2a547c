package dev.sluice.samples;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One record of a City database in the shape that GeoIP2 reads; any part may be missing.
 *
 * @param city without it only the country is known
 * @param postalCode code of the place, as text
 */
public record CityRecord(
    Optional<Place> city,
    Optional<Place> continent,
    Optional<Place> country,
    Optional<Location> location,
    Optional<String> postalCode,
    Optional<Place> registeredCountry) {

  /**
   * A city, country or continent.
   *
   * @param geonameId number of the place
   * @param code ISO 3166-1 code of a country, two letters for a continent, empty for a city
   * @param names name by language
   */
  public record Place(long geonameId, String code, Map<String, String> names) {

    private MmdbValue toValue(String codeKey) {
      var fields = new LinkedHashMap<String, MmdbValue>();
      if (!code.isEmpty()) {
        fields.put(codeKey, MmdbValue.text(code));
      }
      fields.put("geoname_id", MmdbValue.uint32(geonameId));
      if (!names.isEmpty()) {
        fields.put("names", MmdbValue.texts(names));
      }
      return new MmdbValue.Struct(fields);
    }
  }

  /**
   * A point on the map.
   *
   * @param latitude degrees, north is positive
   * @param longitude degrees, east is positive
   * @param accuracyRadiusKm kilometres around the point
   * @param timeZone name of the tz database, empty when unknown
   */
  public record Location(double latitude, double longitude, int accuracyRadiusKm, String timeZone) {

    private MmdbValue toValue() {
      var fields = new LinkedHashMap<String, MmdbValue>();
      fields.put("accuracy_radius", MmdbValue.uint16(accuracyRadiusKm));
      fields.put("latitude", new MmdbValue.Float64(latitude));
      fields.put("longitude", new MmdbValue.Float64(longitude));
      if (!timeZone.isEmpty()) {
        fields.put("time_zone", MmdbValue.text(timeZone));
      }
      return new MmdbValue.Struct(fields);
    }
  }

  /** A record that knows nothing. */
  public static CityRecord empty() {
    return new CityRecord(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public CityRecord withCity(Place newCity) {
    return new CityRecord(
        Optional.of(newCity), continent, country, location, postalCode, registeredCountry);
  }

  public CityRecord withCountry(Place newCountry, Place newContinent) {
    return new CityRecord(
        city,
        Optional.of(newContinent),
        Optional.of(newCountry),
        location,
        postalCode,
        Optional.of(newCountry));
  }

  public CityRecord withLocation(Location newLocation) {
    return new CityRecord(
        city, continent, country, Optional.of(newLocation), postalCode, registeredCountry);
  }

  public CityRecord withPostalCode(String code) {
    return new CityRecord(city, continent, country, location, Optional.of(code), registeredCountry);
  }

  /**
   * Only the country that the network is registered in, which says nothing about where its
   * addresses are.
   */
  public CityRecord withRegisteredCountryOnly() {
    return new CityRecord(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        registeredCountry);
  }

  public MmdbValue toValue() {
    var fields = new LinkedHashMap<String, MmdbValue>();
    city.ifPresent(place -> fields.put("city", place.toValue("code")));
    continent.ifPresent(place -> fields.put("continent", place.toValue("code")));
    country.ifPresent(place -> fields.put("country", place.toValue("iso_code")));
    location.ifPresent(point -> fields.put("location", point.toValue()));
    postalCode.ifPresent(
        code -> fields.put("postal", new MmdbValue.Struct(Map.of("code", MmdbValue.text(code)))));
    registeredCountry.ifPresent(
        place -> fields.put("registered_country", place.toValue("iso_code")));
    return new MmdbValue.Struct(fields);
  }
}
