package dev.sluice.windows;

import static dev.sluice.windows.WindowsHandlerTest.event;
import static dev.sluice.windows.WindowsHandlerTest.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.Settings;
import dev.sluice.local.lambda.DirectContext;
import dev.sluice.local.metrics.LoggedMetrics;
import dev.sluice.local.metrics.MetricTable;
import dev.sluice.local.metrics.MetricsPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds docs/metrics.md to the log lines of the function. */
class MetricsPageTest {

  @Test
  void namesAllMetrics() throws IOException {
    var metrics = new LoggedMetrics();
    var handler =
        new WindowsHandler(
            WindowSettings.from(new Settings(Map.of("RESULT_TABLE", "results")::get)),
            new MemoryResults(),
            "windows",
            metrics,
            Clock.systemUTC());
    String changes =
        record("INSERT", "1", "a")
            + ","
            + record("MODIFY", "2", "a")
            + ","
            + record("REMOVE", "3", "a")
            + ","
            + record("TRUNCATE", "4", "a");
    for (String event :
        new String[] {event(changes, "{}", false, false), event("", "{\"a\":4}", true, false)}) {
      handler.handleRequest(
          new ByteArrayInputStream(event.getBytes(UTF_8)),
          OutputStream.nullOutputStream(),
          new DirectContext("r-1", () -> 300_000));
    }
    MetricTable table = MetricsPage.ofThisCheckout().table("windows");
    assertThat(table.differences(metrics.names(table.namespace(), "function"))).isEmpty();
  }
}
