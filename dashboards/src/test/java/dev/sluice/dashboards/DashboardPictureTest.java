package dev.sluice.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dashboards.simulation.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

/**
 * Holds the picture of the dashboard to the committed template. {@code -Ddocs.rewrite=true} draws
 * it anew.
 */
class DashboardPictureTest {
  private static final Path PICTURE = Path.of("..", "docs", "images", "dashboard.svg");

  @Test
  void showsTheWidgetsOfTheTemplate() throws IOException {
    var values = new HashMap<>(CommittedTemplate.nothing());
    values.put("StreamName", "logs");
    values.put("ConsumerApplication", "enrich");
    values.put("KclMetrics", "true");
    values.put("DeliveryStream", "logs-to-s3");
    values.put("FirehoseFunction", "firehose-transform");
    values.put("FanOutMetricsFunction", "count");
    values.put("FirehoseDeadLetterQueue", "rejected-lines");
    String picture = DashboardPicture.of(Deployment.of(CommittedTemplate.read(), values));
    if (Boolean.getBoolean("docs.rewrite")) {
      Files.writeString(PICTURE, picture);
    }

    assertThat(Files.readString(PICTURE)).isEqualTo(picture);
  }
}
