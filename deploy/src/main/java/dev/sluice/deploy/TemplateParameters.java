package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds values to what a template says of its parameters, before anything is sent or created:
 * names, values, and the rules between them. CloudFormation says the same, but only once the
 * packages are there.
 */
final class TemplateParameters {
  private final JsonNode template;

  TemplateParameters(JsonNode template) {
    this.template = template;
  }

  /** Names of all parameters. */
  List<String> names() {
    var names = new ArrayList<String>();
    declared().fieldNames().forEachRemaining(names::add);
    return names;
  }

  /**
   * Everything that is wrong, each with the parameter's name.
   *
   * @param given by whoever deploys
   * @param before values that the stack has already; those that the template does not know any more
   *     do not matter
   */
  List<String> problems(Map<String, String> given, Map<String, String> before) {
    var problems = new ArrayList<String>();
    given.keySet().stream()
        .filter(name -> !declared().has(name))
        .forEach(name -> problems.add(name + ": no parameter of this template"));
    var values = new LinkedHashMap<String, String>();
    declared()
        .properties()
        .forEach(
            parameter -> {
              String name = parameter.getKey();
              Optional<String> value = value(name, parameter.getValue(), given, before);
              if (value.isEmpty()) {
                problems.add(name + ": is missing. " + text(parameter.getValue(), "Description"));
              } else {
                values.put(name, value.get());
                if (isWrong(parameter.getValue(), value.get())) {
                  problems.add(
                      text(parameter.getValue(), "ConstraintDescription")
                          + ", is \""
                          + value.get()
                          + '"');
                }
              }
            });
    if (values.size() == declared().size()) {
      problems.addAll(brokenRules(values));
    }
    return problems;
  }

  private JsonNode declared() {
    return template.path("Parameters");
  }

  private static Optional<String> value(
      String name, JsonNode declared, Map<String, String> given, Map<String, String> before) {
    if (given.containsKey(name)) {
      return Optional.of(given.get(name));
    }
    if (before.containsKey(name)) {
      return Optional.of(before.get(name));
    }
    return declared.has("Default") ? Optional.of(text(declared, "Default")) : Optional.empty();
  }

  private static boolean isWrong(JsonNode declared, String value) {
    return isNoNumber(declared, value)
        || isNoChoice(declared, value)
        || declared.has("AllowedPattern") && !value.matches(text(declared, "AllowedPattern"))
        || value.length() > declared.path("MaxLength").asInt(Integer.MAX_VALUE);
  }

  private static boolean isNoChoice(JsonNode declared, String value) {
    boolean found = !declared.has("AllowedValues");
    for (JsonNode allowed : declared.path("AllowedValues")) {
      found |= allowed.asText().equals(value);
    }
    return !found;
  }

  private static boolean isNoNumber(JsonNode declared, String value) {
    if (!text(declared, "Type").equals("Number")) {
      return false;
    }
    BigDecimal number;
    try {
      number = new BigDecimal(value);
    } catch (NumberFormatException e) {
      return true;
    }
    return declared.has("MinValue") && number.compareTo(declared.get("MinValue").decimalValue()) < 0
        || declared.has("MaxValue")
            && number.compareTo(declared.get("MaxValue").decimalValue()) > 0;
  }

  private List<String> brokenRules(Map<String, String> values) {
    var conditions = new Conditions(template, values);
    var broken = new ArrayList<String>();
    for (JsonNode rule : template.path("Rules")) {
      if (!rule.has("RuleCondition") || conditions.holds(rule.get("RuleCondition"))) {
        for (JsonNode assertion : rule.path("Assertions")) {
          if (!conditions.holds(assertion.get("Assert"))) {
            broken.add(text(assertion, "AssertDescription"));
          }
        }
      }
    }
    return broken;
  }

  private static String text(JsonNode object, String member) {
    return object.path(member).asText();
  }
}
