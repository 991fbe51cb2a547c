package dev.sluice.dashboards.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.dashboards.simulation.Evaluation.Point;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator against the examples of AWS's pages. */
class EvaluationTest {
  private static final AlarmState RETAINED = AlarmState.OK;

  /** Both tables of "How alarm state is evaluated when data is missing", row by row. */
  @ParameterizedTest
  @CsvSource({
    "3, 0 - X - X, OK, OK, OK, OK",
    "3, 0 - - - -, OK, OK, OK, OK",
    "3, - - - - -, INSUFFICIENT_DATA, RETAINED, ALARM, OK",
    "3, 0 X X - X, ALARM, ALARM, ALARM, ALARM",
    "3, - - X - -, ALARM, RETAINED, ALARM, OK",
    "2, 0 - X - X, ALARM, ALARM, ALARM, ALARM",
    "2, 0 0 X 0 X, ALARM, ALARM, ALARM, ALARM",
    "2, 0 - X - -, OK, OK, ALARM, OK",
    "2, - - - - 0, OK, OK, ALARM, OK",
    "2, - - - X -, ALARM, RETAINED, ALARM, OK"
  })
  void agreesWithTheTablesOfAws(
      int toAlarm, String data, String missing, String ignore, String breaching, String not) {
    assertThat(state(data, toAlarm, "missing")).hasToString(state(missing));
    assertThat(state(data, toAlarm, "ignore")).hasToString(state(ignore));
    assertThat(state(data, toAlarm, "breaching")).hasToString(state(breaching));
    assertThat(state(data, toAlarm, "notBreaching")).hasToString(state(not));
  }

  /** "Avoiding premature transitions to alarm state". */
  @Test
  void doesNotRingTooEarly() {
    assertThat(state("- - - - X", 3, "missing")).isEqualTo(RETAINED);
    assertThat(state("- - - X -", 3, "missing")).isEqualTo(RETAINED);
    assertThat(state("- - X - -", 3, "missing")).isEqualTo(AlarmState.ALARM);
  }

  private static String state(String cell) {
    return cell.equals("RETAINED") ? RETAINED.name() : cell;
  }

  private static AlarmState state(String data, int toAlarm, String missing) {
    List<Point> range =
        Stream.of(data.split(" "))
            .map(
                sign ->
                    switch (sign) {
                      case "0" -> Point.GOOD;
                      case "X" -> Point.BREACHING;
                      default -> Point.MISSING;
                    })
            .toList();
    return Evaluation.state(range, 3, toAlarm, missing, RETAINED);
  }

  @Test
  void calculatesAsMetricMathDoes() {
    double none = Double.NaN;
    var series = Map.of("a", new double[] {30, 20, 0, none}, "b", new double[] {20, none, 0, none});

    assertThat(MetricMath.evaluate("a + b", series, 4)).containsExactly(50, 20, 0, none);
    assertThat(MetricMath.evaluate("100 * b / a", series, 4))
        .containsExactly(100 * 20.0 / 30, 0, none, none);
    assertThat(MetricMath.evaluate("FILL(a, 7) - 1", series, 4)).containsExactly(29, 19, -1, 6);
    assertThat(MetricMath.evaluate("1000 * (60 - 10) - a", series, 4))
        .containsExactly(49_970, 49_980, 50_000, none);
    assertThat(MetricMath.evaluate("MAX([a, b]) / 10", series, 4)).containsExactly(3, 2, 0, none);
  }

  @Test
  void refusesWhatNoAlarmMayHave() {
    var series = Map.of("a", new double[1]);

    assertThatThrownBy(() -> MetricMath.evaluate("SEARCH('x')", series, 1))
        .hasMessage("SEARCH('x'): SEARCH is no function for an alarm of ours");
    assertThatThrownBy(() -> MetricMath.evaluate("a + b", series, 1))
        .hasMessage("a + b: no metric has the id b");
    assertThatThrownBy(() -> MetricMath.evaluate("100 * 2", series, 1))
        .hasMessage("100 * 2: is a number, not a time series");
    assertThatThrownBy(() -> MetricMath.evaluate("a 2", series, 1))
        .hasMessage("a 2: expected nothing more at 2");
  }

  @Test
  void understandsRulesOfCompositeAlarms() {
    var rule = new CompositeRule("FALSE OR ALARM(\"a\") OR ALARM(\"b\")");

    assertThat(rule.alarms()).containsExactly("a", "b");
    assertThat(rule.holds(name -> AlarmState.OK)).isFalse();
    assertThat(rule.holds(name -> name.equals("b") ? AlarmState.ALARM : AlarmState.OK)).isTrue();
    assertThatThrownBy(() -> new CompositeRule("ALARM(a"))
        .hasMessage("AlarmRule: not understood: ALARM(a");
  }
}
