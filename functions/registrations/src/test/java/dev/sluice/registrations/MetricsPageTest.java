package dev.sluice.registrations;

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
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds docs/metrics.md to the log lines of the function. */
class MetricsPageTest {
  private static final String EVENT =
      """
      {"Records":[{"messageId":"1","eventSource":"aws:sqs","body":"no registration"},
       {"messageId":"2","eventSource":"aws:sqs","body":"{\\"CustID\\":1,\\"Name\\":\\"A\\"}"}]}""";

  @Test
  void namesAllMetrics() throws IOException {
    var metrics = new LoggedMetrics();
    var settings =
        new Settings(
            Map.of(
                    "DATABASE_HOST", "127.0.0.1",
                    "DATABASE_NAME", "test",
                    "DATABASE_USER", "root",
                    "DATABASE_LOGIN", "password",
                    "DATABASE_PASSWORD", "none")
                ::get);
    var stores =
        new BothStores(
            customers -> {
              throw new SQLException("away", "08S01");
            },
            customers -> Set.of());
    new RegistrationsHandler(
            RegistrationSettings.from(settings),
            stores,
            "registrations",
            metrics,
            Clock.systemUTC())
        .handleRequest(
            new ByteArrayInputStream(EVENT.getBytes(UTF_8)),
            OutputStream.nullOutputStream(),
            new DirectContext("r-1", () -> 60_000));
    MetricTable table = MetricsPage.ofThisCheckout().table("registrations");
    assertThat(table.differences(metrics.names(table.namespace(), "function"))).isEmpty();
  }
}
