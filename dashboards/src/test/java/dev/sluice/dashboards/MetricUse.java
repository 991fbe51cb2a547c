package dev.sluice.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.dashboards.simulation.Deployment;
import dev.sluice.dashboards.simulation.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric that an alarm or a widget reads.
 *
 * @param place of it in the template
 * @param key namespace, name and dimensions, as {@link #key} writes them
 */
record MetricUse(String place, String key) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SEARCH =
      Pattern.compile(
          "SEARCH\\('\\{\"([^\"]+)\",([^}]+)} MetricName=\"([^\"]+)\"', '\\w+', \\d+\\)");
  private static final Map<String, String> EVERYTHING = CommittedTemplate.everything();

  static String key(String namespace, String name, TreeSet<String> dimensions) {
    return namespace
        + " "
        + name
        + (dimensions.isEmpty() ? "" : " " + String.join(" ", dimensions));
  }

  /** All of a template in which everything is deployed. */
  static List<MetricUse> of(Deployment everything) {
    var uses = new ArrayList<MetricUse>();
    everything
        .resources("AWS::CloudWatch::Alarm")
        .forEach((id, alarm) -> ofAlarm("Resources." + id, alarm, uses));
    for (JsonNode widget : widgets(everything)) {
      ofWidget(widget, uses);
    }
    return uses;
  }

  static JsonNode widgets(Deployment deployment) {
    String body =
        deployment
            .resources("AWS::CloudWatch::Dashboard")
            .get("Dashboard")
            .path("DashboardBody")
            .asText();
    try {
      return JSON.readTree(body).path("widgets");
    } catch (JsonProcessingException e) {
      throw new RefusedException("Resources.Dashboard: " + e.getOriginalMessage());
    }
  }

  private static void ofAlarm(String place, JsonNode alarm, List<MetricUse> uses) {
    if (alarm.has("MetricName")) {
      uses.add(ofMetric(place, alarm));
    }
    for (JsonNode query : alarm.path("Metrics")) {
      if (query.has("MetricStat")) {
        uses.add(
            ofMetric(
                place + ".Metrics[" + query.path("Id").asText() + "]",
                query.path("MetricStat").path("Metric")));
      }
    }
  }

  private static MetricUse ofMetric(String place, JsonNode metric) {
    var dimensions = new TreeSet<String>();
    for (JsonNode each : metric.path("Dimensions")) {
      dimensions.add(dimension(each.path("Name").asText(), each.path("Value").asText()));
    }
    return new MetricUse(
        place,
        key(metric.path("Namespace").asText(), metric.path("MetricName").asText(), dimensions));
  }

  private static void ofWidget(JsonNode widget, List<MetricUse> uses) {
    String place =
        "Resources.Dashboard, widget \"" + widget.path("properties").path("title").asText() + "\"";
    for (JsonNode line : widget.path("properties").path("metrics")) {
      if (line.get(0).isTextual()) {
        var dimensions = new TreeSet<String>();
        for (int i = 2; i + 1 < line.size(); i += 2) {
          dimensions.add(dimension(line.get(i).asText(), line.get(i + 1).asText()));
        }
        uses.add(new MetricUse(place, key(line.get(0).asText(), line.get(1).asText(), dimensions)));
      } else if (line.get(0).path("expression").asText().startsWith("SEARCH")) {
        uses.add(search(place, line.get(0).path("expression").asText()));
      }
    }
  }

  private static MetricUse search(String place, String expression) {
    Matcher matcher = SEARCH.matcher(expression);
    if (!matcher.matches()) {
      throw new RefusedException(place + ": not understood: " + expression);
    }
    String namespace =
        matcher.group(1).equals(EVERYTHING.get("ConsumerApplication"))
            ? EmittedMetrics.KCL
            : matcher.group(1);
    return new MetricUse(
        place,
        key(
            namespace,
            matcher.group(3),
            new TreeSet<>(Arrays.asList(matcher.group(2).split(",")))));
  }

  /** The value matters of a function alone, which tells the emitter. */
  private static String dimension(String name, String value) {
    if (!name.equals("function")) {
      return name;
    }
    return EVERYTHING.keySet().stream()
        .filter(parameter -> parameter.toLowerCase(Locale.ROOT).equals(value))
        .map(parameter -> name + "=" + parameter)
        .findFirst()
        .orElse(name + "=" + value);
  }
}
