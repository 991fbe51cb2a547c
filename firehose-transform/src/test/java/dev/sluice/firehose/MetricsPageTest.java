package dev.sluice.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.local.metrics.LoggedMetrics;
import dev.sluice.local.metrics.MetricTable;
import dev.sluice.local.metrics.MetricsPage;
import dev.sluice.local.recording.MetricValue;
import dev.sluice.samples.SampleGeo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds docs/metrics.md to the log lines of the function. */
class MetricsPageTest {
  private static final String REGION = "aws.region";
  private static final String DIMENSION = "delivery_stream";

  private final LoggedMetrics metrics = new LoggedMetrics();
  private final String before = System.getProperty(REGION);

  /** Look-ups open a client; the lines have no user, so nobody is asked. */
  @BeforeEach
  void setRegion() {
    System.setProperty(REGION, "eu-west-1");
  }

  @AfterEach
  void unsetRegion() {
    if (before == null) {
      System.clearProperty(REGION);
    } else {
      System.setProperty(REGION, before);
    }
  }

  private static List<String> differences(LoggedMetrics metrics) throws IOException {
    MetricTable table = MetricsPage.ofThisCheckout().table("firehose-transform");
    assertThat(table.setting()).isEqualTo("METRICS_NAMESPACE");
    return table.differences(metrics.names(table.namespace(), DIMENSION));
  }

  @Test
  void namesAllMetrics() throws IOException {
    try (Function function =
        Function.with(
            "REVERSE_DNS", "true",
            "REFERENCE_TABLE", "users",
            "REFERENCE_KEY", "name",
            "REFERENCE_FIELD", "user",
            "REFERENCE_ATTRIBUTES", "tier")) {
      function.call(new EventText().line(Lines.BROKEN));
      function.log.forEach(metrics);
      assertThat(differences(metrics)).isEmpty();
    }
  }

  @Test
  void theAgeOfDatabasesIsThereWhereOneIs() throws IOException {
    try (Function with = Function.with();
        Function without = Function.with("GEOIP_CITY_DATABASE", "")) {
      with.call(new EventText().line(Lines.GOOD));
      without.call(new EventText().line(Lines.GOOD));
      assertThat(with.logged().get("geoip_database_age_days").asLong())
          .isEqualTo(Duration.between(SampleGeo.metadata().buildTime(), Function.NOW).toDays());
      assertThat(without.logged().has("geoip_database_age_days")).isFalse();
    }
  }

  @Test
  void anEventOfSomebodyElseHasADimensionThatCloudWatchTakes() throws IOException {
    try (Function function = Function.with()) {
      function.bytes("{}");
      function.log.forEach(metrics);
      JsonNode line = function.logged();
      assertThat(line.get("unknown_events").asInt()).isOne();
      assertThat(metrics.values())
          .extracting(MetricValue::dimensions)
          .isNotEmpty()
          .allMatch(dimensions -> dimensions.get(DIMENSION).equals("unknown"));
    }
  }
}
