package dev.sluice.consumer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Two or three workers under a schedule that a seed decides. A failing seed is printed with the
 * shortest form of its story; {@code -Dmodel.seed=<seed>} runs it alone, and {@code
 * -Dmodel.interleavings=<count>} runs more of them.
 */
class TileModelTest {
  private static final int INTERLEAVINGS = 100_000;

  /** Interleavings at the same time; threads that wait for each other leave time to others. */
  private static final int LANES = 4;

  @Test
  void everyInterleavingKeepsEveryRule() throws Exception {
    Long single = Long.getLong("model.seed");
    long from = single == null ? 0 : single;
    long to = single == null ? Long.getLong("model.interleavings", INTERLEAVINGS) : single + 1;
    var next = new AtomicLong(from);
    var broken = new ArrayList<Long>();
    Callable<Void> lane =
        () -> {
          try (var interleavings = new Interleavings()) {
            for (long seed = next.getAndIncrement(); seed < to; seed = next.getAndIncrement()) {
              if (interleavings.violation(seed) != null) {
                next.set(to);
                synchronized (broken) {
                  broken.add(seed);
                }
              }
            }
          }
          return null;
        };
    var threads = Executors.newFixedThreadPool(LANES);
    try {
      for (Future<Void> done :
          threads.invokeAll(LongStream.range(0, LANES).mapToObj(i -> lane).toList())) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(broken).as(() -> stories(broken)).isEmpty();
    assertThat(next.get()).isGreaterThanOrEqualTo(to);
  }

  private static String stories(List<Long> seeds) {
    var stories = new ArrayList<String>();
    try (var interleavings = new Interleavings()) {
      seeds.forEach(seed -> stories.add(interleavings.story(seed)));
    }
    return String.join("\n\n", stories);
  }
}
