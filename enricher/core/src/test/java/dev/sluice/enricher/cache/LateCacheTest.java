package dev.sluice.enricher.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LateCacheTest {
  private static final long SEED = 20_261_122;
  private static final int MAX_FEW = 100;
  private static final int MAX_WEIGHT = 400;
  private static final int THREADS = 4;
  private static final int CALLS = 20_000;

  /** Numbers by number; one weighs what its value says. */
  private static final class Weights extends LateCache<Integer, Integer> {
    private final List<Cache<Integer, Integer>> opened = new ArrayList<>();

    Weights() {
      super(MAX_FEW);
    }

    @Override
    protected int weight(Integer key, Integer value) {
      return value;
    }

    @Override
    protected Cache<Integer, Integer> open(boolean counted) {
      Caffeine<Integer, Integer> bounded =
          Caffeine.newBuilder()
              .maximumWeight(MAX_WEIGHT)
              .weigher(this::weight)
              .executor(Runnable::run);
      Cache<Integer, Integer> cache = counted ? bounded.recordStats().build() : bounded.build();
      opened.add(cache);
      return cache;
    }
  }

  private final Weights cache = new Weights();

  @Test
  void fewEntriesOpenNothing() {
    for (int key = 0; key < MAX_FEW; key++) {
      cache.put(key, 1);
      cache.put(key, 1); // an entry that is replaced weighs nothing any more
    }
    assertThat(cache.opened).isEmpty();
    assertThat(cache.get(0)).isEqualTo(1);
    assertThat(cache.get(MAX_FEW)).isNull();
  }

  @Test
  void theFirstEntryTooManyMovesAllIntoTheOtherCache() {
    for (int key = 0; key <= MAX_FEW; key++) {
      cache.put(key, 1);
    }
    assertThat(cache.opened).hasSize(1);
    assertThat(cache.opened.get(0).asMap()).hasSize(MAX_FEW + 1);
    for (int key = 0; key <= MAX_FEW; key++) {
      assertThat(cache.get(key)).isEqualTo(1);
    }
  }

  @Test
  void oneHeavyEntryIsManyToo() {
    cache.put(1, MAX_FEW);
    assertThat(cache.opened).isEmpty();
    cache.put(1, MAX_FEW + 1);
    assertThat(cache.opened).hasSize(1);
    assertThat(cache.get(1)).isEqualTo(MAX_FEW + 1);
  }

  @Test
  void forgetsEverythingBeforeAndAfterTheMove() {
    cache.put(1, MAX_FEW);
    cache.clear();
    assertThat(cache.get(1)).isNull();
    cache.put(1, MAX_FEW);
    assertThat(cache.opened).isEmpty();
    cache.put(2, 1);
    cache.clear();
    assertThat(cache.get(1)).isNull();
    assertThat(cache.get(2)).isNull();
    cache.put(2, 1);
    assertThat(cache.get(2)).isEqualTo(1);
  }

  @Test
  void whoCountsHasTheOtherCacheFromTheStart() {
    var metrics = new SimpleMeterRegistry();
    cache.count(metrics, "numbers");
    cache.put(1, 1);
    assertThat(cache.get(1)).isEqualTo(1);
    assertThat(cache.get(2)).isNull();
    for (String result : List.of("hit", "miss")) {
      assertThat(
              metrics
                  .get("cache.gets")
                  .tags("cache", "numbers", "result", result)
                  .functionCounter()
                  .count())
          .isEqualTo(1);
    }
  }

  @Test
  void manyThreadsFindTheirOwnValuesAndKeepToTheBound() throws Exception {
    var pool = Executors.newFixedThreadPool(THREADS);
    try {
      var running = new ArrayList<Future<?>>();
      for (int thread = 0; thread < THREADS; thread++) {
        running.add(pool.submit(calls(new Random(SEED + thread))));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      pool.shutdown();
    }
    assertThat(cache.opened).hasSize(1);
    Cache<Integer, Integer> many = cache.opened.get(0);
    many.cleanUp();
    assertThat(many.asMap().values().stream().mapToInt(Integer::intValue).sum())
        .isLessThanOrEqualTo(MAX_WEIGHT);
  }

  /** The value of a key is always the same, so that a wrong one is seen. */
  private Callable<Void> calls(Random random) {
    return () -> {
      for (int i = 0; i < CALLS; i++) {
        int key = random.nextInt(1_000);
        Integer found = cache.get(key);
        if (found == null) {
          cache.put(key, 1 + key % 7);
        } else {
          assertThat(found).isEqualTo(1 + key % 7);
        }
      }
      return null;
    };
  }
}
