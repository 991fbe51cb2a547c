package dev.sluice.enricher.geo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.util.function.Function;

/**
 * What one database says, rendered once for each record and remembered in a bounded cache.
 * Thread-safe; threads ask through {@linkplain #newFinder() finders} of their own.
 *
 * @param <T> what a record says
 */
final class RecordFragments<T> implements AutoCloseable {
  /**
   * One opening of a database.
   *
   * @param number counted from 1 on
   */
  record Opening<T>(int number, GeoIpDatabase<T> database) {}

  private final Function<T, byte[]> renderer;
  private final Cache<RecordKey, GeoFragment> cache;
  private volatile Opening<T> current;

  /**
   * Takes over the database, and closes it.
   *
   * @param renderer gives keys and values, each key after a comma; empty when nothing is known
   * @param maxEntries records remembered
   * @param cacheName names the cache among the metrics
   */
  RecordFragments(
      GeoIpDatabase<T> database,
      Function<T, byte[]> renderer,
      int maxEntries,
      String cacheName,
      MeterRegistry metrics) {
    this.renderer = renderer;
    current = new Opening<>(1, database);
    cache =
        Caffeine.newBuilder()
            .maximumSize(maxEntries)
            .executor(Runnable::run) // no thread of its own to outlive a frozen Lambda
            .recordStats()
            .build();
    CaffeineCacheMetrics.monitor(metrics, cache, cacheName);
  }

  /** A way in for one thread. */
  RecordFinder<T> newFinder() {
    return new RecordFinder<>(this);
  }

  Opening<T> current() {
    return current;
  }

  /**
   * The fragment of a record.
   *
   * @param key scratch of the caller
   * @param address one whose record it is
   */
  GeoFragment find(Opening<T> opening, long record, AddressBits address, RecordKey key) {
    GeoFragment known = cache.getIfPresent(key.set(opening.number(), record));
    if (known == null) {
      known = render(opening.database(), address.toAddress());
      cache.put(key.copy(), known);
    }
    return known;
  }

  private GeoFragment render(GeoIpDatabase<T> database, Address address) {
    try {
      return GeoFragment.of(renderer.apply(database.find(address)));
    } catch (UnreadableRecordException e) {
      return GeoFragment.UNREADABLE;
    }
  }

  @Override
  public void close() {
    current.database().close();
  }
}
