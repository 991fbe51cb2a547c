package dev.sluice.samples;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whose networks those of {@link SampleGeo} are. Always the same. Systems and organisations are
 * invented; their numbers are those for private use (RFC 6996), and 64496, a number for
 * documentation (RFC 5398), has 203.0.113.0/24. Of some networks only the number is known, of a few
 * nothing.
 */
public final class SampleAsn {
  static final String DATABASE_TYPE = "Sluice-Sample-ASN";

  private static final long SEED = 20_251_029;
  private static final long DOCUMENTATION_NUMBER = 64_496;
  private static final long FIRST_PRIVATE_NUMBER = 64_512;
  private static final IpNetwork DOCUMENTATION = IpNetwork.parse("203.0.113.0/24");

  /** What an organisation does; each country has at most one of each. */
  private static final String[] TRADES = {"Telecom", "Mobile", "Cable", "Hosting"};

  /** Share of the networks that nobody has announced. */
  private static final double NOTHING_SHARE = 0.03;

  /** Share of the networks whose organisation is not known. */
  private static final double NUMBER_ONLY_SHARE = 0.05;

  /**
   * A network and who announces it.
   *
   * @param organization empty when only the number is known
   */
  public record Announced(IpNetwork network, long number, Optional<String> organization) {

    private MmdbValue toValue() {
      var fields = new LinkedHashMap<String, MmdbValue>();
      fields.put("autonomous_system_number", MmdbValue.uint32(number));
      organization.ifPresent(
          name -> fields.put("autonomous_system_organization", MmdbValue.text(name)));
      return new MmdbValue.Struct(fields);
    }
  }

  private final List<Announced> networks = new ArrayList<>();
  private final Map<String, Long> numbers = new TreeMap<>();

  public SampleAsn() {
    var dice = new Dice(SEED);
    for (SampleGeo.Located located : new SampleGeo().networks()) {
      if (located.network().equals(DOCUMENTATION)) {
        networks.add(
            new Announced(
                DOCUMENTATION, DOCUMENTATION_NUMBER, Optional.of("Example Documentation FR")));
      } else {
        add(located, dice);
      }
    }
  }

  private void add(SampleGeo.Located located, Dice dice) {
    String trade = dice.oneOf(TRADES);
    double known = dice.unit();
    if (known < NOTHING_SHARE) {
      return;
    }
    String country = located.record().country().map(CityRecord.Place::code).orElse("International");
    String name = "Example " + trade + ' ' + country;
    long number = numbers.computeIfAbsent(name, unseen -> FIRST_PRIVATE_NUMBER + numbers.size());
    boolean numberOnly = known < NOTHING_SHARE + NUMBER_ONLY_SHARE;
    networks.add(
        new Announced(
            located.network(), number, numberOnly ? Optional.empty() : Optional.of(name)));
  }

  /** Every network of the database, none inside another. */
  public List<Announced> networks() {
    return List.copyOf(networks);
  }

  /** Writes the committed {@code asn.mmdb}: both IP versions, record size 24. */
  public void writeTo(OutputStream out) throws IOException {
    var writer =
        new MmdbWriter(
            new MmdbMetadata(
                DATABASE_TYPE,
                List.of("en"),
                Map.of("en", "Sample of Sluice: invented autonomous systems"),
                SampleGeo.BUILD_TIME,
                24,
                6));
    networks.forEach(announced -> writer.insert(announced.network(), announced.toValue()));
    writer.writeTo(out);
  }
}
