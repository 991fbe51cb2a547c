package dev.sluice.enricher.geo;

import com.maxmind.db.Metadata;
import com.maxmind.db.Reader;
import com.maxmind.db.Reader.FileMode;
import dev.sluice.enricher.UnusableDatabaseException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;

/**
 * Reads GeoLite2 ASN databases, and GeoIP2 ISP databases, which have the same two fields among
 * others. By the reader below GeoIP2: that one's classes for these want Jackson databind.
 * Thread-safe.
 */
final class AsnDatabase implements LibraryReader<AutonomousSystem> {
  private final Reader reader;

  private AsnDatabase(Reader reader) {
    this.reader = reader;
  }

  /**
   * Maps the file and tries it.
   *
   * @throws UnusableDatabaseException if it is missing, of another kind, or visibly broken
   */
  static GeoIpDatabase<AutonomousSystem> open(Path file) {
    return GeoIpDatabase.open(file, "GeoLite2 ASN or GeoIP2 ISP database", AsnDatabase::map);
  }

  private static AsnDatabase map(Path file, PointerLimit limit) throws IOException {
    return new AsnDatabase(new Reader(file.toFile(), FileMode.MEMORY_MAPPED, limit));
  }

  @Override
  public Metadata metadata() {
    return reader.getMetadata();
  }

  @Override
  public boolean reads(String databaseType) {
    return databaseType.contains("ASN") || databaseType.contains("ISP");
  }

  @Override
  public AutonomousSystem find(InetAddress address) throws IOException {
    AutonomousSystem found = reader.get(address, AutonomousSystem.class);
    return found == null ? AutonomousSystem.UNKNOWN : found;
  }

  @Override
  public AutonomousSystem unknown() {
    return AutonomousSystem.UNKNOWN;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
