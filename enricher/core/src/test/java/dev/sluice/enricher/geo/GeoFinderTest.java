package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.samples.MmdbValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a finder remembers against the databases themselves, asked for each address anew. */
class GeoFinderTest {
  private static final int HOSTS = 40_000;
  private static final String BEHIND = " - - [01/Jan/2026:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1";

  @TempDir private Path folder;

  /** Networks of all sizes around 24 bits, one inside the other, in two databases that differ. */
  private static Map<String, MmdbValue> networks(Random random, boolean cities) {
    var networks = new ArrayList<String>();
    for (int third = 0; third < 40; third++) {
      String part = "203.0." + third + ".";
      networks.add(part + (random.nextInt(4) << 6) + "/26");
      networks.add(part + random.nextInt(256) + "/32");
      networks.add("203.0." + (third << 1) + ".0/23");
      networks.add("198.51." + random.nextInt(256) + ".0/24");
      networks.add("2001:db8:" + third + "::/" + (48 + random.nextInt(2) * 4));
    }
    var values = new TreeMap<String, MmdbValue>(GeoFinderTest::widerFirst);
    for (String network : networks) {
      if (random.nextInt(3) > 0) {
        values.put(network, value(network, cities));
      }
    }
    return values;
  }

  private static int widerFirst(String one, String other) {
    int difference = bits(one) - bits(other);
    return difference == 0 ? one.compareTo(other) : difference;
  }

  private static int bits(String network) {
    return Integer.parseInt(network.substring(network.indexOf('/') + 1));
  }

  private static MmdbValue value(String name, boolean city) {
    return city
        ? TestDatabases.paris().withCity(TestDatabases.place("en", name)).toValue()
        : new MmdbValue.Struct(
            Map.of("autonomous_system_organization", MmdbValue.text("AS of " + name)));
  }

  private static List<String> hosts(Random random) {
    var hosts = new ArrayList<String>();
    for (int i = 0; i < HOSTS; i++) {
      String last = random.nextInt(80) + "." + random.nextInt(300);
      hosts.add(
          switch (i % 8) {
            case 0, 1, 2, 3 -> "203.0." + last;
            case 4, 5 -> "198.51." + random.nextInt(256) + "." + random.nextInt(256);
            case 6 -> "2001:db8:" + random.nextInt(40) + ":" + random.nextInt(3) + "::1";
            default -> "::ffff:203.0." + last;
          });
    }
    hosts.add("crawl-1.example.com");
    return hosts;
  }

  private Path write(String name, byte[] database) throws IOException {
    return Files.write(folder.resolve(name), database);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true"})
  void answersAsTheDatabasesDo(boolean withCities, boolean withSystems)
      throws IOException, UnreadableRecordException {
    var random = new Random(11);
    Path cityFile =
        write("city.mmdb", TestDatabases.of(TestDatabases.CITY, networks(random, true)));
    Path asnFile = write("asn.mmdb", TestDatabases.of(TestDatabases.ASN, networks(random, false)));
    try (var cities = CityDatabase.open(cityFile);
        var systems = AsnDatabase.open(asnFile);
        var fragments =
            GeoFragments.open(
                withCities ? Optional.of(cityFile) : Optional.empty(),
                withSystems ? Optional.of(asnFile) : Optional.empty(),
                GeoRenderers.FLAT,
                100,
                null)) {
      GeoFinder finder = fragments.newFinder().orElseThrow();
      int placed = 0;
      for (String host : hosts(random)) {
        byte[] text = (host + BEHIND).getBytes(StandardCharsets.US_ASCII);
        Address address = Address.parse(text, 0, host.length());
        assertThat(finder.find(text, 0, host.length())).as(host).isEqualTo(address != null);
        byte[] place =
            withCities && address != null
                ? FlatGeo.renderPlace(cities.find(address))
                : GeoFragment.NOTHING;
        byte[] system =
            withSystems && address != null
                ? FlatGeo.renderAutonomousSystem(systems.find(address))
                : GeoFragment.NOTHING;
        assertThat(finder.place()).as(host).isEqualTo(place);
        assertThat(finder.autonomousSystem()).as(host).isEqualTo(system);
        placed += place.length + system.length > 0 ? 1 : 0;
      }
      assertThat(placed).isBetween(HOSTS / 4, HOSTS * 3 / 4);
    }
  }

  @Test
  void forgetsItsNetworksWhenADatabaseIsReplaced() throws IOException {
    String host = "203.0.113.42";
    byte[] text = (host + BEHIND).getBytes(StandardCharsets.US_ASCII);
    Path file =
        write(
            "city.mmdb",
            TestDatabases.of(TestDatabases.CITY, Map.of("203.0.113.0/24", value("one", true))));
    try (var fragments =
        GeoFragments.open(Optional.of(file), Optional.empty(), GeoRenderers.FLAT, 100, null)) {
      GeoFinder finder = fragments.newFinder().orElseThrow();
      finder.find(text, 0, host.length());
      finder.find(text, 0, host.length());
      assertThat(new String(finder.place(), StandardCharsets.UTF_8)).contains("\"one\"");
      Path next =
          write(
              "next.mmdb",
              TestDatabases.of(
                  TestDatabases.CITY,
                  new TreeMap<>(
                      Map.of(
                          "203.0.113.0/26", value("two", true),
                          "203.0.113.64/26", value("another", true)))));
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
      assertThat(fragments.reloadIfChanged()).hasSize(1);
      finder.find(text, 0, host.length());
      assertThat(new String(finder.place(), StandardCharsets.UTF_8)).contains("\"two\"");
    }
  }
}
