package dev.sluice.samples;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The sample's geography: which invented network stands in which real city. Always the same. Covers
 * the addresses of {@link SyntheticAccessLog} apart from those that nobody can locate, and
 * 203.0.113.0/24, an address range for documentation (RFC 5737), which stands in Paris. Some
 * networks have a country only, some have no location, a few know nothing but where they are
 * registered.
 */
public final class SampleGeo {
  /** Build time of the committed database: the sample's bytes depend on no clock. */
  static final Instant BUILD_TIME = Instant.parse("2025-10-28T00:00:00Z");

  static final String DATABASE_TYPE = "Sluice-Sample-City";

  private static final long SEED = 20_251_028;
  private static final int WEIGHT_PER_IPV4_NETWORK = 12;
  private static final int WEIGHT_PER_IPV6_NETWORK = 40;

  /**
   * A network and what the database knows about it.
   *
   * @param weight share of the sample's visitors, relative to the others
   */
  public record Located(IpNetwork network, CityRecord record, double weight) {}

  private final List<Located> networks = new ArrayList<>();
  private final AddressPlan plan = new AddressPlan(new Dice(SEED));

  public SampleGeo() {
    List<Gazetteer.Country> countries = Gazetteer.read().countries();
    for (Gazetteer.Country country : countries) {
      country.cities().forEach(this::addNetworks);
    }
    for (int i = 0; i < countries.size(); i++) {
      addUncertainNetworks(countries.get(i), i);
    }
  }

  /** Every network of the database, none inside another. */
  public List<Located> networks() {
    return List.copyOf(networks);
  }

  /** Writes the sample database in the given shape, see {@link #metadata()}. */
  public void writeTo(OutputStream out, MmdbMetadata metadata) throws IOException {
    var writer = new MmdbWriter(metadata);
    for (Located located : networks) {
      if (metadata.ipVersion() == 6 || !located.network().address().ipv6()) {
        writer.insert(located.network(), located.record().toValue());
      }
    }
    writer.writeTo(out);
  }

  /** What the committed {@code geo.mmdb} says about itself: both IP versions, record size 24. */
  public static MmdbMetadata metadata() {
    return MmdbMetadata.city(DATABASE_TYPE, Gazetteer.LANGUAGES, BUILD_TIME).withRecordSize(24);
  }

  private void addNetworks(Gazetteer.City city) {
    String continent = city.country().continent().code();
    int ipv4 = 1 + city.weight() / WEIGHT_PER_IPV4_NETWORK;
    int ipv6 = 1 + city.weight() / WEIGHT_PER_IPV6_NETWORK;
    double weight = (double) city.weight() / (ipv4 + ipv6);
    if (city.place().names().get("en").equals("Paris")) {
      networks.add(new Located(IpNetwork.parse("203.0.113.0/24"), city.toRecord(), weight));
    }
    for (int i = 0; i < ipv4; i++) {
      networks.add(new Located(plan.nextIpv4(continent), city.toRecord(), weight));
    }
    for (int i = 0; i < ipv6; i++) {
      networks.add(new Located(plan.nextIpv6(continent), city.toRecord(), weight));
    }
  }

  /** What real databases hold too: networks of which a country, a rough place or less is known. */
  private void addUncertainNetworks(Gazetteer.Country country, int index) {
    String continent = country.continent().code();
    Gazetteer.City first = country.cities().get(0);
    if (index % 3 == 0) {
      networks.add(new Located(plan.nextIpv4(continent), country.toRecord(), 4));
    }
    if (index % 5 == 0) {
      CityRecord.Location exact = first.location();
      var vague =
          new CityRecord.Location(
              Math.rint(exact.latitude()), Math.rint(exact.longitude()), 1000, exact.timeZone());
      networks.add(
          new Located(plan.nextIpv4(continent), country.toRecord().withLocation(vague), 3));
    }
    if (index % 7 == 0) {
      networks.add(new Located(plan.nextIpv4(continent), first.toRecordWithoutLocation(), 3));
    }
    if (index % 31 == 0) {
      networks.add(
          new Located(plan.nextIpv4(continent), country.toRecord().withRegisteredCountryOnly(), 2));
    }
  }
}
