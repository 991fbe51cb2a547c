package dev.sluice.local.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.recording.MetricValue;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What CloudWatch makes of a line of a log, and what it would leave out. */
class LoggedMetricsTest {
  private static final String LINE =
      """
      {"_aws":{"Timestamp":1574109732004,"CloudWatchMetrics":[{"Namespace":"lambda-function-metrics",\
      "Dimensions":[["functionVersion"]],"Metrics":[{"Name":"time","Unit":"Milliseconds"}]}]},\
      "functionVersion":"$LATEST","time":100,"requestId":"989ffbf8"}""";

  private final LoggedMetrics metrics = new LoggedMetrics();

  @Test
  void theExampleOfTheSpecificationIsOneMetric() {
    metrics.accept(LINE);
    metrics.accept("START RequestId: 989ffbf8");
    metrics.accept("{\"level\":\"INFO\",\"time\":7}");
    assertThat(metrics.values())
        .containsExactly(
            new MetricValue(
                "lambda-function-metrics",
                "time",
                Map.of("functionVersion", "$LATEST"),
                1,
                100,
                100,
                100,
                "Milliseconds",
                Instant.ofEpochMilli(1_574_109_732_004L)));
    assertThat(metrics.names("lambda-function-metrics", "functionVersion"))
        .containsExactly(MetricName.of("time", "Milliseconds", Set.of("functionVersion")));
    assertThat(metrics.names("lambda-function-metrics", "function")).isEmpty();
    assertThat(metrics.names("Sluice", "functionVersion")).isEmpty();
  }

  @Test
  void aMetricWithoutAUnitHasNone() {
    metrics.accept(LINE.replace(",\"Unit\":\"Milliseconds\"", ""));
    assertThat(metrics.values()).extracting(MetricValue::unit).containsExactly("None");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"time\":100=\"time\":\"100\"",
        "\"time\":100=\"other\":100",
        "$LATEST=",
        "\"functionVersion\":\"$LATEST\"=\"version\":\"$LATEST\"",
        "\"Timestamp\":1574109732004=\"Timestamp\":\"2019\"",
        "lambda-function-metrics=",
        "[[\"functionVersion\"]]=[]",
        "{\"Name\":\"time\",\"Unit\":\"Milliseconds\"}={\"Name\":\"time\"},{\"Name\":\"time\"}",
      })
  void whatCloudWatchWouldLeaveOutIsRefused(String change) {
    int equals = change.indexOf('=');
    String line = LINE.replace(change.substring(0, equals), change.substring(equals + 1));
    assertThat(line).isNotEqualTo(LINE);
    assertThatThrownBy(() -> metrics.accept(line)).isInstanceOf(IllegalArgumentException.class);
  }
}
