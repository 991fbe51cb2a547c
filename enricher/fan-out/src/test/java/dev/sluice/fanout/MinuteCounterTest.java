package dev.sluice.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fanout.MinuteCounts.Dimension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinuteCounterTest {
  private static final long ARRIVAL = Lines.T0 + 1_000_000;
  private final ManualClock clock = new ManualClock();

  private MinuteCounter<Integer> counter(String... keysAndValues) {
    return new MinuteCounter<>(Lines.settings(keysAndValues), clock);
  }

  private static LineFacts page(long second, String page) {
    return new LineFacts(Lines.T0 + second, 404, false, "h", "France", page, "desktop");
  }

  @Test
  void aMinuteIsGivenOnceWhenTheLatenessIsOver() {
    MinuteCounter<Integer> counter = counter("EVENT_LATENESS", "30s");
    counter.count(page(10, "a"), ARRIVAL, 1);
    counter.count(page(89, "b"), ARRIVAL, 2);
    assertThat(counter.complete()).isEmpty();
    counter.count(page(5, "a"), ARRIVAL, 3);
    counter.count(page(90, "b"), ARRIVAL, 4);
    assertThat(counter.complete())
        .containsExactly(
            new MinuteCounts(
                Instant.ofEpochSecond(Lines.T0),
                2,
                Map.of(
                    Dimension.STATUS_CLASS, Map.of("4xx", 2L),
                    Dimension.COUNTRY, Map.of("France", 2L),
                    Dimension.PAGE, Map.of("a", 2L),
                    Dimension.DEVICE, Map.of("desktop", 2L)),
                0,
                0));
    assertThat(counter.complete()).isEmpty();
    assertThat(counter.oldestUnsent()).as("not sent").contains(1);
    counter.sent();
    assertThat(counter.oldestUnsent()).contains(2);
  }

  @Test
  void lateAndAheadLinesAreCountedApart() {
    MinuteCounter<Integer> counter = counter("EVENT_LATENESS", "30s");
    counter.count(page(100, "a"), ARRIVAL, 1);
    counter.count(page(0, "a"), ARRIVAL, 2);
    counter.count(page(2_000_000, "a"), ARRIVAL, 3);
    List<MinuteCounts> all = counter.all();
    assertThat(all).hasSize(1);
    assertThat(all.get(0).requests()).isEqualTo(1);
    assertThat(all.get(0).late()).isEqualTo(1);
    assertThat(all.get(0).ahead()).isEqualTo(1);
    counter.sent();
    assertThat(counter.oldestUnsent()).isEmpty();
  }

  @Test
  void linesAheadAreToldWithTheNewestMinuteThatGoes() {
    MinuteCounter<Integer> counter = counter("EVENT_LATENESS", "10m");
    counter.count(page(2_000_000, "a"), ARRIVAL, 1);
    assertThat(counter.all()).isEmpty();
    counter.count(page(0, "a"), ARRIVAL, 2);
    counter.count(page(100, "a"), ARRIVAL, 3);
    assertThat(counter.all().stream().map(MinuteCounts::ahead)).containsExactly(0L, 1L);
    counter.count(page(0, "a"), ARRIVAL, 4);
    assertThat(counter.all().get(0).ahead()).isZero();
  }

  @Test
  void whatHasNoValueIsUnknownAndWhatHasNoStatusToo() {
    MinuteCounter<Integer> counter = counter();
    counter.count(new LineFacts(Lines.T0, 0, false, null, null, null, null), ARRIVAL, 1);
    assertThat(counter.all().get(0).byValue().values())
        .hasSize(4)
        .containsOnly(Map.of(MinuteCounts.UNKNOWN, 1L));
  }

  @Test
  void namesTheTopAndAddsUpTheRest() {
    MinuteCounter<Integer> counter = counter("METRICS_TOP", "2");
    for (String page : List.of("a", "b", "b", "c", "c", "d", "a", "c")) {
      counter.count(page(0, page), ARRIVAL, 1);
    }
    assertThat(counter.all().get(0).byValue().get(Dimension.PAGE))
        .isEqualTo(Map.of("c", 3L, "a", 2L, MinuteCounts.OTHER, 3L));
  }

  @Test
  void aFloodOfValuesIsOther() {
    MinuteCounter<Integer> counter = counter("METRICS_TOP", "1");
    int values = TopValues.MAX_TRACKED + 500;
    for (int i = 0; i < values; i++) {
      counter.count(page(0, "page" + i), ARRIVAL, 1);
    }
    counter.count(page(0, "page7"), ARRIVAL, 1);
    assertThat(counter.all().get(0).byValue().get(Dimension.PAGE))
        .isEqualTo(Map.of("page7", 2L, MinuteCounts.OTHER, values - 1L));
  }

  @Test
  void atTheTipTheClockEndsTheLastMinute() {
    MinuteCounter<Integer> counter = counter();
    counter.atTip();
    assertThat(counter.complete()).isEmpty();
    counter.count(page(0, "a"), ARRIVAL, 1);
    clock.advance(119);
    counter.atTip();
    assertThat(counter.complete()).isEmpty();
    clock.advance(1);
    counter.atTip();
    assertThat(counter.complete()).hasSize(1);
  }

  /** The twin keeps every line and sorts them into minutes at the end. */
  @ParameterizedTest
  @ValueSource(longs = {3, 20_261_121, -99})
  void countsWhatTheTwinCounts(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      MinuteCounter<Integer> counter = counter("EVENT_LATENESS", "45s", "METRICS_TOP", "3");
      var minutes = new TreeMap<Long, Map<String, Long>>();
      var ends = new ArrayList<long[]>();
      var given = new ArrayList<MinuteCounts>();
      long late = 0;
      long newest = Long.MIN_VALUE;
      long second = 0;
      for (int i = 0; i < 1_000; i++) {
        second += random.nextInt(4);
        long at = second - (random.nextInt(5) == 0 ? random.nextInt(200) : 0);
        String page = "p" + random.nextInt(6);
        newest = Math.max(newest, at);
        long end = Math.floorDiv(at, 60) * 60 + 60;
        if (end <= newest - 45) {
          late++;
          ends.add(new long[] {Math.floorDiv(newest, 60) * 60 + 60, i});
        } else {
          minutes.computeIfAbsent(end - 60, m -> new HashMap<>()).merge(page, 1L, Long::sum);
          ends.add(new long[] {end, i});
        }
        counter.count(page(at, page), ARRIVAL, i);
        if (random.nextInt(20) == 0) {
          given.addAll(counter.complete());
          counter.sent();
          long over = Math.floorDiv(newest - 45, 60) * 60;
          assertThat(counter.oldestUnsent().orElse(-1).longValue())
              .isEqualTo(
                  ends.stream().filter(e -> e[0] > over).mapToLong(e -> e[1]).min().orElse(-1));
        }
      }
      given.addAll(counter.all());
      assertThat(given.stream().map(m -> m.start().getEpochSecond() - Lines.T0))
          .containsExactlyElementsOf(minutes.keySet());
      assertThat(given.stream().mapToLong(MinuteCounts::late).sum()).isEqualTo(late);
      for (MinuteCounts minute : given) {
        Map<String, Long> pages = minutes.get(minute.start().getEpochSecond() - Lines.T0);
        long sum = pages.values().stream().mapToLong(Long::longValue).sum();
        assertThat(minute.requests()).isEqualTo(sum);
        Map<String, Long> top = minute.byValue().get(Dimension.PAGE);
        assertThat(top.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(sum);
        long least =
            top.entrySet().stream()
                .filter(e -> !e.getKey().equals("other"))
                .mapToLong(Map.Entry::getValue)
                .min()
                .orElse(0);
        pages.forEach(
            (name, count) ->
                assertThat(top.containsKey(name) ? count : least).isGreaterThanOrEqualTo(count));
      }
    }
  }
}
