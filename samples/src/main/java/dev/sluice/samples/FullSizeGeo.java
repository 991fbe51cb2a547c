package dev.sluice.samples;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A City database as large as a real one, for benchmarks: 100,000 invented cities around the real
 * ones of the samples, and networks of every size over the addresses of {@link AddressPlan}. Always
 * the same bytes.
 */
final class FullSizeGeo {
  private static final long SEED = 50_000_000;
  private static final long FIRST_CITY_ID = 1_100_000_001;
  private static final int CITIES = 100_000;
  private static final int RECORDS_PER_CITY = 2;
  private static final int IPV6_NETWORKS = 150_000;
  private static final int SMALLEST_PREFIX = 24;

  /** Consonant and vowel, so that invented names can be pronounced. */
  private static final String[] SYLLABLES = {
    "ba", "do", "fi", "ga", "he", "jo", "ka", "lu", "mi", "no", "pa", "ro", "sa", "te", "vi", "wa",
    "ze", "bre", "cla", "sto"
  };

  private static final String[] ENDINGS = {
    "ville", "burg", "ton", "grad", "stad", "polis", "mar", "dorf", "field", "port"
  };

  private final Dice dice = new Dice(SEED);
  private final MmdbWriter writer;

  /** Records of the cities of one continent, per continent of {@link Gazetteer}. */
  private final Map<String, List<MmdbWriter.Stored>> records = new TreeMap<>();

  private FullSizeGeo() {
    writer =
        new MmdbWriter(
            MmdbMetadata.city("Sluice-Full-Size-City", Gazetteer.LANGUAGES, SampleGeo.BUILD_TIME)
                .withRecordSize(28));
  }

  static void writeTo(OutputStream out) throws IOException {
    var full = new FullSizeGeo();
    full.inventCities();
    full.insertNetworks();
    full.writer.writeTo(out);
  }

  private void inventCities() {
    var realCities = new ArrayList<Gazetteer.City>();
    Gazetteer.read().countries().forEach(country -> realCities.addAll(country.cities()));
    var near =
        new WeightedChoice(realCities.stream().mapToDouble(Gazetteer.City::weight).toArray());
    for (int i = 0; i < CITIES; i++) {
      Gazetteer.City real = realCities.get(near.draw(dice));
      String name = name();
      var names = new TreeMap<String, String>();
      for (String language : List.of("de", "en", "es", "fr")) {
        names.put(language, name);
      }
      var place = new CityRecord.Place(FIRST_CITY_ID + i, "", names);
      List<MmdbWriter.Stored> continent =
          records.computeIfAbsent(real.country().continent().code(), code -> new ArrayList<>());
      for (int j = 0; j < RECORDS_PER_CITY; j++) {
        CityRecord record =
            real.country().toRecord().withCity(place).withLocation(nearby(real.location()));
        continent.add(
            writer.store(
                record.withPostalCode(Integer.toString(dice.between(10_000, 99_999))).toValue()));
      }
    }
  }

  /** A point within about 100 km, four decimals. */
  private CityRecord.Location nearby(CityRecord.Location center) {
    double latitude = Math.max(-89, Math.min(89, center.latitude() + dice.unit() * 2 - 1));
    double longitude = Math.max(-179, Math.min(179, center.longitude() + dice.unit() * 2 - 1));
    return new CityRecord.Location(
        Math.rint(latitude * 1e4) / 1e4,
        Math.rint(longitude * 1e4) / 1e4,
        dice.oneOf(new Integer[] {5, 10, 20, 50, 100}),
        center.timeZone());
  }

  private String name() {
    var name = new StringBuilder();
    for (int i = dice.between(2, 3); i > 0; i--) {
      name.append(dice.oneOf(SYLLABLES));
    }
    name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
    return name.append(dice.oneOf(ENDINGS)).toString();
  }

  private void insertNetworks() {
    var plan = new AddressPlan(dice);
    for (String continent : records.keySet()) {
      for (int octet : AddressPlan.ipv4Octets(continent)) {
        divide(octet << 24, 8, continent);
      }
      for (int i = 0; i < IPV6_NETWORKS / records.size(); i++) {
        insert(plan.nextIpv6(continent), continent);
      }
    }
  }

  /**
   * Halves a network until chance or the smallest size stops it; a few are left without a record.
   */
  private void divide(int address, int prefixLength, String continent) {
    boolean whole = prefixLength == SMALLEST_PREFIX || prefixLength >= 14 && dice.chance(0.11);
    if (!whole) {
      divide(address, prefixLength + 1, continent);
      divide(address | 1 << (31 - prefixLength), prefixLength + 1, continent);
    } else if (!dice.chance(0.02)) {
      insert(new IpNetwork(IpAddress.ipv4(address), prefixLength), continent);
    }
  }

  private void insert(IpNetwork network, String continent) {
    List<MmdbWriter.Stored> choices = records.get(continent);
    writer.insert(network, choices.get(dice.below(choices.size())));
  }
}
