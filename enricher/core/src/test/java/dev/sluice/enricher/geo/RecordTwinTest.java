package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;

import com.maxmind.db.NoCache;
import com.maxmind.db.Reader;
import com.maxmind.db.Reader.FileMode;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import dev.sluice.samples.MmdbMetadata;
import dev.sluice.samples.MmdbValue;
import dev.sluice.samples.SampleAsn;
import dev.sluice.samples.SampleGeo;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we read in records against what MaxMind's own libraries read. Time-outs catch a hang. */
@Timeout(120)
class RecordTwinTest {
  private static final String NETWORK = "203.0.113.0/24";
  private static final String HOST = "203.0.113.42";
  private static final String BROKEN = "broken";

  @TempDir private Path folder;

  private static Address address(String literal) {
    byte[] text = literal.getBytes(StandardCharsets.US_ASCII);
    return Address.parse(text, 0, text.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 28, 32})
  void readsEveryRecordOfTheSamplesAsGeoIp2Does(int recordSize) throws Exception {
    var sample = new SampleGeo();
    Path file = folder.resolve("geo.mmdb");
    try (OutputStream out = Files.newOutputStream(file)) {
      sample.writeTo(out, SampleGeo.metadata().withRecordSize(recordSize));
    }
    try (var ours = CityDatabase.open(file);
        var library = new LibraryPlaces(file)) {
      int known = 0;
      for (SampleGeo.Located each : sample.networks()) {
        String first = each.network().toString().replaceAll("/.*", "");
        Place place = ours.find(address(first));
        assertThat(place).isEqualTo(library.find(InetAddress.getByName(first)));
        known += place.equals(Place.UNKNOWN) ? 0 : 1;
      }
      assertThat(known).isGreaterThan(sample.networks().size() / 2);
    }
  }

  @Test
  void readsEveryAutonomousSystemOfTheSamplesAsTheLibraryDoes() throws Exception {
    var sample = new SampleAsn();
    Path file = folder.resolve("asn.mmdb");
    try (OutputStream out = Files.newOutputStream(file)) {
      sample.writeTo(out);
    }
    try (var ours = AsnDatabase.open(file);
        var library = new Reader(file.toFile(), FileMode.MEMORY, NoCache.getInstance())) {
      for (SampleAsn.Announced each : sample.networks()) {
        String first = each.network().toString().replaceAll("/.*", "");
        Map<?, ?> fields = library.get(InetAddress.getByName(first), Map.class);
        assertThat(ours.find(address(first)))
            .isEqualTo(
                new AutonomousSystem(
                    (Long) fields.get("autonomous_system_number"),
                    (String) fields.get("autonomous_system_organization")));
      }
    }
  }

  /** Every field that is read is of every type in turn. */
  @Test
  void refusesTheTypesThatGeoIp2Refuses() throws Exception {
    var values =
        List.of(
            MmdbValue.text("EU"),
            new MmdbValue.Float64(48.8566),
            new MmdbValue.Float32(2.5f),
            new MmdbValue.Bool(true),
            new MmdbValue.Int32(-7),
            new MmdbValue.Unsigned(16, BigInteger.valueOf(65_535)),
            MmdbValue.uint32(4_294_967_295L),
            new MmdbValue.Unsigned(64, BigInteger.valueOf(1L << 40)),
            new MmdbValue.Bytes(new byte[] {1, 2}),
            new MmdbValue.Array(List.of()),
            new MmdbValue.Array(List.of(new MmdbValue.Struct(Map.of()))),
            new MmdbValue.Struct(Map.of()));
    int broken = 0;
    int read = 0;
    for (String path :
        List.of(
            "city",
            "city.names",
            "city.names.en",
            "continent.code",
            "country.iso_code",
            "country.code",
            "postal.code",
            "subdivisions",
            "location.latitude",
            "location.longitude",
            "location.time_zone")) {
      for (MmdbValue value : values) {
        Path file = write(at(List.of(path.split("\\.")), value));
        String library = ofLibrary(file);
        assertThat(ofOurs(file)).as(path + " " + value).isEqualTo(library);
        if (library.equals(BROKEN)) {
          broken++;
        } else {
          read++;
        }
      }
    }
    assertThat(broken).isGreaterThan(80);
    assertThat(read).isGreaterThan(20);
  }

  private static MmdbValue at(List<String> path, MmdbValue value) {
    return path.isEmpty()
        ? value
        : new MmdbValue.Struct(Map.of(path.get(0), at(path.subList(1, path.size()), value)));
  }

  /** Where bytes are flipped, what both can read is the same. */
  @Test
  void readsTheSameInBrokenRecords() throws Exception {
    var fields = new LinkedHashMap<>(((MmdbValue.Struct) TestDatabases.paris().toValue()).fields());
    fields.put("postal", at(List.of("code"), MmdbValue.text("75001")));
    fields.put(
        "subdivisions",
        new MmdbValue.Array(
            List.of(
                at(List.of("iso_code"), MmdbValue.text("IDF")),
                at(List.of("names", "en"), MmdbValue.text("Paris")))));
    byte[] sound =
        TestDatabases.of(TestDatabases.CITY, Map.of(NETWORK, new MmdbValue.Struct(fields)));
    int end = new String(sound, StandardCharsets.ISO_8859_1).indexOf("MaxMind.com");
    var random = new Random(21);
    int both = 0;
    int neither = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] flipped = sound.clone();
      flipped[end - 1 - random.nextInt(300)] = (byte) random.nextInt(256);
      Path file = Files.write(folder.resolve("flipped" + round), flipped);
      String ours = ofOurs(file);
      String library = ofLibrary(file);
      if (!ours.equals(BROKEN) && !library.equals(BROKEN)) {
        assertThat(ours).isEqualTo(library);
        both++;
      } else if (ours.equals(library)) {
        neither++;
      }
      Files.delete(file);
    }
    assertThat(both).isGreaterThan(500);
    assertThat(neither).isGreaterThan(100);
  }

  private Path write(MmdbValue record) throws IOException {
    MmdbMetadata metadata = TestDatabases.CITY;
    Path file = Files.createTempFile(folder, "twin", ".mmdb");
    return Files.write(file, TestDatabases.of(metadata, new TreeMap<>(Map.of(NETWORK, record))));
  }

  private static String ofOurs(Path file) {
    try (var ours = CityDatabase.open(file)) {
      return ours.find(address(HOST)).toString();
    } catch (UnreadableRecordException | RuntimeException broken) {
      return BROKEN;
    }
  }

  private static String ofLibrary(Path file) {
    try (var library = new LibraryPlaces(file)) {
      return library.find(InetAddress.getByName(HOST)).toString();
    } catch (IOException | GeoIp2Exception | RuntimeException | StackOverflowError broken) {
      return BROKEN;
    }
  }
}
