package dev.sluice.enricher.geo;

import com.maxmind.db.Reader.FileMode;
import com.maxmind.geoip2.DatabaseReader;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import dev.sluice.enricher.DatabaseFile;
import dev.sluice.enricher.UnusableDatabaseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A GeoIP2 database, memory-mapped. The library decodes; {@link SearchTree} says which addresses
 * have the same answer, so that few need decoding. Thread-safe.
 *
 * @param <T> what a record of it says
 */
abstract class GeoIpDatabase<T> implements AutoCloseable {
  /** Addresses asked for at the opening, spread evenly over IPv4, and as many over IPv6. */
  private static final int PROBES = 64;

  /** First eight bytes of 2000::/3, the addresses given out so far. */
  private static final long GLOBAL_IPV6 = 0x2000_0000_0000_0000L;

  private final DatabaseReader reader;
  private final PointerLimit limit;
  private final SearchTree tree;
  private final boolean ipv4Only;

  GeoIpDatabase(Mapping mapping) {
    reader = mapping.reader;
    limit = mapping.limit;
    tree = mapping.tree;
    ipv4Only = reader.metadata().ipVersion() == 4;
  }

  /** A file that both the library and the tree have mapped. */
  record Mapping(DatabaseReader reader, PointerLimit limit, SearchTree tree) {}

  /** Makes a database of a mapping. */
  interface Constructor<D> {
    D of(Mapping mapping);
  }

  /**
   * Maps the file and tries it.
   *
   * @param kind what the file should be, for people
   * @throws UnusableDatabaseException if it is missing, of another kind, or visibly broken
   */
  static <D extends GeoIpDatabase<?>> D open(Path file, String kind, Constructor<D> constructor) {
    DatabaseFile.requireReadable(file);
    var limit = new PointerLimit();
    DatabaseReader reader = null;
    try {
      reader =
          new DatabaseReader.Builder(file.toFile())
              .fileMode(FileMode.MEMORY_MAPPED)
              .locales(List.of("en"))
              .withCache(limit)
              .build();
      SearchTree tree = SearchTree.map(file, reader.metadata());
      D database = constructor.of(new Mapping(reader, limit, tree));
      database.check();
      return database;
    } catch (IOException
        | UnreadableRecordException
        | RuntimeException
        | StackOverflowError
        | InternalError e) {
      close(reader);
      throw new UnusableDatabaseException(file, "not a usable " + kind + ": " + reason(e), e);
    }
  }

  /** The message on one line, or the name of the error where it has none. */
  private static String reason(Throwable e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().replaceAll("\\s+", " ");
  }

  final void check() throws IOException, UnreadableRecordException {
    String type = reader.metadata().databaseType();
    if (type == null || !isType(type)) {
      throw new IOException("its type is " + type);
    }
    for (int i = 0; i < PROBES; i++) {
      find(Address.ofIpv4(i * (1 << Integer.SIZE - 6)));
    }
    for (int i = 0; i < PROBES; i++) {
      find(new Address(GLOBAL_IPV6 | (long) i << Long.SIZE - 9, 0));
    }
  }

  /** Whether a database that calls itself {@code databaseType} has such records. */
  abstract boolean isType(String databaseType);

  /** What the library says about an address; the answer to one without a record is never null. */
  abstract T decode(DatabaseReader library, InetAddress address)
      throws IOException, GeoIp2Exception;

  /** What is known about an address that has no record. */
  abstract T unknown();

  /** The record of an address, or {@link SearchTree#NOTHING}; see {@link SearchTree#find}. */
  final long record(long high, long low) {
    return tree.find(high, low);
  }

  /**
   * What the database knows about the address, by the library alone.
   *
   * @throws UnreadableRecordException if the file is broken at this address
   */
  final T find(Address address) throws UnreadableRecordException {
    if (ipv4Only && !address.isIpv4()) {
      return unknown();
    }
    limit.reset();
    try {
      return decode(reader, address.toInetAddress());
    } catch (IOException
        | GeoIp2Exception
        | RuntimeException
        | StackOverflowError // the root record may be a pointer to itself
        | InternalError e) { // the JVM's answer when the mapped file was cut off under it
      throw new UnreadableRecordException(reason(e), e);
    }
  }

  /** When the file was made, by its own account. */
  final Instant buildTime() {
    return reader.metadata().buildTime();
  }

  @Override
  public final void close() {
    close(reader);
  }

  private static void close(DatabaseReader reader) {
    if (reader == null) {
      return;
    }
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
