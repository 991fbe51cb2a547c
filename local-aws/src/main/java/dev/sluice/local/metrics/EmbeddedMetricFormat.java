package dev.sluice.local.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.local.recording.MetricValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metrics of a line of a function's log, by the rules that CloudWatch Logs goes by. What CloudWatch
 * would leave out without a word is refused here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
public final class EmbeddedMetricFormat {
  private static final int METRICS_MAX = 100;
  private static final int DIMENSIONS_MAX = 30;
  private static final int VALUE_CHARS_MAX = 1_024;
  private static final int LINE_CHARS_MAX = 1 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private EmbeddedMetricFormat() {}

  /**
   * Reads a line; one that is no JSON, or has no directive, has no metrics.
   *
   * @throws IllegalArgumentException if CloudWatch would not take a metric as it stands
   */
  public static List<MetricValue> metrics(String line) {
    var values = new ArrayList<MetricValue>();
    JsonNode document;
    try {
      document = JSON.readTree(line);
    } catch (JsonProcessingException plainText) {
      return values;
    }
    JsonNode aws = document.path("_aws");
    if (aws.isMissingNode()) {
      return values;
    }
    require(line.length() <= LINE_CHARS_MAX, "more than 1 MB");
    require(aws.path("Timestamp").isIntegralNumber(), "no Timestamp");
    Instant timestamp = Instant.ofEpochMilli(aws.get("Timestamp").longValue());
    for (JsonNode directive : aws.path("CloudWatchMetrics")) {
      read(directive, document, timestamp, values);
    }
    return values;
  }

  private static void read(
      JsonNode directive, JsonNode document, Instant timestamp, List<MetricValue> values) {
    String namespace = directive.path("Namespace").asText();
    require(!namespace.isEmpty(), "no Namespace");
    require(directive.path("Metrics").size() <= METRICS_MAX, "more than 100 metrics");
    require(directive.path("Dimensions").size() > 0, "no Dimensions");
    for (JsonNode names : directive.get("Dimensions")) {
      Map<String, String> dimensions = dimensions(names, document);
      var seen = new HashSet<String>();
      for (JsonNode metric : directive.path("Metrics")) {
        String name = metric.path("Name").asText();
        require(seen.add(name), name + " twice");
        JsonNode value = document.path(name);
        require(value.isNumber(), name + " is no number");
        double number = value.doubleValue();
        values.add(
            new MetricValue(
                namespace,
                name,
                dimensions,
                1,
                number,
                number,
                number,
                metric.path("Unit").asText("None"),
                timestamp));
      }
    }
  }

  private static Map<String, String> dimensions(JsonNode names, JsonNode document) {
    require(names.size() <= DIMENSIONS_MAX, "more than 30 dimensions");
    var dimensions = new TreeMap<String, String>();
    for (JsonNode name : names) {
      String value = document.path(name.asText()).asText();
      require(
          !value.isBlank() && value.length() <= VALUE_CHARS_MAX,
          "dimension " + name.asText() + " has no value of 1 to 1,024 characters");
      dimensions.put(name.asText(), value);
    }
    return dimensions;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("not a metric of a log line: " + otherwise);
    }
  }
}
