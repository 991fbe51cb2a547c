package dev.sluice.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.dashboards.simulation.MetricMath;
import java.util.HashMap;

/** The widgets fill their rows, keep CloudWatch's bounds, and their expressions are sound. */
final class WidgetCheck {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
  private static final int MAX_WIDGETS = 500;
  private static final int MAX_METRICS = 500;
  private static final int MAX_METRICS_OF_ALL = 2_500;

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
  private static final int MAX_ALARMS = 100;
  private static final int COLUMNS = 24;

  private final Problems problems;

  WidgetCheck(Problems problems) {
    this.problems = problems;
  }

  /**
   * CloudWatch puts a widget without a place into the next one that is free: when rows are full and
   * of one height, none overlap and none leave a hole.
   */
  void check(JsonNode widgets) {
    problems.bound("Resources.Dashboard", widgets.size(), MAX_WIDGETS, "widgets");
    int column = 0;
    int height = 0;
    int metrics = 0;
    for (JsonNode widget : widgets) {
      JsonNode properties = widget.path("properties");
      String title = properties.path("title").asText(properties.path("markdown").asText());
      String place = "Resources.Dashboard, widget \"" + title + "\"";
      if (widget.has("x") || widget.has("y")) {
        problems.add(place + ": has a place of its own");
      }
      if (column > 0 && widget.path("height").asInt() != height) {
        problems.add(place + ": is not as high as its row");
      }
      height = widget.path("height").asInt();
      column += widget.path("width").asInt();
      if (column > COLUMNS) {
        problems.add(place + ": ends at column " + column + " of " + COLUMNS);
      }
      column = column >= COLUMNS ? 0 : column;
      problems.bound(place, properties.path("alarms").size(), MAX_ALARMS, "alarms");
      problems.bound(place, properties.path("metrics").size(), MAX_METRICS, "metrics");
      metrics += properties.path("metrics").size();
      expressions(place, properties.path("metrics"));
    }
    if (column != 0) {
      problems.add("Resources.Dashboard: the last row ends at column " + column);
    }
    problems.bound("Resources.Dashboard", metrics, MAX_METRICS_OF_ALL, "metrics");
  }

  private void expressions(String place, JsonNode metrics) {
    var ids = new HashMap<String, double[]>();
    for (JsonNode line : metrics) {
      String id = line.get(line.size() - 1).path("id").asText();
      if (!id.isEmpty() && ids.put(id, new double[1]) != null) {
        problems.add(place + ": two lines have the id " + id);
      }
    }
    for (JsonNode line : metrics) {
      String expression = line.get(0).path("expression").asText();
      if (!expression.isEmpty() && !expression.matches("(SEARCH|TIME_SERIES)\\(.*")) {
        try {
          MetricMath.evaluate(expression, ids, 1);
        } catch (RuntimeException e) {
          problems.add(place + ": " + e.getMessage());
        }
      }
    }
  }
}
