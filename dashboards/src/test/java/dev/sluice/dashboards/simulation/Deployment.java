package dev.sluice.dashboards.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template with values for its parameters: what there is once it is deployed. Refuses what
 * CloudFormation refuses: wrong values, broken rules, references to nothing.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">
 *     Intrinsic functions</a>
 */
public final class Deployment {
  private static final Pattern VARIABLE = Pattern.compile("[$][{]([A-Za-z0-9:.]+)[}]");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::StackName", "watch",
          "AWS::Region", "eu-central-1",
          "AWS::AccountId", "123456789012",
          "AWS::Partition", "aws");
  private static final String NO_VALUE = "AWS::NoValue";

  private final JsonNode template;
  private final Map<String, String> values;
  private final Map<String, JsonNode> resources = new LinkedHashMap<>();

  private Deployment(JsonNode template, Map<String, String> values) {
    this.template = template;
    this.values = values;
  }

  /**
   * @throws RefusedException with all problems of the parameters and rules
   */
  public static Deployment of(JsonNode template, Map<String, String> given) {
    var deployment = new Deployment(template, ParameterCheck.values(template, given));
    deployment.checkRules();
    for (Map.Entry<String, JsonNode> resource : template.path("Resources").properties()) {
      if (deployment.exists(resource.getKey())) {
        deployment.resources.put(
            resource.getKey(),
            deployment.resolve(resource.getValue().path("Properties"), resource.getKey()));
      }
    }
    return deployment;
  }

  /** Properties of each resource that there is, by its id. */
  public Map<String, JsonNode> resources() {
    return resources;
  }

  /** Those of one type. */
  public Map<String, JsonNode> resources(String type) {
    var some = new LinkedHashMap<String, JsonNode>();
    resources.forEach(
        (id, properties) -> {
          if (template.path("Resources").path(id).path("Type").asText().equals(type)) {
            some.put(id, properties);
          }
        });
    return some;
  }

  private boolean exists(String id) {
    JsonNode condition = template.path("Resources").path(id).path("Condition");
    return condition.isMissingNode() || isTrue(condition.asText(), id);
  }

  private void checkRules() {
    var broken = new ArrayList<String>();
    for (JsonNode rule : template.path("Rules")) {
      JsonNode when = rule.path("RuleCondition");
      if (when.isMissingNode() || holds(when, "Rules")) {
        for (JsonNode assertion : rule.path("Assertions")) {
          if (!holds(assertion.path("Assert"), "Rules")) {
            broken.add(assertion.path("AssertDescription").asText());
          }
        }
      }
    }
    if (!broken.isEmpty()) {
      throw new RefusedException(broken);
    }
  }

  private boolean isTrue(String condition, String place) {
    JsonNode expression = template.path("Conditions").path(condition);
    if (expression.isMissingNode()) {
      throw new RefusedException(place + ": there is no condition " + condition);
    }
    return holds(expression, "Conditions." + condition);
  }

  private boolean holds(JsonNode expression, String place) {
    Map.Entry<String, JsonNode> function = function(expression);
    JsonNode operands = function.getValue();
    switch (function.getKey()) {
      case "Fn::Not":
        return !holds(operands.get(0), place);
      case "Fn::And":
        for (JsonNode operand : operands) {
          if (!holds(operand, place)) {
            return false;
          }
        }
        return true;
      case "Fn::Or":
        for (JsonNode operand : operands) {
          if (holds(operand, place)) {
            return true;
          }
        }
        return false;
      case "Fn::Equals":
        return resolve(operands.get(0), place)
            .asText()
            .equals(resolve(operands.get(1), place).asText());
      case "Condition":
        return isTrue(operands.asText(), place);
      default:
        throw new RefusedException(place + ": no condition function " + function.getKey());
    }
  }

  private static Map.Entry<String, JsonNode> function(JsonNode node) {
    return node.properties().iterator().next();
  }

  private JsonNode resolve(JsonNode node, String place) {
    if (node.isArray()) {
      ArrayNode list = NODES.arrayNode();
      for (JsonNode element : node) {
        JsonNode value = resolve(element, place);
        if (!value.isMissingNode()) {
          list.add(value);
        }
      }
      return list;
    }
    if (!node.isObject()) {
      return node;
    }
    if (node.size() == 1) {
      Map.Entry<String, JsonNode> function = function(node);
      if (function.getKey().equals("Ref") || function.getKey().startsWith("Fn::")) {
        return apply(function.getKey(), function.getValue(), place);
      }
    }
    ObjectNode object = NODES.objectNode();
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      JsonNode value = resolve(member.getValue(), place + "." + member.getKey());
      if (!value.isMissingNode()) {
        object.set(member.getKey(), value);
      }
    }
    return object;
  }

  private JsonNode apply(String function, JsonNode operands, String place) {
    switch (function) {
      case "Ref":
        return operands.asText().equals(NO_VALUE)
            ? NODES.missingNode()
            : NODES.textNode(variable(operands.asText(), place));
      case "Fn::Sub":
        return NODES.textNode(substituted(operands.asText(), place));
      case "Fn::Join":
        List<String> parts = new ArrayList<>();
        resolve(operands.get(1), place).forEach(part -> parts.add(part.asText()));
        return NODES.textNode(String.join(operands.get(0).asText(), parts));
      case "Fn::If":
        return resolve(operands.get(isTrue(operands.get(0).asText(), place) ? 1 : 2), place);
      case "Fn::GetAtt":
        return NODES.textNode(
            variable(operands.get(0).asText() + "." + operands.get(1).asText(), place));
      default:
        throw new RefusedException(place + ": no function " + function);
    }
  }

  private String substituted(String text, String place) {
    Matcher matcher = VARIABLE.matcher(text);
    return matcher.replaceAll(found -> Matcher.quoteReplacement(variable(found.group(1), place)));
  }

  /** A parameter's value, a resource's name, or an attribute of it. */
  private String variable(String name, String place) {
    String value = PSEUDO.getOrDefault(name, values.get(name));
    if (value != null) {
      return value;
    }
    int dot = name.indexOf('.');
    String id = dot < 0 ? name : name.substring(0, dot);
    JsonNode resource = template.path("Resources").path(id);
    if (resource.isMissingNode() || !exists(id)) {
      throw new RefusedException(place + ": refers to " + name + ", which is not there");
    }
    return reference(id, resource, dot < 0 ? "" : name.substring(dot + 1), place);
  }

  private String reference(String id, JsonNode resource, String attribute, String place) {
    String type = resource.path("Type").asText();
    String own = PSEUDO.get("AWS::StackName") + "-" + id;
    String prefix = "arn:aws:%s:eu-central-1:123456789012:%s" + own;
    switch (type + " " + attribute) {
      case "AWS::SNS::Topic ":
        return prefix.formatted("sns", "");
      case "AWS::CloudWatch::Alarm ", "AWS::CloudWatch::CompositeAlarm ":
        return own;
      case "AWS::CloudWatch::Alarm Arn", "AWS::CloudWatch::CompositeAlarm Arn":
        return prefix.formatted("cloudwatch", "alarm:");
      default:
        throw new RefusedException(place + ": no attribute " + attribute + " of " + type);
    }
  }
}
