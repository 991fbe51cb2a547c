package dev.sluice.enricher.geo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;

/** Rendered places by address: the database behind a bounded cache. Thread-safe. */
public final class GeoFragments implements AutoCloseable {
  private final CityDatabase database;
  private final Cache<Address, GeoFragment> cache;

  /**
   * Takes over the database, and closes it.
   *
   * @param maxEntries addresses remembered, about 200 bytes each
   */
  public GeoFragments(CityDatabase database, int maxEntries, MeterRegistry metrics) {
    this.database = database;
    cache =
        Caffeine.newBuilder()
            .maximumSize(maxEntries)
            .executor(Runnable::run) // no thread of its own to outlive a frozen Lambda
            .recordStats()
            .build();
    CaffeineCacheMetrics.monitor(metrics, cache, "geoip");
  }

  /** The fragment for the host from {@code from} (in) to {@code to} (out). */
  public GeoFragment find(byte[] host, int from, int to) {
    Address address = Address.parse(host, from, to);
    return address == null ? GeoFragment.NOTHING : cache.get(address, this::render);
  }

  private GeoFragment render(Address address) {
    try {
      return GeoFragment.of(database.find(address));
    } catch (UnreadableRecordException e) {
      return GeoFragment.UNREADABLE;
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
