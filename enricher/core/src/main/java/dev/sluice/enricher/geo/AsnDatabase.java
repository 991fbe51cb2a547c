package dev.sluice.enricher.geo;

import dev.sluice.enricher.UnusableDatabaseException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads GeoLite2 ASN databases, and GeoIP2 ISP databases, which have the same two fields among
 * others. Thread-safe.
 */
final class AsnDatabase implements RecordType<AutonomousSystem> {
  private static final AsnDatabase TYPE = new AsnDatabase();

  private static final byte[][] KEYS =
      ValueReader.keys("autonomous_system_number", "autonomous_system_organization");

  private AsnDatabase() {}

  /**
   * Opens the file and tries it.
   *
   * @throws UnusableDatabaseException if it is missing, of another kind, or visibly broken
   */
  static GeoIpDatabase<AutonomousSystem> open(Path file) {
    return GeoIpDatabase.open(file, TYPE);
  }

  @Override
  public String label() {
    return "GeoLite2 ASN or GeoIP2 ISP database";
  }

  @Override
  public boolean reads(String databaseType) {
    return databaseType.contains("ASN") || databaseType.contains("ISP");
  }

  @Override
  public AutonomousSystem read(ValueReader in) throws IOException {
    Long number = null;
    String organization = null;
    int behind = in.enterMap();
    for (int left = in.entries(); left > 0; left--) {
      switch (in.key(KEYS)) {
        case 0 -> number = in.whole();
        case 1 -> organization = in.text();
        default -> in.skip();
      }
    }
    in.leave(behind);
    return new AutonomousSystem(number, organization);
  }

  @Override
  public AutonomousSystem unknown() {
    return AutonomousSystem.UNKNOWN;
  }
}
