package dev.sluice.enricher.geo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.enricher.cache.LateCache;

/** Fragments by record, bounded by their number. */
final class FragmentCache extends LateCache<RecordKey, byte[]> {
  private final int maxEntries;

  FragmentCache(int maxEntries) {
    super(Math.min(FEW, maxEntries));
    this.maxEntries = maxEntries;
  }

  @Override
  protected int weight(RecordKey key, byte[] fragment) {
    return 1;
  }

  @Override
  protected Cache<RecordKey, byte[]> open(boolean counted) {
    Caffeine<Object, Object> bounded =
        Caffeine.newBuilder()
            .maximumSize(maxEntries)
            .executor(Runnable::run); // no thread of its own to outlive a frozen Lambda
    return counted ? bounded.recordStats().build() : bounded.build();
  }
}
