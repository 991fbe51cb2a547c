package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.samples.CityRecord;
import dev.sluice.samples.MmdbMetadata;
import dev.sluice.samples.MmdbValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Time-outs only catch a hang. */
@Timeout(120)
class CityDatabaseTest {
  @TempDir private Path folder;

  private static Address address(String literal) {
    byte[] text = literal.getBytes(StandardCharsets.US_ASCII);
    return Address.parse(text, 0, text.length);
  }

  private String json(byte[] database, String literal) {
    byte[] host = literal.getBytes(StandardCharsets.US_ASCII);
    try (var fragments = fragments(database)) {
      return new String(find(fragments, host), StandardCharsets.UTF_8);
    }
  }

  private boolean readable(byte[] database, String literal) {
    byte[] host = literal.getBytes(StandardCharsets.US_ASCII);
    try (var fragments = fragments(database)) {
      return GeoFragment.isReadable(find(fragments, host));
    }
  }

  private GeoFragments fragments(byte[] database) {
    return TestDatabases.open(TestDatabases.write(folder, database), 10, new SimpleMeterRegistry());
  }

  private static byte[] find(GeoFragments fragments, byte[] host) {
    GeoFinder finder = fragments.newFinder().orElseThrow();
    finder.find(host, 0, host.length);
    return finder.place();
  }

  private void assertRefused(byte[] content, String why) {
    Path file = TestDatabases.write(folder, content);
    assertThatThrownBy(() -> CityDatabase.open(file))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(why)
        .hasMessageMatching(".*"); // one line
  }

  @Test
  void findsByEveryWayToWriteAnAddress() {
    String paris =
        ",\"city\":\"Paris\",\"country\":\"France\","
            + "\"location\":{\"lat\":48.8566,\"lon\":2.3522}";
    byte[] database = TestDatabases.sound();
    for (String literal :
        List.of("203.0.113.42", "::ffff:203.0.113.42", "2001:db8::1", "2001:DB8:0::1")) {
      assertThat(json(database, literal)).as(literal).isEqualTo(paris);
    }
    for (String literal :
        List.of("203.0.114.1", "2001:db9::1", "localhost", "fe80::1%eth0", "-", "")) {
      assertThat(json(database, literal)).as(literal).isEmpty();
    }
  }

  @Test
  void writesWhatEachRecordKnows() {
    var vague = new CityRecord.Location(49, -2, 1000, "");
    var records = new LinkedHashMap<String, MmdbValue>();
    CityRecord country =
        CityRecord.empty().withCountry(TestDatabases.place("en", "France"), TestDatabases.place());
    records.put("192.0.2.1/32", country.toValue());
    records.put("192.0.2.2/32", country.withLocation(vague).toValue());
    records.put("192.0.2.3/32", country.withRegisteredCountryOnly().toValue());
    records.put(
        "192.0.2.4/32", CityRecord.empty().withCity(TestDatabases.place("fr", "Nice")).toValue());
    records.put("192.0.2.5/32", CityRecord.empty().toValue());
    records.put(
        "192.0.2.6/32",
        new MmdbValue.Struct(
            Map.of(
                "location", new MmdbValue.Struct(Map.of("latitude", new MmdbValue.Float64(1))))));
    byte[] database = TestDatabases.of(TestDatabases.CITY, records);
    assertThat(json(database, "192.0.2.1")).isEqualTo(",\"country\":\"France\"");
    assertThat(json(database, "192.0.2.2"))
        .isEqualTo(",\"country\":\"France\",\"location\":{\"lat\":49.0,\"lon\":-2.0}");
    assertThat(json(database, "192.0.2.3")).isEmpty();
    assertThat(json(database, "192.0.2.4")).as("no English name").isEmpty();
    assertThat(json(database, "192.0.2.5")).isEmpty();
    assertThat(json(database, "192.0.2.6")).as("half a location").isEmpty();
  }

  @Test
  void knowsAllThatARecordSaysOfAPlace() throws UnreadableRecordException {
    MmdbValue.Struct paris = (MmdbValue.Struct) TestDatabases.paris().toValue();
    var fields = new LinkedHashMap<>(paris.fields());
    fields.put(
        "continent",
        new MmdbValue.Struct(
            Map.of(
                "code", MmdbValue.text("EU"), "names", MmdbValue.texts(Map.of("en", "Europe")))));
    fields.put(
        "country",
        new MmdbValue.Struct(
            Map.of(
                "iso_code",
                MmdbValue.text("FR"),
                "names",
                MmdbValue.texts(Map.of("en", "France")))));
    fields.put(
        "subdivisions",
        new MmdbValue.Array(List.of(region("IDF", "Île-de-France"), region("75", "Paris"))));
    fields.put("postal", new MmdbValue.Struct(Map.of("code", MmdbValue.text("75001"))));
    byte[] file =
        TestDatabases.of(
            TestDatabases.CITY, Map.of("203.0.113.0/24", new MmdbValue.Struct(fields)));
    try (var database = CityDatabase.open(TestDatabases.write(folder, file))) {
      assertThat(database.find(address("203.0.113.42")))
          .isEqualTo(
              new Place(
                  "EU",
                  "Europe",
                  "FR",
                  "France",
                  "FR-75",
                  "Paris",
                  "Paris",
                  "75001",
                  "Europe/Paris",
                  48.8566,
                  2.3522));
      assertThat(database.find(address("192.0.2.1"))).isEqualTo(Place.UNKNOWN);
    }
  }

  private static MmdbValue region(String code, String name) {
    return new MmdbValue.Struct(
        Map.of("iso_code", MmdbValue.text(code), "names", MmdbValue.texts(Map.of("en", name))));
  }

  @Test
  void givesNoAnswerOnceTheFileIsCutOffUnderneath() throws IOException {
    Path file = TestDatabases.write(folder, TestDatabases.sound());
    try (var fragments = TestDatabases.open(file, 10, new SimpleMeterRegistry());
        var database = CityDatabase.open(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
      for (int i = 0; i < 1_000; i++) {
        Address address = address("203.0.113." + i % 256);
        assertThatThrownBy(() -> database.find(address))
            .isInstanceOf(UnreadableRecordException.class);
        byte[] host = ("203.0.113." + i % 256).getBytes(StandardCharsets.US_ASCII);
        assertThat(find(fragments, host)).isSameAs(GeoFragment.UNREADABLE);
        assertThat(find(fragments, "192.0.2.1".getBytes(StandardCharsets.US_ASCII)))
            .isSameAs(GeoFragment.NOTHING);
      }
    }
  }

  @Test
  void readsEveryShapeOfTheFormat() {
    for (int recordSize : new int[] {24, 28, 32}) {
      for (int ipVersion : new int[] {4, 6}) {
        MmdbMetadata metadata =
            TestDatabases.CITY.withRecordSize(recordSize).withIpVersion(ipVersion);
        byte[] database =
            TestDatabases.of(metadata, Map.of("203.0.113.0/24", TestDatabases.paris().toValue()));
        assertThat(json(database, "203.0.113.42")).contains("Paris");
        assertThat(json(database, "2001:db8::1")).isEmpty();
        assertThat(readable(database, "2001:db8::1")).isTrue();
      }
    }
  }

  @Test
  void refusesWhatIsNotThere() {
    Path missing = folder.resolve("none.mmdb");
    assertThatThrownBy(() -> CityDatabase.open(missing)).hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> CityDatabase.open(folder))
        .hasMessage(folder + ": not a readable file");
  }

  @Test
  void refusesWhatIsNoDatabase() {
    assertRefused(new byte[0], "not a usable GeoIP2 City database");
    assertRefused("hello".repeat(1_000).getBytes(StandardCharsets.US_ASCII), "not a usable");
    byte[] garbage = new byte[50_000];
    new Random(5).nextBytes(garbage);
    assertRefused(garbage, "not a usable");
  }

  @Test
  void refusesADatabaseOfAnotherKind() {
    MmdbMetadata asn = MmdbMetadata.city("GeoLite2-ASN", List.of("en"), Instant.EPOCH);
    assertRefused(TestDatabases.of(asn, Map.of()), "its type is GeoLite2-ASN");
  }

  @Test
  void refusesADatabaseCutOffAnywhere() {
    byte[] sound = TestDatabases.sound();
    for (int length = 0; length < sound.length; length++) {
      assertRefused(Arrays.copyOf(sound, length), "not a usable");
    }
  }

  @Test
  void refusesADatabaseWhoseBeginningIsMissing() {
    byte[] sound = TestDatabases.sound();
    for (int from = 1; from < sound.length; from += 7) {
      byte[] tail = Arrays.copyOfRange(sound, from, sound.length);
      Path file = TestDatabases.write(folder, tail);
      try (var database = CityDatabase.open(file)) {
        // The tree still fits by chance; then look-ups must end, with or without an answer.
        lookUpSome(database);
      } catch (UnusableDatabaseException refused) {
        assertThat(refused).hasMessageStartingWith(file.toString());
      }
    }
  }

  @Test
  void neitherHangsNorThrowsWhateverBytesAreFlipped() throws Exception {
    byte[] sound = TestDatabases.sound();
    var random = new Random(9);
    int opened = 0;
    int rounds = 600;
    Path file = folder.resolve("flipped.mmdb");
    for (int round = 0; round < rounds; round++) {
      byte[] flipped = sound.clone();
      for (int i = 1 + random.nextInt(5); i > 0; i--) {
        flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, flipped);
      try (var database = CityDatabase.open(file)) {
        lookUpSome(database);
        opened++;
      } catch (UnusableDatabaseException refused) {
        assertThat(refused).hasMessageStartingWith(file + ": not a usable");
      }
      Files.delete(file); // a new file each time: the old one is still mapped
    }
    assertThat(opened).isBetween(1, rounds - 1);
  }

  private static void lookUpSome(GeoIpDatabase<Place> database) {
    for (String literal : List.of("203.0.113.42", "2001:db8::1", "255.255.255.255", "::")) {
      try {
        assertThat(database.find(address(literal))).isNotNull();
      } catch (UnreadableRecordException unreadable) {
        assertThat(unreadable).hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void givesNoAnswerWhereARecordPointsToItself() {
    // A pointer of eleven bits with value 0: the start of the data section, where it stands itself.
    byte[] cycle = {0x20, 0x00};
    byte[] database = TestDatabases.withRawRecord("203.0.113.0/24", cycle);
    assertThat(readable(database, "203.0.113.42")).isFalse();
    assertThat(json(database, "203.0.113.42")).isEmpty();
    assertThat(readable(database, "203.0.114.1")).isTrue();
  }

  @Test
  void givesNoAnswerWhereAFieldPointsToItself() {
    // {"city": {"names": pointer to that pointer}}
    var record = new ByteArrayOutputStream();
    record.write(0xE1);
    writeText(record, "city");
    record.write(0xE1);
    writeText(record, "names");
    int self = record.size();
    record.write(0x20);
    record.write(self);
    byte[] database = TestDatabases.withRawRecord("203.0.113.0/24", record.toByteArray());
    assertThat(readable(database, "203.0.113.42")).isFalse();
  }

  @Test
  void givesNoAnswerWhereFewBytesUnfoldIntoManyValues() {
    // {"subdivisions": [5,000 pointers to one map]}
    var record = new ByteArrayOutputStream();
    record.write(0xE1);
    writeText(record, "subdivisions");
    int count = 5_000;
    record.write(0x1E);
    record.write(0x04);
    record.write(count - 285 >> 8);
    record.write(count - 285 & 0xFF);
    int target = 0; // the whole record again, whose keys a subdivision does not know
    for (int i = 0; i < count; i++) {
      record.write(0x20);
      record.write(target);
    }
    byte[] database = TestDatabases.withRawRecord("203.0.113.0/24", record.toByteArray());
    assertThat(readable(database, "203.0.113.42")).isFalse();
  }

  @Test
  void givesNoAnswerWhereARecordHasTheWrongType() {
    for (MmdbValue wrong :
        List.of(
            MmdbValue.text("Paris"),
            MmdbValue.uint32(7),
            new MmdbValue.Array(List.of()),
            new MmdbValue.Struct(Map.of("city", MmdbValue.text("Paris"))),
            new MmdbValue.Struct(
                Map.of(
                    "location", new MmdbValue.Struct(Map.of("latitude", MmdbValue.text("48"))))))) {
      byte[] database =
          TestDatabases.of(TestDatabases.CITY, new TreeMap<>(Map.of("203.0.113.0/24", wrong)));
      assertThat(readable(database, "203.0.113.42")).as(wrong.toString()).isFalse();
    }
  }

  @Test
  void refusesADatabaseThatIsBrokenForMostAddresses() {
    assertRefused(
        TestDatabases.of(TestDatabases.CITY, Map.of("128.0.0.0/1", MmdbValue.text("Paris"))),
        "not a usable GeoIP2 City database");
  }

  @Test
  void countsHitsAndMissesOfRecordsAndStaysWithinItsBound() {
    var metrics = new SimpleMeterRegistry();
    var networks = new TreeMap<String, MmdbValue>();
    for (int i = 0; i < 100; i++) {
      CityRecord city = CityRecord.empty().withCity(TestDatabases.place("en", "City " + i));
      networks.put("192.0." + i + ".0/24", city.toValue());
    }
    Path file = TestDatabases.write(folder, TestDatabases.of(TestDatabases.CITY, networks));
    try (var fragments = TestDatabases.open(file, 10, metrics)) {
      GeoFinder finder = fragments.newFinder().orElseThrow();
      GeoFinder other = fragments.newFinder().orElseThrow();
      for (int i = 0; i < 100; i++) {
        for (int host = 0; host < 3; host++) {
          byte[] text = ("192.0." + i + "." + host).getBytes(StandardCharsets.US_ASCII);
          assertThat(finder.find(text, 0, text.length)).isTrue();
          assertThat(other.find(text, 0, text.length)).isTrue();
          assertThat(finder.place()).isSameAs(other.place());
          assertThat(new String(finder.place(), StandardCharsets.UTF_8))
              .isEqualTo(",\"city\":\"City " + i + "\"");
        }
      }
    }
    assertThat(metrics.get("cache.gets").tag("result", "miss").functionCounter().count())
        .isEqualTo(100);
    assertThat(metrics.get("cache.gets").tag("result", "hit").functionCounter().count())
        .isEqualTo(100);
    assertThat(metrics.get("cache.size").tag("cache", "geoip").gauge().value())
        .isBetween(1.0, 10.0);
  }

  private static void writeText(ByteArrayOutputStream out, String text) {
    out.write(0x40 | text.length());
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
