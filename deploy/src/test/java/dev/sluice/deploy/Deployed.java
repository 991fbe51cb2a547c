package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What CloudFormation would make of a template with given parameters: resources whose condition
 * holds, their functions resolved. What only AWS knows stands there as {@code
 * <Resource.Attribute>}.
 */
final class Deployed {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");
  private static final String NO_VALUE = "AWS::NoValue";
  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::AccountId", "123456789012",
          "AWS::Partition", "aws",
          "AWS::Region", "eu-west-1",
          "AWS::StackName", "sluice-test");

  private final JsonNode template;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Conditions conditions;
  private final Map<String, JsonNode> resources = new LinkedHashMap<>();

  /**
   * @param given parameters; all others have their defaults
   */
  Deployed(JsonNode template, Map<String, String> given) {
    this.template = template;
    template
        .path("Parameters")
        .properties()
        .forEach(
            parameter ->
                parameters.put(
                    parameter.getKey(),
                    given.getOrDefault(
                        parameter.getKey(), parameter.getValue().path("Default").asText())));
    conditions = new Conditions(template, parameters);
    template
        .path("Resources")
        .properties()
        .forEach(
            resource -> {
              JsonNode condition = resource.getValue().path("Condition");
              // Also of what is not made: AWS::LanguageExtensions looks at functions first.
              JsonNode resolved = resolve(resource.getValue()).orElseThrow();
              if (condition.isMissingNode() || conditions.holds(condition.asText())) {
                resources.put(resource.getKey(), resolved);
              }
            });
  }

  String parameter(String name) {
    return parameters.get(name);
  }

  Map<String, JsonNode> resources() {
    return resources;
  }

  Map<String, JsonNode> ofType(String type) {
    var found = new LinkedHashMap<String, JsonNode>();
    resources.forEach(
        (id, resource) -> {
          if (resource.path("Type").asText().equals(type)) {
            found.put(id, resource.path("Properties"));
          }
        });
    return found;
  }

  JsonNode properties(String id) {
    JsonNode resource = resources.get(id);
    if (resource == null) {
      throw new AssertionError("there is no " + id + " with these parameters");
    }
    return resource.path("Properties");
  }

  private Optional<JsonNode> resolve(JsonNode value) {
    if (value.isArray()) {
      ArrayNode array = NODES.arrayNode();
      value.forEach(each -> resolve(each).ifPresent(array::add));
      return Optional.of(array);
    }
    if (!value.isObject()) {
      return Optional.of(value);
    }
    if (value.size() == 1) {
      Map.Entry<String, JsonNode> only = Conditions.only(value);
      if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
        return function(only.getKey(), only.getValue());
      }
    }
    ObjectNode object = NODES.objectNode();
    value
        .properties()
        .forEach(
            member -> resolve(member.getValue()).ifPresent(v -> object.set(member.getKey(), v)));
    return Optional.of(object);
  }

  private Optional<JsonNode> function(String name, JsonNode arguments) {
    return switch (name) {
      case "Ref" -> reference(arguments.asText());
      case "Fn::GetAtt" ->
          text('<' + arguments.get(0).asText() + '.' + arguments.get(1).asText() + '>');
      case "Fn::If" -> resolve(arguments.get(conditions.holds(arguments.get(0).asText()) ? 1 : 2));
      case "Fn::Join" -> text(String.join(arguments.get(0).asText(), texts(arguments.get(1))));
      case "Fn::Sub" -> text(substitute(arguments.asText()));
      case "Fn::Split" -> split(arguments);
      case "Fn::Select" -> {
        JsonNode list = resolve(arguments.get(1)).orElseThrow();
        JsonNode chosen = list.path(arguments.get(0).asInt());
        if (chosen.isMissingNode()) {
          throw new AssertionError("nothing to select: " + arguments);
        }
        yield Optional.of(chosen);
      }
      case "Fn::FindInMap" -> {
        List<String> keys = texts(arguments);
        JsonNode found =
            template.path("Mappings").path(keys.get(0)).path(keys.get(1)).path(keys.get(2));
        if (found.isMissingNode()) {
          throw new AssertionError("nothing to find: " + keys);
        }
        yield Optional.of(found);
      }
      case "Fn::GetAZs", "Fn::Cidr" -> Optional.of(NODES.arrayNode().add("<a>").add("<b>"));
      default -> throw new AssertionError("unknown function " + name);
    };
  }

  private Optional<JsonNode> reference(String name) {
    if (name.equals(NO_VALUE)) {
      return Optional.empty();
    }
    return text(
        parameters.containsKey(name)
            ? parameters.get(name)
            : PSEUDO.getOrDefault(name, '<' + name + '>'));
  }

  private String substitute(String pattern) {
    Matcher variables = VARIABLE.matcher(pattern);
    return variables.replaceAll(
        match -> Matcher.quoteReplacement(reference(match.group(1)).orElseThrow().asText()));
  }

  private Optional<JsonNode> split(JsonNode arguments) {
    ArrayNode parts = NODES.arrayNode();
    String whole = resolve(arguments.get(1)).orElseThrow().asText();
    for (String part : whole.split(Pattern.quote(arguments.get(0).asText()), -1)) {
      parts.add(part);
    }
    return Optional.of(parts);
  }

  private List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(each -> resolve(each).ifPresent(value -> texts.add(value.asText())));
    return texts;
  }

  private static Optional<JsonNode> text(String text) {
    return Optional.of(NODES.textNode(text));
  }
}
