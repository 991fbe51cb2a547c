package dev.sluice.web.live;

import dev.sluice.web.live.PrometheusText.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a consumer's metrics say at one moment; docs/consumer.md tells what each of them is.
 *
 * @param outcomes lines by outcome: ENRICHED, ENRICHED_WITH_WARNINGS, DROPPED, REJECTED
 * @param rejected lines by reason
 * @param dropped lines by rule
 * @param lagMillis of the shard that is furthest behind; empty before the first batch
 * @param oldestMillis how long the oldest record has been waiting for its commit
 * @param caches by name
 * @param shards by name
 */
record ConsumerFigures(
    Map<String, Long> outcomes,
    Map<String, Long> rejected,
    Map<String, Long> dropped,
    OptionalLong lagMillis,
    OptionalLong oldestMillis,
    long tiles,
    long bytes,
    Map<String, Cache> caches,
    Map<String, Shard> shards) {

  /** Look-ups in a cache that several threads share. */
  record Cache(long hits, long misses) {}

  /** Milliseconds; -1 where unknown. */
  record Shard(long lagMillis, long oldestMillis) {}

  private static final long UNKNOWN = -1;

  /** How the name ends of the small tables that each thread has before a cache. */
  private static final String TABLES_BEFORE = "-finder";

  /** Lines that have an outcome. */
  long lines() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }

  static ConsumerFigures of(List<Sample> samples) {
    Map<String, Long> rejected = counts(samples, "RejectedLines_total", "reason");
    Map<String, Long> dropped = counts(samples, "DroppedLines_total", "rule");
    var outcomes = new LinkedHashMap<>(counts(samples, "EnrichedLines_total", "outcome"));
    outcomes.put("DROPPED", sum(dropped));
    outcomes.put("REJECTED", sum(rejected));
    return new ConsumerFigures(
        outcomes,
        rejected,
        dropped,
        gauge(samples, "MillisBehindLatestMax"),
        gauge(samples, "OldestUncommittedAgeMillisMax"),
        sum(counts(samples, "TilesCommitted_total", "")),
        sum(counts(samples, "BytesCommitted_total", "")),
        caches(samples),
        shards(samples));
  }

  private static Map<String, Long> counts(List<Sample> samples, String name, String label) {
    var counts = new TreeMap<String, Long>();
    for (Sample sample : samples) {
      if (sample.name().equals(name) && sample.value() >= 0) {
        counts.merge(sample.label(label), (long) sample.value(), Long::sum);
      }
    }
    return counts;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static OptionalLong gauge(List<Sample> samples, String name) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && sample.value() >= 0)
        .mapToLong(sample -> (long) sample.value())
        .max();
  }

  private static Map<String, Cache> caches(List<Sample> samples) {
    var caches = new TreeMap<String, Cache>();
    for (Sample sample : samples) {
      if (sample.name().equals("cache_gets_total") && sample.value() >= 0) {
        boolean hit = sample.label("result").equals("hit");
        long count = (long) sample.value();
        caches.merge(
            sample.label("cache"),
            new Cache(hit ? count : 0, hit ? 0 : count),
            (a, b) -> new Cache(a.hits + b.hits, a.misses + b.misses));
      }
    }
    caches.replaceAll((name, cache) -> withMisses(name, cache, caches));
    return caches;
  }

  /** The tables before a cache count their hits only; what they miss the cache is asked for. */
  private static Cache withMisses(String name, Cache cache, Map<String, Cache> caches) {
    if (!name.endsWith(TABLES_BEFORE)) {
      return cache;
    }
    Cache behind =
        caches.getOrDefault(
            name.substring(0, name.length() - TABLES_BEFORE.length()), new Cache(0, 0));
    return new Cache(cache.hits, cache.misses + behind.hits + behind.misses);
  }

  private static Map<String, Shard> shards(List<Sample> samples) {
    var shards = new TreeMap<String, Shard>();
    for (Sample sample : samples) {
      boolean lag = sample.name().equals("MillisBehindLatest");
      boolean oldest = sample.name().equals("OldestUncommittedAgeMillis");
      if ((lag || oldest) && sample.value() >= 0) {
        long millis = (long) sample.value();
        shards.merge(
            sample.label("shard"),
            new Shard(lag ? millis : UNKNOWN, oldest ? millis : UNKNOWN),
            (a, b) ->
                new Shard(
                    Math.max(a.lagMillis, b.lagMillis), Math.max(a.oldestMillis, b.oldestMillis)));
      }
    }
    return shards;
  }
}
