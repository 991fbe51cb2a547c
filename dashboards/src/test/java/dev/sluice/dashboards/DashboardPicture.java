package dev.sluice.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.dashboards.simulation.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the widgets of a deployment where CloudWatch puts them: titles, and what each line is. */
final class DashboardPicture {
  private static final int COLUMN = 40;
  private static final int UNIT = 17;
  private static final int COLUMNS = 24;
  private static final int GAP = 3;
  private static final int PADDING = 8;
  private static final int LINE = 14;
  private static final List<String> COLORS =
      List.of(
          "#1f77b4", "#ff7f0e", "#2ca02c", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22");
  private static final String STYLE =
      """
      <style>
        text { font-family: sans-serif; font-size: 11px; fill: #24292f; }
        .title { font-size: 12px; font-weight: bold; }
        .heading { font-size: 15px; font-weight: bold; }
        .box { fill: #ffffff; stroke: #d0d7de; }
        .page { fill: #f6f8fa; }
        .bound { stroke: #d62728; stroke-dasharray: 4 3; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .box { fill: #161b22; stroke: #30363d; }
          .page { fill: #0d1117; }
        }
      </style>
      """;

  private final StringBuilder out = new StringBuilder();

  private DashboardPicture() {}

  static String of(Deployment deployment) {
    var picture = new DashboardPicture();
    int x = 0;
    int y = 0;
    for (JsonNode widget : MetricUse.widgets(deployment)) {
      int width = widget.path("width").asInt();
      int height = widget.path("height").asInt();
      picture.widget(widget, x * COLUMN, y * UNIT, width * COLUMN, height * UNIT);
      x += width;
      if (x == COLUMNS) {
        x = 0;
        y += height;
      }
    }
    return ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %2$d\" role=\"img\""
            + " aria-label=\"Widgets of the dashboard\">\n%3$s"
            + "<rect class=\"page\" width=\"%1$d\" height=\"%2$d\"/>\n%4$s</svg>\n")
        .formatted(COLUMNS * COLUMN, y * UNIT, STYLE, picture.out);
  }

  private void widget(JsonNode widget, int x, int y, int width, int height) {
    JsonNode properties = widget.path("properties");
    if (widget.path("type").asText().equals("text")) {
      String[] lines = properties.path("markdown").asText().split("\n");
      text("heading", x + PADDING, y + LINE, lines[0].replaceAll("^#+ ", ""));
      return;
    }
    out.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>%n",
            x + GAP,
            y + GAP,
            width - 2 * GAP,
            height - 2 * GAP));
    text("title", x + PADDING, y + PADDING + LINE, properties.path("title").asText());
    List<String> labels = labels(widget.path("type").asText(), properties);
    int room = (height - 2 * PADDING) / LINE - 1;
    int columns = labels.size() > room ? 2 : 1;
    int shown = Math.min(labels.size(), room * columns);
    for (int i = 0; i < shown; i++) {
      int left = x + PADDING + i / room * (width / 2);
      int base = y + PADDING + LINE * (i % room + 2);
      boolean more = i == shown - 1 && shown < labels.size();
      String label = more ? (labels.size() - shown + 1) + " more" : labels.get(i);
      boolean bound = label.startsWith("| ");
      out.append(
          bound
              ? "<line class=\"bound\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n"
                  .formatted(left, base - 4, left + 14, base - 4)
              : "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>%n"
                  .formatted(left, base - 6, COLORS.get(i % COLORS.size())));
      text("", left + 20, base, bound ? label.substring(2) : label);
    }
  }

  private static List<String> labels(String type, JsonNode properties) {
    var labels = new ArrayList<String>();
    for (JsonNode alarm : properties.path("alarms")) {
      labels.add(alarm.asText().replaceAll(".*:alarm:watch-", ""));
    }
    for (JsonNode bound : properties.at("/annotations/horizontal")) {
      labels.add("| " + bound.path("label").asText());
    }
    for (JsonNode line : properties.path("metrics")) {
      JsonNode options = line.get(line.size() - 1);
      String expression = options.path("expression").asText();
      boolean hidden = options.has("visible") && !options.path("visible").asBoolean();
      if (!hidden) {
        String each =
            expression.startsWith("SEARCH")
                ? " by "
                    + expression
                        .replaceAll("^[^,]*,([^}]*)}.*", "$1")
                        .replace("Stream,", "")
                        .replace("Operation,", "")
                        .replace(",", ", ")
                : "";
        labels.add((options.path("label").asText() + each).strip());
      }
    }
    if (type.equals("log")) {
      labels.add("a table of Logs Insights");
    }
    return labels;
  }

  private void text(String kind, int x, int y, String words) {
    String escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    String style = kind.isEmpty() ? "" : " class=\"" + kind + "\"";
    out.append("<text%s x=\"%d\" y=\"%d\">%s</text>%n".formatted(style, x, y, escaped));
  }
}
