package dev.sluice.jmh.ratios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jmh.measure.Score;
import dev.sluice.jmh.measure.Scores;
import dev.sluice.jmh.measure.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {

  @Test
  void passesOnItsBoundAndFailsBelow() {
    assertThat(Row.of("row", 10, Bound.atLeast(10), "").verdict()).isEqualTo(Row.Verdict.PASS);
    assertThat(Row.of("row", 9.99, Bound.atLeast(10), "").verdict()).isEqualTo(Row.Verdict.FAIL);
    assertThat(Row.of("row", 2.01, Bound.atMost(2), "").verdict()).isEqualTo(Row.Verdict.FAIL);
    assertThat(Row.of("row", 1.3, new Bound(0.9, 1.25), "").verdict()).isEqualTo(Row.Verdict.FAIL);
  }

  @Test
  void whatWasNotMeasuredIsSkippedWithItsReason() {
    Row row = Row.skipped("row", Bound.atLeast(3), "goaccess is not installed");
    assertThat(row.verdict()).isEqualTo(Row.Verdict.SKIP);
    assertThat(row.text()).contains("SKIP").endsWith("goaccess is not installed");
  }

  @Test
  void aValueThatIsNoNumberFails() {
    assertThat(Row.of("row", Double.NaN, Bound.atLeast(1), "").verdict())
        .isEqualTo(Row.Verdict.FAIL);
  }

  @Test
  void boundsReadLikeText() {
    assertThat(Bound.atLeast(10)).hasToString(">= 10");
    assertThat(Bound.atMost(0.5)).hasToString("<= 0.50");
    assertThat(new Bound(0.8, 1.2)).hasToString("0.80 to 1.20");
    assertThat(Bound.NONE).hasToString("");
  }

  @Test
  void goodThatHasBecomeTwiceAsSlowFailsItsPins() {
    var scores = new Scores();
    scores.add(Subject.pipeline("zipf", "good"), score(1));
    scores.add(Subject.pipeline("zipf", "naive"), score(1));
    scores.add(Subject.userAgent("browsers", "uap"), score(1));
    List<Row> rows = Pin.rows(scores);
    assertThat(rows).hasSize(2);
    assertThat(rows).noneMatch(row -> row.verdict() == Row.Verdict.PASS);
  }

  private static Score score(double perSecond) {
    return new Score(perSecond, perSecond, 0, 0);
  }
}
