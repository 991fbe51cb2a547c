package dev.sluice.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Iterator;
import java.util.Map;

/**
 * A template as text that a person reads: what fits stands on one line. It is also short enough to
 * be handed to CloudFormation without a bucket (51,200 bytes), which one member a line is not.
 */
final class TemplateText {
  /** CloudFormation, "Understand CloudFormation quotas": size of a template in a call. */
  static final int MAX_BYTES = 51_200;

  private static final int WIDTH = 120;
  private static final JsonMapper MAPPER = new JsonMapper();

  private TemplateText() {}

  /** The same JSON, laid out anew. */
  static String layOut(String json) {
    try {
      var text = new StringBuilder();
      append(text, MAPPER.readTree(json), 0, 0);
      return text.append('\n').toString();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * @param used columns that stand before the value on its line
   */
  private static void append(StringBuilder text, JsonNode value, int indent, int used)
      throws JsonProcessingException {
    String line = MAPPER.writeValueAsString(value);
    boolean top = indent == 0;
    if (!value.isContainerNode() || value.isEmpty() || !top && used + line.length() <= WIDTH) {
      text.append(line);
    } else if (value.isObject()) {
      text.append("{\n");
      Iterator<Map.Entry<String, JsonNode>> members = value.properties().iterator();
      while (members.hasNext()) {
        Map.Entry<String, JsonNode> member = members.next();
        String name = MAPPER.writeValueAsString(member.getKey()) + ": ";
        text.append(" ".repeat(indent + 1)).append(name);
        append(text, member.getValue(), indent + 1, indent + 1 + name.length());
        text.append(members.hasNext() ? ",\n" : "\n");
      }
      text.append(" ".repeat(indent)).append('}');
    } else {
      text.append("[\n");
      Iterator<JsonNode> elements = value.elements();
      while (elements.hasNext()) {
        text.append(" ".repeat(indent + 1));
        append(text, elements.next(), indent + 1, indent + 1);
        text.append(elements.hasNext() ? ",\n" : "\n");
      }
      text.append(" ".repeat(indent)).append(']');
    }
  }
}
