package dev.sluice.enricher.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.enricher.BuiltInFormat;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.Outcome;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.UnusableDatabaseException;
import dev.sluice.samples.MmdbMetadata;
import dev.sluice.samples.MmdbValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsnDatabaseTest {
  @TempDir private Path folder;

  private static MmdbMetadata metadata(String type) {
    return MmdbMetadata.city(type, List.of("en"), TestDatabases.CITY.buildTime());
  }

  private static MmdbValue system(long number, String organization) {
    var fields = new LinkedHashMap<String, MmdbValue>();
    fields.put("autonomous_system_number", MmdbValue.uint32(number));
    fields.put("autonomous_system_organization", MmdbValue.text(organization));
    return new MmdbValue.Struct(fields);
  }

  private Path write(String type, Map<String, MmdbValue> networks) {
    return TestDatabases.write(folder, TestDatabases.of(metadata(type), new TreeMap<>(networks)));
  }

  private static String json(Path file, String host) {
    try (var fragments =
        GeoFragments.open(
            Optional.empty(),
            Optional.of(file),
            GeoRenderers.FLAT,
            10,
            new SimpleMeterRegistry())) {
      GeoFinder finder = fragments.newFinder().orElseThrow();
      byte[] text = host.getBytes(StandardCharsets.US_ASCII);
      finder.find(text, 0, text.length);
      assertThat(finder.place()).isSameAs(GeoFragment.NOTHING);
      String answer = new String(finder.autonomousSystem(), StandardCharsets.UTF_8);
      return GeoFragment.isReadable(finder.autonomousSystem()) ? answer : "unreadable";
    }
  }

  @Test
  void saysWhoseNetworkItIs() {
    Path file =
        write(
            "GeoLite2-ASN",
            Map.of(
                "203.0.113.0/24", system(64_496, "Example \"Net\" SARL"),
                "198.51.100.0/24", system(4_294_967_295L, ""),
                "2001:db8::/32", system(0, "Zero")));
    assertThat(json(file, "203.0.113.42"))
        .isEqualTo(",\"asn\":\"64496\",\"as_organization\":\"Example \\\"Net\\\" SARL\"");
    assertThat(json(file, "::ffff:203.0.113.42")).contains("64496");
    assertThat(json(file, "198.51.100.1")).isEqualTo(",\"asn\":\"4294967295\"");
    assertThat(json(file, "2001:db8::1")).isEqualTo(",\"asn\":\"0\",\"as_organization\":\"Zero\"");
    assertThat(json(file, "192.0.2.1")).isEmpty();
    assertThat(json(file, "host.example.com")).isEmpty();
  }

  @Test
  void readsTheSameFieldsOfAnIspDatabase() {
    var fields = new LinkedHashMap<String, MmdbValue>();
    fields.put("isp", MmdbValue.text("Retail brand"));
    fields.put("autonomous_system_organization", MmdbValue.text("Carrier"));
    fields.put("mobile_country_code", MmdbValue.text("208"));
    Path file = write("GeoIP2-ISP", Map.of("203.0.113.0/24", new MmdbValue.Struct(fields)));
    assertThat(json(file, "203.0.113.42")).isEqualTo(",\"as_organization\":\"Carrier\"");
  }

  @Test
  void givesNoAnswerWhereARecordHasTheWrongType() {
    var wrong = new MmdbValue.Struct(Map.of("autonomous_system_number", MmdbValue.text("AS1")));
    Path file =
        write("GeoLite2-ASN", Map.of("203.0.113.0/24", wrong, "192.0.2.0/24", MmdbValue.text("x")));
    assertThat(json(file, "203.0.113.42")).isEqualTo("unreadable");
    assertThat(json(file, "192.0.2.1")).isEqualTo("unreadable");
    assertThat(json(file, "198.51.100.1")).isEmpty();
  }

  @Test
  void refusesADatabaseOfAnotherKindAndClosesTheOther() {
    Path city = TestDatabases.write(folder, TestDatabases.sound());
    assertThatThrownBy(
            () ->
                GeoFragments.open(
                    Optional.of(city),
                    Optional.of(city),
                    GeoRenderers.FLAT,
                    10,
                    new SimpleMeterRegistry()))
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessage(
            city + ": not a usable GeoLite2 ASN or GeoIP2 ISP database: its type is Test-City");
  }

  @Test
  void standsBehindTheLocationOfALine() {
    Path city = TestDatabases.write(folder, TestDatabases.sound());
    Path asn = write("GeoLite2-ASN", Map.of("203.0.113.0/24", system(64_496, "Example")));
    EnricherSettings settings =
        EnricherSettings.defaults().toBuilder()
            .format(BuiltInFormat.COMMON)
            .geoIpDatabase(Optional.of(city))
            .asnDatabase(Optional.of(asn))
            .build();
    String line = "203.0.113.42 - - [28/Oct/2025:10:15:30 +0000] \"GET / HTTP/1.1\" 200 5";
    try (var enricher = Enricher.open(settings, new SimpleMeterRegistry())) {
      var out = new OutputBuffer();
      byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
      assertThat(enricher.newLineEnricher().enrich(bytes, 0, bytes.length, out))
          .isEqualTo(Outcome.ENRICHED);
      assertThat(out.toString())
          .contains(
              "\"location\":{\"lat\":48.8566,\"lon\":2.3522},"
                  + "\"asn\":\"64496\",\"as_organization\":\"Example\",\"webpage\":\"index\"");
    }
  }
}
