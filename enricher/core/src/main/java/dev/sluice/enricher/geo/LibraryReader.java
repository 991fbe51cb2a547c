package dev.sluice.enricher.geo;

import com.maxmind.db.Metadata;
import com.maxmind.geoip2.exception.GeoIp2Exception;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;

/**
 * MaxMind's own reader of one kind of database: the definition of what it says. Thread-safe.
 *
 * @param <T> what a record says
 */
interface LibraryReader<T> extends Closeable {
  /** Maps a file. */
  interface Opener<T> {
    /**
     * @param limit the reader's node cache
     */
    LibraryReader<T> open(Path file, PointerLimit limit) throws IOException;
  }

  Metadata metadata();

  /** Whether a database that calls itself {@code databaseType} has such records. */
  boolean reads(String databaseType);

  /** What the file says about an address; {@link #unknown} when it has no record. */
  T find(InetAddress address) throws IOException, GeoIp2Exception;

  /** What is known about an address that has no record. */
  T unknown();
}
