package dev.sluice.enricher.geo;

import dev.sluice.enricher.DatabaseInUse;
import dev.sluice.enricher.DatabaseReload;
import dev.sluice.enricher.UnusableDatabaseException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one database says, rendered once for each record and remembered in a bounded cache; follows
 * its file when that is replaced. Thread-safe; threads ask through {@linkplain #newFinder()
 * finders} of their own.
 *
 * @param <T> what a record says
 */
final class RecordFragments<T> implements AutoCloseable {
  private final Source<T> source;
  private final FragmentCache cache;
  private volatile Opening<T> current;

  /** Stamp of the file that was opened or refused last; guarded by this. */
  private FileStamp seen;

  private boolean closed;

  /**
   * Where the records come from, and how they are written.
   *
   * @param name what the file is to us
   * @param opener maps a file and tries it
   * @param renderer gives keys and values, each key after a comma; empty when nothing is known
   */
  record Source<T>(
      String name,
      Path file,
      Function<Path, GeoIpDatabase<T>> opener,
      Function<T, byte[]> renderer) {}

  /**
   * Opens the database.
   *
   * @param maxEntries records remembered
   * @param cacheName names the cache among the metrics
   * @param metrics null when nobody counts
   * @throws UnusableDatabaseException if the file cannot be used
   */
  RecordFragments(Source<T> source, int maxEntries, String cacheName, MeterRegistry metrics) {
    this.source = source;
    current = Opening.of(1, source.file(), source.opener());
    seen = current.stamp();
    cache = new FragmentCache(maxEntries);
    if (metrics != null) {
      cache.count(metrics, cacheName);
    }
  }

  /** A way in for one thread. */
  RecordFinder<T> newFinder() {
    return new RecordFinder<>(this);
  }

  Opening<T> current() {
    return current;
  }

  DatabaseInUse inUse() {
    return new DatabaseInUse(source.name(), source.file(), current.database().buildTime());
  }

  /**
   * Opens the file anew when it is another one than at the last look; one that cannot be used is
   * reported once. The database before is not closed: threads may still read it, and it is unmapped
   * when nobody refers to it any more.
   *
   * @return empty when nothing has changed
   */
  synchronized Optional<DatabaseReload> reloadIfChanged() {
    FileStamp now = FileStamp.of(source.file());
    if (closed || now.equals(seen)) {
      return Optional.empty();
    }
    seen = now;
    Optional<String> refusal = Optional.empty();
    try {
      Opening<T> next = Opening.of(current.number() + 1, source.file(), source.opener());
      seen = next.stamp();
      current = next;
      cache.clear(); // only to free memory: the keys of the openings differ
    } catch (UnusableDatabaseException e) {
      refusal = Optional.of(e.getMessage());
    }
    return Optional.of(new DatabaseReload(source.name(), source.file(), refusal));
  }

  /**
   * The fragment of a record.
   *
   * @param key scratch of the caller
   */
  byte[] find(Opening<T> opening, long record, RecordKey key) {
    byte[] known = cache.get(key.set(opening.number(), record));
    if (known == null) {
      known = render(opening.database(), record);
      cache.put(key.copy(), known);
    }
    return known;
  }

  private byte[] render(GeoIpDatabase<T> database, long record) {
    try {
      return GeoFragment.of(source.renderer().apply(database.read(record)));
    } catch (UnreadableRecordException e) {
      return GeoFragment.UNREADABLE;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    current.database().close();
  }
}
