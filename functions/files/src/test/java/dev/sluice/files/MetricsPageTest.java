package dev.sluice.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.local.SdkProperties;
import dev.sluice.local.metrics.LoggedMetrics;
import dev.sluice.local.metrics.MetricTable;
import dev.sluice.local.metrics.MetricsPage;
import java.io.IOException;
import java.time.Clock;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Holds docs/metrics.md to the log lines of the function. */
class MetricsPageTest {
  private final FilesFixture fixture = FilesFixture.create();
  private final LoggedMetrics metrics = new LoggedMetrics();

  @Test
  void namesAllMetrics() throws IOException {
    FilesSettings settings =
        fixture.ownSettings(
            "METRICS", "emf",
            "S3_PATH_STYLE", "true",
            "REVERSE_DNS", "true",
            "REFERENCE_TABLE", "users",
            "REFERENCE_KEY", "name",
            "REFERENCE_FIELD", "user",
            "REFERENCE_ATTRIBUTES", "tier");
    String event = fixture.put("a.log", "broken\n\n\n");
    Consumer<String> lines = fixture.log::add;
    try (SdkProperties properties = fixture.sdkProperties()) {
      assertThat(properties).isNotNull();
      var function = FileFunction.open(settings, lines.andThen(metrics), Clock.systemUTC());
      assertThat(fixture.invoke(new FilesHandler(function, "files"), event)).isEqualTo("{}");
    }
    MetricTable table = MetricsPage.ofThisCheckout().table("files");
    assertThat(table.differences(metrics.names(table.namespace(), "function"))).isEmpty();
    JsonNode line = FilesFixture.JSON.readTree(fixture.log.remove());
    assertThat(line.get("lines_rejected").asInt()).isEqualTo(3);
    assertThat(line.at("/rejected_by_reason/truncated").asInt()).isEqualTo(1);
    assertThat(line.at("/rejected_by_reason/empty_line").asInt()).isEqualTo(2);
    assertThat(line.get("cold_start").asBoolean()).isTrue();
  }
}
