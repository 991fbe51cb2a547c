package dev.sluice.consumer.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.consumer.tiles.RetryPolicy;
import dev.sluice.consumer.tiles.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchedSinkTest {
  private static final RetryPolicy ONE_ATTEMPT =
      new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1));

  private final FakeService service = new FakeService();
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger entriesMade = new AtomicInteger();

  private BatchedSink<String> sink(int maxCalls) {
    var recorded =
        new ConsumerEvents() {
          @Override
          public void sinkWritten(String sink, long lines, long tooLarge) {
            events.add(sink + ' ' + lines + ' ' + tooLarge);
          }
        };
    return new BatchedSink<>(
        "shelf",
        service,
        line -> {
          entriesMade.incrementAndGet();
          return new String(line, StandardCharsets.UTF_8);
        },
        new BatchSender(ONE_ATTEMPT, pause -> {}, new Random(1), recorded),
        maxCalls,
        recorded);
  }

  @Test
  void fillsCallsUpToTheLimitsInTheOrderOfTheTile() {
    sink(1).write(Lines.of("a", "b", "c", "d", "eeeeeeeeee", "ffffffffff", "g"));
    assertThat(service.calls)
        .containsExactly(
            List.of("a", "b", "c"), List.of("d", "eeeeeeeeee"), List.of("ffffffffff", "g"));
    assertThat(events).containsExactly("shelf 7 0");
  }

  @Test
  void leavesOutAndCountsWhatNoCallTakes() {
    sink(1).write(Lines.of("a", "x".repeat(11), "b"));
    assertThat(service.taken).containsExactly("a", "b");
    assertThat(events).containsExactly("shelf 2 1");
  }

  @Test
  void makesNoCallForATileWithoutLines() {
    sink(1).write(Lines.of());
    assertThat(service.calls).isEmpty();
    assertThat(events).containsExactly("shelf 0 0");
  }

  @Test
  void aFailureFreesItsPlace() {
    BatchedSink<String> sink = sink(1);
    service.answer = entries -> Map.of(0, "Away");
    assertThatThrownBy(() -> sink.write(Lines.of("a"))).isInstanceOf(StoreException.class);
    assertThat(events).isEmpty();
    service.answer = entries -> Map.of();
    sink.write(Lines.of("a"));
    assertThat(service.taken).containsExactly("a");
  }

  @Test
  void holdsABoundedNumberOfCallsWhateverWaits() throws Exception {
    var atWork = new AtomicInteger();
    var mostAtWork = new AtomicInteger();
    var arrived = new CountDownLatch(2);
    var goOn = new CountDownLatch(1);
    service.answer =
        entries -> {
          mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
          arrived.countDown();
          try {
            assertThat(goOn.await(1, TimeUnit.MINUTES)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          atWork.decrementAndGet();
          return Map.of();
        };
    BatchedSink<String> sink = sink(2);
    ExecutorService shards = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> tiles = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        List<String> lines = IntStream.range(0, 30).mapToObj(n -> "l" + n).toList();
        tiles.add(shards.submit(() -> sink.write(Lines.of(lines))));
      }
      assertThat(arrived.await(1, TimeUnit.MINUTES)).isTrue();
      // Two full calls, and the line at which each shard met a limit or waits for a place.
      assertThat(entriesMade.get()).isLessThanOrEqualTo(2 * 3 + 6);
      goOn.countDown();
      for (Future<?> tile : tiles) {
        tile.get(1, TimeUnit.MINUTES);
      }
    } finally {
      shards.shutdownNow();
    }
    assertThat(mostAtWork.get()).isEqualTo(2);
    assertThat(service.taken).hasSize(180);
  }
}
