package dev.sluice.dashboards.widgets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One widget. It has no place of its own: CloudWatch puts it into the next one that is free, so
 * that rows that are left out leave no hole.
 *
 * @param width columns of the 24
 * @param height units of the grid
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html">
 *     Dashboard body structure: x and y, "the default is the next available position"</a>
 */
public record Widget(int width, int height, List<Piece> pieces) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REGION = "${AWS::Region}";

  /** Stands for a list that pieces fill. */
  private static final String HOLE = "\"@hole@\"";

  /** Holds numbers that parameters give. */
  private static final String NUMBER = "@number@";

  static Widget text(int width, int height, String markdown) {
    return of("text", width, height, Map.of("markdown", markdown));
  }

  /**
   * A graph.
   *
   * @param bounds horizontal lines, value by label
   */
  static Widget graph(
      int width, int height, String title, Map<String, Object> bounds, List<Line> lines) {
    return graph(
        width,
        height,
        title,
        bounds,
        lines.stream().map(line -> Piece.always(line.json())).toList(),
        60);
  }

  static Widget graph(int width, int height, String title, Line... lines) {
    return graph(width, height, title, Map.of(), List.of(lines));
  }

  /** A graph whose lines, the first one excepted, may be left out. */
  static Widget graph(
      int width,
      int height,
      String title,
      Map<String, Object> bounds,
      List<Piece> lines,
      int period) {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("title", title);
    properties.put("region", REGION);
    properties.put("view", "timeSeries");
    properties.put("period", period);
    properties.put("metrics", "@hole@");
    properties.put("yAxis", Map.of("left", Map.of("min", 0)));
    if (!bounds.isEmpty()) {
      var horizontal = new ArrayList<Map<String, Object>>();
      bounds.forEach(
          (label, value) -> {
            var bound = new LinkedHashMap<String, Object>();
            bound.put("label", label);
            bound.put("value", value);
            bound.put("color", "#d62728");
            horizontal.add(bound);
          });
      properties.put("annotations", Map.of("horizontal", horizontal));
    }
    return filled("metric", width, height, properties, list(lines));
  }

  /** States of alarms; the first is always there. */
  static Widget alarms(int width, int height, String title, List<Piece> arns) {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("title", title);
    properties.put("alarms", "@hole@");
    return filled("alarm", width, height, properties, list(arns));
  }

  /**
   * A query of Logs Insights.
   *
   * @param sources log groups, each with {@code SOURCE '...' | } around it
   */
  static Widget logs(int width, int height, String title, List<Piece> sources, String query) {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("title", title);
    properties.put("region", REGION);
    properties.put("view", "table");
    properties.put("query", "@hole@");
    var pieces = new ArrayList<Piece>();
    pieces.add(Piece.always("\""));
    pieces.addAll(sources);
    String quoted = write(JSON, query);
    pieces.add(Piece.always(quoted.substring(1)));
    return filled("log", width, height, properties, pieces);
  }

  /** A number that a text of {@code Fn::Sub} gives. */
  static String number(String text) {
    return NUMBER + text + NUMBER;
  }

  private static List<Piece> list(List<Piece> elements) {
    var pieces = new ArrayList<Piece>();
    pieces.add(Piece.always("["));
    for (Piece element : elements) {
      String comma = pieces.size() == 1 ? "" : ",";
      pieces.add(new Piece(element.condition(), comma + element.text()));
    }
    pieces.add(Piece.always("]"));
    return pieces;
  }

  private static Widget of(String type, int width, int height, Map<String, ?> properties) {
    return new Widget(width, height, List.of(Piece.always(json(type, width, height, properties))));
  }

  private static Widget filled(
      String type, int width, int height, Map<String, ?> properties, List<Piece> filling) {
    String[] around = json(type, width, height, properties).split(HOLE, 2);
    var pieces = new ArrayList<Piece>();
    pieces.add(Piece.always(around[0]));
    pieces.addAll(filling);
    pieces.add(Piece.always(around[1]));
    return new Widget(width, height, pieces);
  }

  private static String json(String type, int width, int height, Map<String, ?> properties) {
    var widget = new LinkedHashMap<String, Object>();
    widget.put("type", type);
    widget.put("width", width);
    widget.put("height", height);
    widget.put("properties", properties);
    return write(JSON, widget).replace("\"" + NUMBER, "").replace(NUMBER + "\"", "");
  }

  static String write(ObjectMapper json, Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e); // maps and texts only: it cannot happen
    }
  }
}
