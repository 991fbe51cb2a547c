package dev.sluice.dashboards.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What CloudFormation checks of parameters before it creates anything. A text must match
 * AllowedPattern as a whole.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html">
 *     Parameters</a>
 */
final class ParameterCheck {
  private ParameterCheck() {}

  /** All values, with the defaults of those that are not given. */
  static Map<String, String> values(JsonNode template, Map<String, String> given) {
    JsonNode parameters = template.path("Parameters");
    var problems = new ArrayList<String>();
    for (String name : given.keySet()) {
      if (!parameters.has(name)) {
        problems.add("Parameters: [" + name + "] do not exist in the template");
      }
    }
    var values = new LinkedHashMap<String, String>();
    for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
      String name = parameter.getKey();
      JsonNode about = parameter.getValue();
      String value = given.getOrDefault(name, about.path("Default").asText(null));
      if (value == null) {
        problems.add("Parameters: [" + name + "] must have values");
      } else if (!fits(about, value)) {
        problems.add(
            "Parameter '%s' failed to satisfy constraint: %s"
                .formatted(name, about.path("ConstraintDescription").asText()));
      }
      values.put(name, value);
    }
    if (!problems.isEmpty()) {
      throw new RefusedException(problems);
    }
    return values;
  }

  private static boolean fits(JsonNode about, String value) {
    if (about.path("Type").asText().equals("Number")) {
      try {
        var number = new BigDecimal(value);
        boolean above =
            !about.has("MinValue") || number.compareTo(about.path("MinValue").decimalValue()) >= 0;
        boolean below =
            !about.has("MaxValue") || number.compareTo(about.path("MaxValue").decimalValue()) <= 0;
        return above && below;
      } catch (NumberFormatException e) {
        return false;
      }
    }
    List<String> choices = new ArrayList<>();
    about.path("AllowedValues").forEach(choice -> choices.add(choice.asText()));
    return about.has("AllowedPattern") && value.matches(about.path("AllowedPattern").asText())
        || choices.contains(value);
  }
}
