package dev.sluice.local.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program reads of docs/metrics.md, and what it says when a metric is another one. */
class MetricsPageTest {
  private static final MetricName DONE = MetricName.of("files_done", "Count", Set.of("function"));
  private static final MetricName BYTES = MetricName.of("bytes", "Bytes", Set.of("b", "a"));

  private static final List<String> PAGE =
      List.of(
          "# Metrics",
          "| metric | unit | dimensions | meaning |",
          "",
          "<!-- metrics emitter=\"files\" setting=\"METRICS_NAMESPACE\" namespace=\"Sluice\" -->",
          "| metric | unit | dimensions | meaning |",
          "|---|---|---|---|",
          "| `files_done` | Count | `function` | files that are done |",
          "| `bytes` | Bytes | `a`, `b` | their size |",
          "",
          "| `not_a_metric` | Count | | outside of the table |");

  private static List<String> page(String row) {
    return List.of(PAGE.get(3), PAGE.get(4), PAGE.get(5), PAGE.get(6), row);
  }

  @Test
  void readsTheTablesBehindTheirMarkers() {
    MetricTable table = MetricsPage.of(PAGE).table("files");
    assertThat(table.setting()).isEqualTo("METRICS_NAMESPACE");
    assertThat(table.namespace()).isEqualTo("Sluice");
    assertThat(table.meanings()).containsOnlyKeys(DONE, BYTES).containsEntry(BYTES, "their size");
    assertThat(MetricsPage.of(PAGE).tables()).containsExactly(table);
    assertThatThrownBy(() -> MetricsPage.of(PAGE).table("windows"))
        .hasMessage("no table of windows");
  }

  @Test
  void theSameMetricsHaveNoDifferences() {
    assertThat(MetricsPage.of(PAGE).table("files").differences(List.of(BYTES, DONE))).isEmpty();
  }

  @Test
  void aRenamedAMissingAndAChangedMetricAreEachReported() {
    MetricTable table = MetricsPage.of(PAGE).table("files");
    MetricName renamed = MetricName.of("files_ready", "Count", Set.of("function"));
    assertThat(table.differences(List.of(renamed, BYTES)))
        .containsExactly(
            "files sends files_ready{function} in Count, which the page does not name",
            "the page names files_done{function} in Count, which files does not send");
    assertThat(table.differences(List.of(BYTES)))
        .containsExactly("the page names files_done{function} in Count, which files does not send");
    var more = new TreeSet<>(List.of(DONE, BYTES, renamed));
    assertThat(table.differences(more))
        .containsExactly(
            "files sends files_ready{function} in Count, which the page does not name");
    assertThat(table.differences(List.of(DONE, MetricName.of("bytes", "Count", Set.of("a", "b")))))
        .hasSize(2);
    assertThat(table.differences(List.of(DONE, MetricName.of("bytes", "Bytes", Set.of("a")))))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "| files_failed | Count | | no quotes |",
        "| `files_failed` | Count | |",
        "| `files_failed` | count | | a unit that CloudWatch does not have |",
        "| `files_failed` | Count | | |",
        "| `files_done` | Count | `function` | twice |",
        "<!-- metrics emitter=\"files\" -->",
      })
  void refusesATableThatCannotBeMeant(String row) {
    assertThatThrownBy(() -> MetricsPage.of(page(row)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(row);
  }

  @Test
  void refusesTwoTablesOfOneEmitterAndATableWithoutItsHead() {
    var twice =
        List.of(PAGE.get(3), PAGE.get(4), PAGE.get(5), PAGE.get(3), PAGE.get(4), PAGE.get(5));
    assertThatThrownBy(() -> MetricsPage.of(twice)).hasMessage("two tables of files");
    assertThatThrownBy(() -> MetricsPage.of(List.of(PAGE.get(3), PAGE.get(5))))
        .hasMessageContaining("expected | metric");
  }

  @Test
  void thePageOfThisCheckoutCanBeRead() throws IOException {
    assertThat(MetricsPage.ofThisCheckout().tables())
        .isNotEmpty()
        .allSatisfy(table -> assertThat(table.meanings()).as(table.emitter()).isNotEmpty());
  }
}
