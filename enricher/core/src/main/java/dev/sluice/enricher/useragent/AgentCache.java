package dev.sluice.enricher.useragent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.enricher.cache.LateCache;
import dev.sluice.enricher.useragent.UserAgentFragments.Remembered;

/** Fragments by user agent, bounded by their number and by their bytes. */
final class AgentCache extends LateCache<AgentKey, Remembered> {
  /** It holds at most this many bytes for each of its entries, taken together. */
  static final int BYTES_PER_ENTRY = 512;

  /** What an entry costs beyond its text and its fragment: objects, references, headers. */
  private static final int ENTRY_OVERHEAD_BYTES = 200;

  private final int maxEntries;

  /**
   * @param maxEntries user agents remembered, at {@value #BYTES_PER_ENTRY} bytes each on average
   */
  AgentCache(int maxEntries) {
    super((long) Math.min(FEW, maxEntries) * BYTES_PER_ENTRY);
    this.maxEntries = maxEntries;
  }

  /** No entry weighs less than the average, so the weight bounds the number of entries too. */
  @Override
  protected int weight(AgentKey key, Remembered entry) {
    return Math.max(
        BYTES_PER_ENTRY, ENTRY_OVERHEAD_BYTES + key.length() + entry.fragment().json().length);
  }

  @Override
  protected Cache<AgentKey, Remembered> open(boolean counted) {
    Caffeine<AgentKey, Remembered> bounded =
        Caffeine.newBuilder()
            .maximumWeight((long) maxEntries * BYTES_PER_ENTRY)
            .weigher(this::weight)
            .executor(Runnable::run); // no thread of its own to outlive a frozen Lambda
    return counted ? bounded.recordStats().build() : bounded.build();
  }
}
