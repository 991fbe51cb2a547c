package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What a template's conditions and rules say of given parameters, as CloudFormation evaluates them.
 * Known are the functions that our templates use; another one is an error, never a guess.
 */
final class Conditions {
  private final JsonNode named;
  private final Map<String, String> parameters;

  /**
   * @param template whose section Conditions is referred to
   * @param parameters each with its value
   */
  Conditions(JsonNode template, Map<String, String> parameters) {
    named = template.path("Conditions");
    this.parameters = parameters;
  }

  /** Whether a condition of the template holds. */
  boolean holds(String name) {
    JsonNode condition = named.path(name);
    if (condition.isMissingNode()) {
      throw new IllegalArgumentException("there is no condition " + name);
    }
    return holds(condition);
  }

  boolean holds(JsonNode expression) {
    Map.Entry<String, JsonNode> only = only(expression);
    JsonNode arguments = only.getValue();
    return switch (only.getKey()) {
      case "Condition" -> holds(arguments.asText());
      case "Fn::Not" -> !holds(arguments.get(0));
      case "Fn::And" -> {
        boolean all = true;
        for (JsonNode each : arguments) {
          all &= holds(each);
        }
        yield all;
      }
      case "Fn::Or" -> {
        boolean any = false;
        for (JsonNode each : arguments) {
          any |= holds(each);
        }
        yield any;
      }
      case "Fn::Equals" -> text(arguments.get(0)).equals(text(arguments.get(1)));
      default -> throw new IllegalArgumentException("unknown function " + only.getKey());
    };
  }

  private String text(JsonNode value) {
    if (value.isValueNode()) {
      return value.asText();
    }
    Map.Entry<String, JsonNode> only = only(value);
    String parameter = only.getValue().asText();
    if (!only.getKey().equals("Ref") || !parameters.containsKey(parameter)) {
      throw new IllegalArgumentException("no parameter: " + value);
    }
    return parameters.get(parameter);
  }

  static Map.Entry<String, JsonNode> only(JsonNode object) {
    if (!object.isObject() || object.size() != 1) {
      throw new IllegalArgumentException("no function: " + object);
    }
    return object.properties().iterator().next();
  }
}
