package dev.sluice.lookups.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.EnricherSettings;
import dev.sluice.enricher.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseLocationsTest {
  private static final Path FOLDER = Path.of("folder");

  @Test
  void replacesWhatLiesInS3AndLeavesFilesAlone() {
    Map<String, String> values =
        Map.of(
            "GEOIP_CITY_DATABASE", "s3://geo/a/city.mmdb", "GEOIP_ASN_DATABASE", "/opt/asn.mmdb");
    var settings = new Settings(values::get);
    DatabaseLocations locations = DatabaseLocations.from(settings);
    assertThat(settings.problems()).isEmpty();
    assertThat(locations.in(FOLDER))
        .containsExactly(
            new RemoteDatabase("geo", "a/city.mmdb", FOLDER.resolve("sluice-city.mmdb")));
    EnricherSettings enricher = locations.in(FOLDER, EnricherSettings.from(settings));
    assertThat(enricher.geoIpDatabase()).contains(FOLDER.resolve("sluice-city.mmdb"));
    assertThat(enricher.asnDatabase()).contains(Path.of("/opt/asn.mmdb"));
  }

  @Test
  void isNothingWithoutASetting() {
    assertThat(DatabaseLocations.from(new Settings(key -> null))).isEqualTo(DatabaseLocations.NONE);
    assertThat(DatabaseLocations.NONE.in(FOLDER)).isEmpty();
  }

  @Test
  void refusesWhatIsNoObject() {
    var settings = new Settings(Map.of("GEOIP_ASN_DATABASE", "s3://geo")::get);
    assertThat(DatabaseLocations.from(settings).asn()).isEqualTo(Optional.empty());
    assertThat(settings.problems())
        .containsExactly("GEOIP_ASN_DATABASE is \"s3://geo\", expected a file or s3://bucket/key");
  }
}
