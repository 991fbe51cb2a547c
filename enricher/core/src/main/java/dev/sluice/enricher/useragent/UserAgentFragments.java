package dev.sluice.enricher.useragent;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/**
 * Rendered classifications by user agent: the classifier behind a cache that is bounded by entries
 * and by bytes. Thread-safe; each thread looks through a {@link #newFinder finder} of its own.
 */
public final class UserAgentFragments {
  /**
   * Longest part of a user agent that is classified and remembered. Longer ones are attacks; the
   * line keeps the whole text.
   */
  public static final int MAX_CLASSIFIED_BYTES = 1_024;

  private final UserAgentClassifier classifier;
  private final UserAgentRenderer renderer;
  private final UserAgentFragment none;
  private final AgentCache cache;
  private final LongAdder hitsByFinders = new LongAdder();

  /** A fragment, and the key that it is kept under, so that finders need no copy of that. */
  record Remembered(AgentKey key, UserAgentFragment fragment) {}

  /**
   * @param renderer writes the fragments
   * @param maxEntries user agents remembered, at {@value AgentCache#BYTES_PER_ENTRY} bytes each on
   *     average
   * @param metrics takes what the shared cache counts as cache {@code user-agent}, and the hits of
   *     the finders before it as cache {@code user-agent-finder}; null when nobody counts
   */
  public UserAgentFragments(
      UserAgentClassifier classifier,
      UserAgentRenderer renderer,
      int maxEntries,
      MeterRegistry metrics) {
    this.classifier = classifier;
    this.renderer = renderer;
    none = UserAgentFragment.of(Classification.NONE, renderer);
    cache = new AgentCache(maxEntries);
    if (metrics != null) {
      cache.count(metrics, "user-agent");
      FunctionCounter.builder("cache.gets", hitsByFinders, LongAdder::doubleValue)
          .tags("cache", "user-agent-finder", "result", "hit")
          .description("User agents found without asking the shared cache")
          .register(metrics);
    }
  }

  /** The fragment of a line whose user agent is a dash. */
  public UserAgentFragment none() {
    return none;
  }

  /** A way to the fragments for one thread. */
  public UserAgentFinder newFinder() {
    return new UserAgentFinder(this);
  }

  /** What the cache has for a probe, or null. */
  Remembered get(AgentKey probe) {
    return cache.get(probe); // a look-up keeps nothing of what it is asked with
  }

  /** Classifies a user agent that the cache does not have. */
  UserAgentFragment classify(AgentKey probe) {
    int from = probe.from();
    Classification classification = classify(probe.text(), from, from + probe.length());
    UserAgentFragment fragment = UserAgentFragment.of(classification, renderer);
    AgentKey key = probe.copy();
    cache.put(key, new Remembered(key, fragment));
    return fragment;
  }

  /** What a fragment is made of; past every cache. */
  public Classification classify(byte[] userAgent, int from, int to) {
    int length = Math.min(to - from, MAX_CLASSIFIED_BYTES);
    return classifier.classify(new String(userAgent, from, length, StandardCharsets.UTF_8));
  }

  void countHits(int hits) {
    hitsByFinders.add(hits);
  }
}
