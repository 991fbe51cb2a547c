package dev.sluice.enricher.geo;

import dev.sluice.enricher.DatabaseFile;
import dev.sluice.enricher.UnusableDatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A GeoIP2 database: {@link SearchTree} says which addresses have the same record, and {@link
 * ValueReader} reads records, from a memory-mapped file. Thread-safe.
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

  private final RecordType<T> type;
  private final FileMetadata metadata;

  /** Null when closed; then the mapping goes with the last look-up. */
  private volatile MaxMindFile file;

  private final SearchTree tree;

  /** Keeps the compiler from leaving the array out. */
  private volatile Object delivered;

  private GeoIpDatabase(MaxMindFile file, RecordType<T> type) {
    this.type = type;
    this.file = file;
    metadata = file.metadata();
    tree = file.tree();
  }

  /**
   * Opens the file and tries it.
   *
   * @throws UnusableDatabaseException if it is missing, of another kind, or visibly broken
   */
  static <T> GeoIpDatabase<T> open(Path path, RecordType<T> type) {
    DatabaseFile.requireReadable(path);
    try {
      var database = new GeoIpDatabase<>(MaxMindFile.open(path), type);
      database.check();
      return database;
    } catch (IOException | UnreadableRecordException | RuntimeException | InternalError e) {
      throw new UnusableDatabaseException(
          path, "not a usable " + type.label() + ": " + reason(e), e);
    }
  }

  /** The message on one line, or the name of the error where it has none. */
  private static String reason(Throwable e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().replaceAll("\\s+", " ");
  }

  private void check() throws IOException, UnreadableRecordException {
    String name = metadata.databaseType();
    if (name == null || !type.reads(name)) {
      throw new IOException("its type is " + name);
    }
    for (int i = 0; i < PROBES; i++) {
      find(Address.ofIpv4(i * (1 << Integer.SIZE - 6)));
    }
    for (int i = 0; i < PROBES; i++) {
      find(new Address(GLOBAL_IPV6 | (long) i << Long.SIZE - 9, 0));
    }
  }

  /** A way for one thread to the records of addresses. */
  TreeWalk newWalk() {
    return new TreeWalk(tree);
  }

  /** The record of an address, or {@link SearchTree#NOTHING}; see {@link SearchTree#find}. */
  long record(long high, long low) {
    return tree.find(high, low);
  }

  /**
   * What the database knows about an address.
   *
   * @throws UnreadableRecordException if the file is broken at this address
   */
  T find(Address address) throws UnreadableRecordException {
    long record = record(address.high(), address.low());
    return record == SearchTree.NOTHING ? type.unknown() : read(record);
  }

  /**
   * What a record says.
   *
   * @throws UnreadableRecordException if the file is broken there
   */
  T read(long record) throws UnreadableRecordException {
    try {
      return decode(record);
    } catch (IOException
        | RuntimeException
        | InternalError e) { // the mapped file was cut off meanwhile
      throw new UnreadableRecordException(reason(e), e);
    }
  }

  private T decode(long record) throws IOException {
    MaxMindFile open = file;
    if (open == null) {
      throw new IOException("the database is closed");
    }
    try {
      return type.read(open.reader(record));
    } finally {
      delivered = new byte[RUNTIME_CALL_LENGTH][1];
    }
  }

  /** When the file was made, by its own account. */
  Instant buildTime() {
    return metadata.buildTime();
  }

  @Override
  public void close() {
    file = null;
  }
}
