package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import com.maxmind.geoip2.model.CityResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleGeoTest {
  private final SampleGeo geo = new SampleGeo();

  private static DatabaseReader reader(SampleGeo geo, MmdbMetadata metadata) throws IOException {
    var out = new ByteArrayOutputStream();
    geo.writeTo(out, metadata);
    return new DatabaseReader.Builder(new ByteArrayInputStream(out.toByteArray())).build();
  }

  @Test
  void placesTheDocumentationAddressInParis() throws IOException, GeoIp2Exception {
    CityResponse paris = reader(geo, SampleGeo.metadata()).city(Mmdb.inet("203.0.113.42"));
    assertThat(paris.city().names()).containsEntry("en", "Paris").containsEntry("ja", "パリ");
    assertThat(paris.country().isoCode()).isEqualTo("FR");
    assertThat(paris.country().names())
        .containsEntry("en", "France")
        .containsEntry("de", "Frankreich");
    assertThat(paris.continent().code()).isEqualTo("EU");
    assertThat(paris.location().latitude()).isEqualTo(48.8566);
    assertThat(paris.location().longitude()).isEqualTo(2.3522);
    assertThat(paris.location().timeZone()).isEqualTo("Europe/Paris");
    assertThat(paris.location().accuracyRadius()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"24, 4", "28, 4", "32, 4", "24, 6", "28, 6", "32, 6"})
  void geoIp2ReadsEveryNetwork(int recordSize, int ipVersion) throws IOException, GeoIp2Exception {
    DatabaseReader reader =
        reader(geo, SampleGeo.metadata().withRecordSize(recordSize).withIpVersion(ipVersion));
    int checked = 0;
    for (SampleGeo.Located located : geo.networks()) {
      IpNetwork network = located.network();
      if (ipVersion == 4 && network.address().ipv6()) {
        continue;
      }
      checked++;
      for (IpAddress address :
          List.of(
              network.address(), Mmdb.last(network), network.host(0x5A5A5A5A5A5A5A5AL, 0xA5A5L))) {
        assertSame(reader.tryCity(Mmdb.inet(address)).orElseThrow(), located.record());
      }
    }
    assertThat(checked).isGreaterThan(ipVersion == 4 ? 400 : 800);
  }

  private static void assertSame(CityResponse read, CityRecord expected) {
    assertThat(read.city().names())
        .isEqualTo(expected.city().map(CityRecord.Place::names).orElse(java.util.Map.of()));
    assertThat(read.city().geonameId())
        .isEqualTo(expected.city().map(CityRecord.Place::geonameId).orElse(null));
    assertThat(read.country().isoCode())
        .isEqualTo(expected.country().map(CityRecord.Place::code).orElse(null));
    assertThat(read.country().geonameId())
        .isEqualTo(expected.country().map(CityRecord.Place::geonameId).orElse(null));
    assertThat(read.continent().code())
        .isEqualTo(expected.continent().map(CityRecord.Place::code).orElse(null));
    assertThat(read.registeredCountry().isoCode())
        .isEqualTo(expected.registeredCountry().map(CityRecord.Place::code).orElse(null));
    Optional<CityRecord.Location> location = expected.location();
    assertThat(read.location().latitude())
        .isEqualTo(location.map(CityRecord.Location::latitude).orElse(null));
    assertThat(read.location().longitude())
        .isEqualTo(location.map(CityRecord.Location::longitude).orElse(null));
    assertThat(read.location().timeZone())
        .isEqualTo(location.map(CityRecord.Location::timeZone).orElse(null));
    assertThat(read.location().accuracyRadius())
        .isEqualTo(location.map(CityRecord.Location::accuracyRadiusKm).orElse(null));
  }

  @Test
  void hasRecordsWithAbsentValuesOfEverySort() {
    assertThat(count(record -> record.city().isPresent() && record.location().isPresent()))
        .isGreaterThan(700);
    assertThat(count(record -> record.city().isPresent() && record.location().isEmpty()))
        .isGreaterThan(10);
    assertThat(
            count(
                record ->
                    record.city().isEmpty()
                        && record.country().isPresent()
                        && record.location().isEmpty()))
        .isGreaterThan(20);
    assertThat(count(record -> record.city().isEmpty() && record.location().isPresent()))
        .isGreaterThan(10);
    assertThat(
            count(record -> record.country().isEmpty() && record.registeredCountry().isPresent()))
        .isPositive();
  }

  private long count(Predicate<CityRecord> predicate) {
    return geo.networks().stream().map(SampleGeo.Located::record).filter(predicate).count();
  }

  @Test
  void hasNoNetworkInsideAnother() {
    List<IpNetwork> networks = geo.networks().stream().map(SampleGeo.Located::network).toList();
    for (IpNetwork network : networks) {
      assertThat(networks.stream().filter(other -> other.contains(network.address())))
          .containsExactly(network);
    }
  }

  @Test
  void keepsCitiesOnTheMap() {
    var cities =
        Gazetteer.read().countries().stream()
            .flatMap(country -> country.cities().stream())
            .toList();
    assertThat(cities).hasSizeGreaterThan(250);
    assertThat(cities)
        .allSatisfy(
            city -> {
              assertThat(city.location().latitude()).isBetween(-60.0, 72.0);
              assertThat(city.location().longitude()).isBetween(-180.0, 180.0);
              assertThat(java.time.ZoneId.getAvailableZoneIds())
                  .contains(city.location().timeZone());
              assertThat(city.weight()).isBetween(1, 100);
            });
    assertThat(cities.stream().map(city -> city.place().geonameId())).doesNotHaveDuplicates();
    assertThat(
            cities.stream()
                .map(city -> city.country().place().code() + city.place().names().get("en")))
        .doesNotHaveDuplicates();
  }
}
