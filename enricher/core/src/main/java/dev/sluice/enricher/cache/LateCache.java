package dev.sluice.enricher.cache;

import com.github.benmanes.caffeine.cache.Cache;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A bounded cache that is opened late: the first entries lie in a plain map, and once they are many
 * all of them move into a cache of Caffeine, whose seventy classes cost a start more than the first
 * events bring. What it answers does not depend on that. Thread-safe.
 */
public abstract class LateCache<K, V> {
  /** Most entries of the plain map. */
  public static final int FEW = 4_096;

  private final long maxFewWeight;
  private final ConcurrentMap<K, V> few = new ConcurrentHashMap<>();

  /** Guarded by this. */
  private long fewWeight;

  /** Null as long as there are few entries. */
  private volatile Cache<K, V> many;

  /**
   * @param maxFewWeight most that the entries of the plain map weigh together
   */
  protected LateCache(long maxFewWeight) {
    this.maxFewWeight = maxFewWeight;
  }

  /** What an entry weighs; the same each time. */
  protected abstract int weight(K key, V value);

  /**
   * Makes the cache for many entries, with a bound of its own.
   *
   * @param counted whether it counts hits and misses
   */
  protected abstract Cache<K, V> open(boolean counted);

  /** Opens the cache at once, and lets it tell what it counts. Comes before any other call. */
  public final void count(MeterRegistry metrics, String name) {
    Cache<K, V> opened = open(true);
    CaffeineCacheMetrics.monitor(metrics, opened, name);
    many = opened;
  }

  /** What is remembered, or null. */
  public final V get(K key) {
    Cache<K, V> cache = many;
    return cache == null ? few.get(key) : cache.getIfPresent(key);
  }

  public final void put(K key, V value) {
    Cache<K, V> cache = many;
    if (cache != null || !putAmongFew(key, value)) {
      many.put(key, value); // which stays once it is there
    }
  }

  /** False once there is the other cache. */
  private synchronized boolean putAmongFew(K key, V value) {
    if (many != null) {
      return false;
    }
    V before = few.put(key, value);
    fewWeight += weight(key, value) - (before == null ? 0 : weight(key, before));
    if (fewWeight > maxFewWeight) {
      Cache<K, V> opened = open(false);
      opened.putAll(few);
      many = opened;
      few.clear(); // who still looks there finds nothing, as in a cache
    }
    return true;
  }

  /** Forgets everything. */
  public final synchronized void clear() {
    few.clear();
    fewWeight = 0;
    if (many != null) {
      many.invalidateAll();
    }
  }
}
