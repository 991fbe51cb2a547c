package dev.sluice.enricher.geo;

import com.maxmind.db.Metadata;
import com.maxmind.db.Reader.FileMode;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import com.maxmind.geoip2.model.CityResponse;
import dev.sluice.enricher.DatabaseFile;
import dev.sluice.enricher.UnusableDatabaseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A GeoIP2 City database, memory-mapped. Thread-safe. */
public final class CityDatabase implements AutoCloseable {
  /** Addresses asked for at the opening, spread evenly over IPv4, and as many over IPv6. */
  private static final int PROBES = 64;

  /**
   * Zero bytes between search tree and data section (MaxMind DB format, "Data Section Separator").
   */
  private static final int SEPARATOR_BYTES = 16;

  /** First eight bytes of 2000::/3, the addresses given out so far. */
  private static final long GLOBAL_IPV6 = 0x2000_0000_0000_0000L;

  private final DatabaseReader reader;
  private final PointerLimit limit;
  private final boolean ipv4Only;

  private CityDatabase(DatabaseReader reader, PointerLimit limit) {
    this.reader = reader;
    this.limit = limit;
    ipv4Only = reader.metadata().ipVersion() == 4;
  }

  /**
   * Maps the file and tries it.
   *
   * @throws UnusableDatabaseException if it is missing, no City database, or visibly broken
   */
  public static CityDatabase open(Path file) {
    DatabaseFile.requireReadable(file);
    var limit = new PointerLimit();
    CityDatabase database = null;
    try {
      var reader =
          new DatabaseReader.Builder(file.toFile())
              .fileMode(FileMode.MEMORY_MAPPED)
              .locales(List.of("en"))
              .withCache(limit)
              .build();
      database = new CityDatabase(reader, limit);
      database.check(Files.size(file));
      return database;
    } catch (IOException
        | UnreadableRecordException
        | RuntimeException
        | StackOverflowError
        | InternalError e) {
      if (database != null) {
        database.close();
      }
      throw new UnusableDatabaseException(
          file, "not a usable GeoIP2 City database: " + reason(e), e);
    }
  }

  /** The message on one line, or the name of the error where it has none. */
  private static String reason(Throwable e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().replaceAll("\\s+", " ");
  }

  private void check(long fileBytes) throws IOException, UnreadableRecordException {
    Metadata metadata = reader.metadata();
    String type = metadata.databaseType();
    if (type == null || !(type.contains("City") || type.contains("Enterprise"))) {
      throw new IOException("its type is " + type);
    }
    // A node is two records of recordSize bits.
    double treeBytes = metadata.nodeCount() * (metadata.recordSize() / 4.0);
    if (metadata.nodeCount() < 1 || treeBytes + SEPARATOR_BYTES > fileBytes) {
      throw new IOException("its search tree of " + metadata.nodeCount() + " nodes does not fit");
    }
    for (int i = 0; i < PROBES; i++) {
      find(Address.ofIpv4(i * (1 << Integer.SIZE - 6)));
    }
    for (int i = 0; i < PROBES; i++) {
      find(new Address(GLOBAL_IPV6 | (long) i << Long.SIZE - 9, 0));
    }
  }

  /**
   * What the database knows about the address.
   *
   * @throws UnreadableRecordException if the file is broken at this address
   */
  public Place find(Address address) throws UnreadableRecordException {
    if (ipv4Only && !address.isIpv4()) {
      return Place.UNKNOWN;
    }
    limit.reset();
    try {
      Optional<CityResponse> found = reader.tryCity(address.toInetAddress());
      return found.isEmpty() ? Place.UNKNOWN : place(found.get());
    } catch (IOException
        | GeoIp2Exception
        | RuntimeException
        | StackOverflowError // the root record may be a pointer to itself
        | InternalError e) { // the JVM's answer when the mapped file was cut off under it
      throw new UnreadableRecordException(reason(e), e);
    }
  }

  private static Place place(CityResponse city) {
    return new Place(
        city.city().name(),
        city.country().name(),
        city.location().latitude(),
        city.location().longitude());
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
