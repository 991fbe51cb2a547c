package dev.sluice.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The template as it lies in the repository, and values for its parameters. */
public final class CommittedTemplate {
  public static final Path PATH = Path.of("templates", "sluice-monitoring.json");

  private static final ObjectMapper JSON = new ObjectMapper();

  private CommittedTemplate() {}

  /** A copy that may be changed. */
  public static ObjectNode read() {
    try {
      return (ObjectNode) JSON.readTree(text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text() throws IOException {
    return Files.readString(PATH);
  }

  /**
   * Values with which everything is there: each name is that of its parameter, in small letters.
   */
  public static Map<String, String> everything() {
    var values = new LinkedHashMap<>(nothing());
    for (Map.Entry<String, JsonNode> parameter : read().path("Parameters").properties()) {
      if (parameter.getValue().path("Default").asText("-").isEmpty()) {
        values.put(parameter.getKey(), parameter.getKey().toLowerCase(java.util.Locale.ROOT));
      }
    }
    values.put("TopicKeyArn", "arn:aws:kms:eu-central-1:123456789012:key/1b2c-3d");
    values.put("WebLoadBalancer", "app/web/0123456789abcdef");
    values.put("WebTargetGroup", "targetgroup/web/0123456789abcdef");
    values.put("KclMetrics", "true");
    return values;
  }

  /** What has to be given. */
  public static Map<String, String> nothing() {
    return Map.of("NotificationEmail", "ops@example.com");
  }
}
