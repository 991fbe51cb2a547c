package dev.sluice.firehose.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.Settings;
import dev.sluice.firehose.FirehoseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoIpLayerTest {

  @TempDir Path root;

  private FirehoseSettings read(Map<String, String> settings) {
    return FirehoseSettings.from(new Settings(GeoIpLayer.behind(settings::get, root)));
  }

  @Test
  void withoutALayerThereIsNoDatabase() {
    assertThat(read(Map.of()).enricher().geoIpDatabase()).isEmpty();
    assertThat(read(Map.of()).enricher().asnDatabase()).isEmpty();
  }

  @Test
  void aDatabaseOfALayerStandsInForASettingThatIsAbsent() throws IOException {
    Path folder = Files.createDirectory(root.resolve("geoip"));
    Path city = Files.createFile(folder.resolve("city.mmdb"));
    assertThat(read(Map.of()).enricher().geoIpDatabase()).contains(city);
    assertThat(read(Map.of()).enricher().asnDatabase()).isEmpty();

    Path asn = Files.createFile(folder.resolve("asn.mmdb"));
    assertThat(read(Map.of()).enricher().asnDatabase()).contains(asn);
  }

  @Test
  void aSettingComesFirstAndABlankOneLeavesTheDatabaseOut() throws IOException {
    Path folder = Files.createDirectory(root.resolve("geoip"));
    Files.createFile(folder.resolve("city.mmdb"));
    Files.createFile(folder.resolve("asn.mmdb"));
    FirehoseSettings settings =
        read(Map.of("GEOIP_CITY_DATABASE", "mine.mmdb", "GEOIP_ASN_DATABASE", ""));
    assertThat(settings.enricher().geoIpDatabase()).contains(Path.of("mine.mmdb"));
    assertThat(settings.enricher().asnDatabase()).isEmpty();
    assertThat(read(Map.of("GEOIP_CITY_DATABASE", "s3://bucket/city.mmdb")).remoteDatabases())
        .hasSize(1);
  }

  /** Whatever asks whether there is a database sees the layer's. */
  @Test
  void aStepThatNeedsAPlaceFindsOne() throws IOException {
    Files.createFile(Files.createDirectory(root.resolve("geoip")).resolve("city.mmdb"));
    assertThat(read(Map.of("ANONYMISATION", "truncate")).enricher().geoIpDatabase()).isPresent();
  }
}
