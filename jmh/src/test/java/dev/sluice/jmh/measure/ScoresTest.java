package dev.sluice.jmh.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.jmh.LineParserBenchmark;
import dev.sluice.jmh.PipelineBenchmark;
import dev.sluice.jmh.UserAgentBenchmark;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Fork;

class ScoresTest {
  private static final Subject OURS = Subject.pipeline("zipf", "ours");
  private static final Subject GOOD = Subject.pipeline("zipf", "good");

  @Test
  void ratioIsTakenInsideEachRound() {
    var scores = new Scores();
    // The machine was ten times slower in the second round.
    List.of(100.0, 10.0, 120.0).forEach(perSecond -> scores.add(OURS, score(perSecond)));
    List.of(10.0, 1.0, 10.0).forEach(perSecond -> scores.add(GOOD, score(perSecond)));
    assertThat(scores.ratio(OURS, GOOD)).isEqualTo(10);
    assertThat(scores.median(OURS, Score::perSecond)).isEqualTo(100);
  }

  @Test
  void whatWasNotMeasuredHasNoScore() {
    assertThatThrownBy(() -> new Scores().of(OURS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PipelineBenchmark zipf ours was not measured");
  }

  @Test
  void medianOfAnEvenCountLiesInTheMiddle() {
    assertThat(Medians.of(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3);
    assertThat(Medians.of(List.of(7.0))).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {PipelineBenchmark.class, LineParserBenchmark.class, UserAgentBenchmark.class})
  void benchmarksHaveTheFlagsThatResultFilesName(Class<?> benchmark) {
    assertThat(benchmark.getAnnotation(Fork.class).jvmArgs())
        .containsExactlyElementsOf(JmhRun.FLAGS);
  }

  private static Score score(double perSecond) {
    return new Score(perSecond, perSecond, 0, 0);
  }
}
