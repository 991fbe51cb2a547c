package dev.sluice.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.web.live.PrometheusText.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

  @Test
  void readsNamesLabelsAndValues() {
    assertThat(
            PrometheusText.samples(
                """
                # HELP EnrichedLines_total
                # TYPE EnrichedLines_total counter
                EnrichedLines_total{outcome="ENRICHED"} 1234.0
                MillisBehindLatestMax 5
                cache_gets_total{cache="user-agent",result="hit",} 1.5E6 1700000000000
                odd{a="x\\"y\\\\z\\n}"} +Inf
                """))
        .containsExactly(
            new Sample("EnrichedLines_total", Map.of("outcome", "ENRICHED"), 1234),
            new Sample("MillisBehindLatestMax", Map.of(), 5),
            new Sample("cache_gets_total", Map.of("cache", "user-agent", "result", "hit"), 1.5e6),
            new Sample("odd", Map.of("a", "x\"y\\z\n}"), Double.POSITIVE_INFINITY));
  }

  @Test
  void leavesOutWhatItCannotRead() {
    assertThat(
            PrometheusText.samples(
                """

                name
                name value
                name{a="b" 1
                name{a="b
                name{a} 1
                {} 1
                 1
                name{a="b"}
                good 1
                """))
        .containsExactly(new Sample("good", Map.of(), 1));
  }

  @Test
  void everyBeginningOfALineIsHarmless() {
    String line = "name{label=\"va\\\"lue\",other=\"\"} -1.5 12";
    for (int length = 0; length <= line.length(); length++) {
      assertThat(PrometheusText.samples(line.substring(0, length))).hasSizeLessThan(2);
    }
  }

  @Test
  void readsSoManyLinesAtMost() {
    assertThat(PrometheusText.samples("a 1\n".repeat(PrometheusText.MAX_SAMPLES + 5)))
        .hasSize(PrometheusText.MAX_SAMPLES);
    assertThat(PrometheusText.samples("")).isEqualTo(List.of());
  }
}
