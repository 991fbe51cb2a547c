package dev.sluice.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthProbeTest {
  private boolean good = true;

  private int probe(HttpEndpoints http, String path) {
    String port = Integer.toString(http.address().getPort());
    return HealthProbe.run(Map.of("HTTP_PORT", port)::get, path);
  }

  @Test
  void exitsAsTheConsumerIs() {
    HttpEndpoints http =
        HttpEndpoints.open(
            "127.0.0.1",
            0,
            () -> "",
            () -> new ConsumerHealth.Report(good, "{}"),
            () -> new ConsumerHealth.Report(!good, "{}"));
    try (http) {
      assertThat(probe(http, "/health")).isZero();
      assertThat(probe(http, "/ready")).isEqualTo(1);
      good = false;
      assertThat(probe(http, "/health")).isEqualTo(1);
    }
    assertThat(probe(http, "/health")).isEqualTo(1);
  }

  @Test
  void failsWithoutAPort() {
    assertThat(HealthProbe.run(key -> null, "/health")).isEqualTo(1);
    assertThat(HealthProbe.run(key -> "no port", "/health")).isEqualTo(1);
  }
}
