package dev.sluice.enricher.useragent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.nio.charset.StandardCharsets;

/**
 * Rendered classifications by user agent: the classifier behind a cache that is bounded by entries
 * and by bytes. Thread-safe.
 */
public final class UserAgentFragments {
  /**
   * Longest part of a user agent that is classified and remembered. Longer ones are attacks; the
   * line keeps the whole text.
   */
  public static final int MAX_CLASSIFIED_BYTES = 1_024;

  /** The cache holds at most this many bytes for each of its entries, taken together. */
  static final int BYTES_PER_ENTRY = 512;

  /** What an entry costs beyond its text and its fragment: objects, references, headers. */
  private static final int ENTRY_OVERHEAD_BYTES = 200;

  private static final UserAgentFragment NONE = UserAgentFragment.of(Classification.NONE);

  private final UserAgentClassifier classifier;
  private final Cache<String, UserAgentFragment> cache;

  /**
   * @param maxEntries user agents remembered, at {@value #BYTES_PER_ENTRY} bytes each on average
   */
  public UserAgentFragments(UserAgentClassifier classifier, int maxEntries, MeterRegistry metrics) {
    this.classifier = classifier;
    cache =
        Caffeine.newBuilder()
            .maximumWeight((long) maxEntries * BYTES_PER_ENTRY)
            .weigher(UserAgentFragments::weight)
            .executor(Runnable::run) // no thread of its own to outlive a frozen Lambda
            .recordStats()
            .build();
    CaffeineCacheMetrics.monitor(metrics, cache, "user-agent");
  }

  /** No entry weighs less than the average, so the weight bounds the number of entries too. */
  private static int weight(String key, UserAgentFragment fragment) {
    return Math.max(BYTES_PER_ENTRY, ENTRY_OVERHEAD_BYTES + key.length() + fragment.json().length);
  }

  /** The fragment of a line whose user agent is a dash. */
  public UserAgentFragment none() {
    return NONE;
  }

  /** The fragment for the user agent from {@code from} (in) to {@code to} (out). */
  public UserAgentFragment find(byte[] userAgent, int from, int to) {
    int length = Math.min(to - from, MAX_CLASSIFIED_BYTES);
    // One character a byte: cheap, and different bytes are different keys.
    String key = new String(userAgent, from, length, StandardCharsets.ISO_8859_1);
    return cache.get(key, this::render);
  }

  private UserAgentFragment render(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
    return UserAgentFragment.of(classifier.classify(new String(bytes, StandardCharsets.UTF_8)));
  }
}
