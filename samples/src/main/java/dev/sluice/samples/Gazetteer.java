package dev.sluice.samples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The countries and cities of the samples, read from {@code cities.txt} beside this class. Their
 * geoname ids are numbers of our own, far above those that GeoNames has given out.
 */
final class Gazetteer {
  static final List<String> LANGUAGES = List.of("de", "en", "es", "fr", "ja", "ru", "zh-CN");

  private static final long FIRST_CONTINENT_ID = 1_000_000_001;
  private static final long FIRST_COUNTRY_ID = 1_000_001_001;
  private static final long FIRST_CITY_ID = 1_000_010_001;

  /**
   * Continents in the order of their ids: code, then names in English, German, French and Spanish.
   */
  private static final String[] CONTINENTS = {
    "AF|Africa|Afrika|Afrique|África",
    "AS|Asia|Asien|Asie|Asia",
    "EU|Europe|Europa|Europe|Europa",
    "NA|North America|Nordamerika|Amérique du Nord|Norteamérica",
    "OC|Oceania|Ozeanien|Océanie|Oceanía",
    "SA|South America|Südamerika|Amérique du Sud|Sudamérica"
  };

  /**
   * A city.
   *
   * @param weight from 1 to 100, roughly how many people are online there
   */
  record City(CityRecord.Place place, Country country, int weight, CityRecord.Location location) {

    CityRecord toRecord() {
      return toRecordWithoutLocation().withLocation(location);
    }

    CityRecord toRecordWithoutLocation() {
      return country.toRecord().withCity(place);
    }
  }

  /** A country with its cities, the first of which is the largest or the capital. */
  record Country(CityRecord.Place place, CityRecord.Place continent, List<City> cities) {

    CityRecord toRecord() {
      return CityRecord.empty().withCountry(place, continent);
    }
  }

  private final List<Country> countries = new ArrayList<>();
  private final Map<String, CityRecord.Place> continents = new LinkedHashMap<>();
  private int cityCount;

  private Gazetteer() {
    for (String line : CONTINENTS) {
      String[] parts = line.split("\\|");
      long id = FIRST_CONTINENT_ID + continents.size();
      continents.put(parts[0], new CityRecord.Place(id, parts[0], fourNames(parts, 1)));
    }
  }

  static Gazetteer read() {
    var gazetteer = new Gazetteer();
    try (InputStream in = Gazetteer.class.getResourceAsStream("cities.txt");
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          gazetteer.add(line.split("\\|"));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return gazetteer;
  }

  List<Country> countries() {
    return List.copyOf(countries);
  }

  private void add(String[] parts) {
    if (Character.isDigit(parts[0].charAt(0))) {
      Country country = countries.get(countries.size() - 1);
      country.cities().add(city(parts, country));
    } else {
      var place =
          new CityRecord.Place(FIRST_COUNTRY_ID + countries.size(), parts[0], fourNames(parts, 2));
      countries.add(new Country(place, continents.get(parts[1]), new ArrayList<>()));
    }
  }

  private City city(String[] parts, Country country) {
    var names = new TreeMap<String, String>();
    for (String language : List.of("de", "en", "es", "fr")) {
      names.put(language, parts[4]);
    }
    for (int i = 5; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      names.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
    }
    int weight = Integer.parseInt(parts[0]);
    int accuracyRadiusKm = weight > 20 ? 20 : weight > 5 ? 50 : 100;
    var location =
        new CityRecord.Location(
            Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), accuracyRadiusKm, parts[3]);
    return new City(
        new CityRecord.Place(FIRST_CITY_ID + cityCount++, "", names), country, weight, location);
  }

  private static Map<String, String> fourNames(String[] parts, int first) {
    var names = new TreeMap<String, String>();
    names.put("en", parts[first]);
    names.put("de", parts[first + 1]);
    names.put("fr", parts[first + 2]);
    names.put("es", parts[first + 3]);
    return names;
  }
}
