package dev.sluice.files.summary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bounded counts against plain maps. */
class CountsTest {
  private final Random random = new Random(20_261_122);

  @Test
  void namesAgainstAMap() {
    var names = new NameCounts();
    var plain = new HashMap<String, Long>();
    for (int i = 0; i < 50_000; i++) {
      String name = "page " + (int) Math.abs(random.nextGaussian() * 400);
      byte[] text = ("--" + name + "--").getBytes(UTF_8);
      names.of(text, 2, text.length - 2).add();
      plain.merge(name, 1L, Long::sum);
    }
    List<NameCounts.Count> expected =
        plain.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(20)
            .map(entry -> new NameCounts.Count(entry.getKey(), entry.getValue()))
            .toList();
    assertThat(names.top(20)).isEqualTo(expected);
    long top = expected.stream().mapToLong(NameCounts.Count::lines).sum();
    assertThat(names.beyond(20)).isEqualTo(50_000 - top);
  }

  @Test
  void namesBeyondTheBoundAreOther() {
    var names = new NameCounts();
    for (int i = 0; i < NameCounts.MAX_TRACKED + 500; i++) {
      names.of("name" + i).add();
    }
    names.of("name0").add();
    assertThat(names.top(1)).containsExactly(new NameCounts.Count("name0", 2));
    assertThat(names.top(10_000)).hasSize(NameCounts.MAX_TRACKED);
    assertThat(names.beyond(10_000)).isEqualTo(500);
  }

  @Test
  void longNamesAreCutBetweenCharacters() {
    var names = new NameCounts();
    names.of("x" + "é".repeat(500)).add();
    assertThat(names.top(1).get(0).name()).isEqualTo("x" + "é".repeat(99));
  }

  @Test
  void timesAgainstAMap() {
    for (long span : new long[] {60, 3_600, 86_400, 30 * 86_400L, 3 * 365 * 86_400L}) {
      var times = new TimeCounts();
      var plain = new HashMap<Long, Long>();
      long start = 1_700_000_000L;
      long[] seconds = random.longs(2_000, start, start + span).toArray();
      Arrays.stream(seconds).forEach(times::count);
      Arrays.stream(seconds)
          .forEach(s -> plain.merge(Math.floorDiv(s, times.stepSeconds()), 1L, Long::sum));
      long[] counts = times.counts();
      assertThat(counts.length).isBetween(1, TimeCounts.MAX_STEPS);
      assertThat(times.outside()).isZero();
      for (int i = 0; i < counts.length; i++) {
        long step = times.firstSeconds() / times.stepSeconds() + i;
        assertThat(counts[i]).isEqualTo(plain.getOrDefault(step, 0L));
      }
      assertThat(Arrays.stream(counts).sum()).isEqualTo(2_000);
      assertThat(counts[0]).isPositive();
      assertThat(counts[counts.length - 1]).isPositive();
    }
  }

  @Test
  void aTimeTooFarFromTheOthersIsOutside() {
    var times = new TimeCounts();
    times.count(1_700_000_000L);
    times.count(-50_000_000_000L);
    times.count(1_700_000_100L);
    assertThat(times.outside()).isEqualTo(1);
    assertThat(Arrays.stream(times.counts()).sum()).isEqualTo(2);
  }
}
