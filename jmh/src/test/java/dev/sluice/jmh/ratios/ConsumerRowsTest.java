package dev.sluice.jmh.ratios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jmh.results.Figures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsumerRowsTest {

  @Test
  void comparesWithinEachRoundAndJudgesByProcessorTime() {
    var figures = new Figures();
    List<Row> rows = ConsumerRows.rows(numbers(0, 2.5), figures);
    assertThat(rows).allMatch(row -> row.verdict() == Row.Verdict.PASS);
    assertThat(rows.get(0).value()).hasValue(0.9);
    assertThat(rows.get(0).note()).contains("by the clock 0.50");
    assertThat(figures.all()).containsEntry("consumer.raw.per_processor_second", 100.0);
  }

  @Test
  void oneBadEndOfManyFailsTheHeap() {
    assertThat(ConsumerRows.rows(numbers(3, 2.5), new Figures()).get(2).verdict())
        .isEqualTo(Row.Verdict.FAIL);
  }

  @Test
  void aDelayAboveTheFlushIntervalAndASecondFails() {
    assertThat(ConsumerRows.rows(numbers(0, 3.1), new Figures()).get(1).verdict())
        .isEqualTo(Row.Verdict.FAIL);
  }

  private static Map<String, List<Double>> numbers(double oneExit, double p99) {
    var numbers = new HashMap<String, List<Double>>();
    // The machine was twice as fast in the last round: for both.
    numbers.put("ours.per_processor_second", List.of(90.0, 45.0, 180.0));
    numbers.put("raw.per_processor_second", List.of(100.0, 50.0, 200.0));
    numbers.put("ours.per_second", List.of(50.0, 50.0, 50.0));
    numbers.put("raw.per_second", List.of(100.0, 100.0, 100.0));
    numbers.put("ours.resident_megabytes", List.of(400.0, 400.0, 400.0));
    numbers.put("ours.exit", List.of(0.0, oneExit, 0.0, 0.0));
    numbers.put("delay.p99_seconds", List.of(p99));
    numbers.put("delay.median_seconds", List.of(1.0));
    numbers.put("delay.records_per_second", List.of(1_000.0));
    return numbers;
  }
}
