package dev.sluice.enricher.geo;

import com.maxmind.geoip2.exception.GeoIp2Exception;
import dev.sluice.enricher.DatabaseFile;
import dev.sluice.enricher.UnusableDatabaseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A GeoIP2 database. The library decodes, from a memory-mapped file; {@link SearchTree} says which
 * addresses have the same answer, so that few need decoding. Thread-safe.
 *
 * @param <T> what a record of it says
 */
final class GeoIpDatabase<T> implements AutoCloseable {
  /** Addresses asked for at the opening, spread evenly over IPv4, and as many over IPv6. */
  private static final int PROBES = 64;

  /** First eight bytes of 2000::/3, the addresses given out so far. */
  private static final long GLOBAL_IPV6 = 0x2000_0000_0000_0000L;

  /**
   * HotSpot throws the InternalError of a lost page of a mapping not where it is read but at the
   * next call into its runtime. An array of arrays of this length is always made by such a call,
   * and so the error comes while we can catch it.
   */
  private static final int RUNTIME_CALL_LENGTH = 8;

  private final LibraryReader<T> library;
  private final PointerLimit limit;
  private final SearchTree tree;
  private final boolean ipv4Only;
  private final Instant buildTime;

  /** Keeps the compiler from leaving the array out. */
  private volatile Object delivered;

  private GeoIpDatabase(LibraryReader<T> library, PointerLimit limit, SearchTree tree) {
    this.library = library;
    this.limit = limit;
    this.tree = tree;
    ipv4Only = library.metadata().ipVersion() == 4;
    buildTime = library.metadata().buildTime(); // may be absurd: better refused than asked later
  }

  /**
   * Maps the file and tries it.
   *
   * @param kind what the file should be, for people
   * @throws UnusableDatabaseException if it is missing, of another kind, or visibly broken
   */
  static <T> GeoIpDatabase<T> open(Path file, String kind, LibraryReader.Opener<T> opener) {
    DatabaseFile.requireReadable(file);
    var limit = new PointerLimit();
    LibraryReader<T> library = null;
    try {
      library = opener.open(file, limit);
      SearchTree tree = SearchTree.read(file, library.metadata());
      var database = new GeoIpDatabase<>(library, limit, tree);
      database.check();
      return database;
    } catch (IOException
        | UnreadableRecordException
        | RuntimeException
        | StackOverflowError
        | InternalError e) {
      close(library);
      throw new UnusableDatabaseException(file, "not a usable " + kind + ": " + reason(e), e);
    }
  }

  /** The message on one line, or the name of the error where it has none. */
  private static String reason(Throwable e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().replaceAll("\\s+", " ");
  }

  private void check() throws IOException, UnreadableRecordException {
    String type = library.metadata().databaseType();
    if (type == null || !library.reads(type)) {
      throw new IOException("its type is " + type);
    }
    for (int i = 0; i < PROBES; i++) {
      find(Address.ofIpv4(i * (1 << Integer.SIZE - 6)));
    }
    for (int i = 0; i < PROBES; i++) {
      find(new Address(GLOBAL_IPV6 | (long) i << Long.SIZE - 9, 0));
    }
  }

  /** The record of an address, or {@link SearchTree#NOTHING}; see {@link SearchTree#find}. */
  long record(long high, long low) {
    return tree.find(high, low);
  }

  /**
   * What the database knows about the address, by the library alone.
   *
   * @throws UnreadableRecordException if the file is broken at this address
   */
  T find(Address address) throws UnreadableRecordException {
    if (ipv4Only && !address.isIpv4()) {
      return library.unknown();
    }
    limit.reset();
    try {
      return decode(address);
    } catch (IOException
        | GeoIp2Exception
        | RuntimeException
        | StackOverflowError // the root record may be a pointer to itself
        | InternalError e) { // the mapped file was cut off under the library
      throw new UnreadableRecordException(reason(e), e);
    }
  }

  private T decode(Address address) throws IOException, GeoIp2Exception {
    try {
      return library.find(address.toInetAddress());
    } finally {
      delivered = new byte[RUNTIME_CALL_LENGTH][1];
    }
  }

  /** When the file was made, by its own account. */
  Instant buildTime() {
    return buildTime;
  }

  @Override
  public void close() {
    close(library);
  }

  private static void close(LibraryReader<?> library) {
    if (library == null) {
      return;
    }
    try {
      library.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
