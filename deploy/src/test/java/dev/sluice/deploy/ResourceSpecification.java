package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * AWS's published resource types, as npm's {@code @aws-cdk/aws-service-spec} brings them:
 * properties with their types, what is required, which values are allowed, attributes.
 */
final class ResourceSpecification {
  /** Where npm has put the package; {@code .ci/run} sets it. */
  static final String HOME_VARIABLE = "AWS_SERVICE_SPEC_HOME";

  private static final Path FILE =
      Path.of("node_modules", "@aws-cdk", "aws-service-spec", "db.json.gz");

  private final Map<String, JsonNode> resources = new HashMap<>();
  private final Map<String, JsonNode> types = new HashMap<>();

  private ResourceSpecification(JsonNode schema) {
    schema
        .at("/resource/entities")
        .forEach(r -> resources.put(r.path("cloudFormationType").asText(), r));
    schema.at("/typeDefinition/entities").forEach(t -> types.put(t.path("$id").asText(), t));
  }

  /** The specification, where it is installed. */
  static Optional<ResourceSpecification> installed() throws IOException {
    String home = System.getenv(HOME_VARIABLE);
    if (home == null || !Files.exists(Path.of(home).resolve(FILE))) {
      return Optional.empty();
    }
    try (var in = new GZIPInputStream(Files.newInputStream(Path.of(home).resolve(FILE)))) {
      return Optional.of(new ResourceSpecification(new JsonMapper().readTree(in).get("schema")));
    }
  }

  /** What of a template it does not know, each with its place. */
  List<String> problems(JsonNode template) {
    var problems = new ArrayList<String>();
    template
        .path("Resources")
        .properties()
        .forEach(
            resource -> {
              String type = resource.getValue().path("Type").asText();
              JsonNode known = resources.get(type);
              if (known == null) {
                problems.add(resource.getKey() + ": there is no type " + type);
              } else {
                object(
                    resource.getKey() + " (" + type + ")",
                    resource.getValue().path("Properties"),
                    known.path("properties"),
                    problems);
              }
            });
    attributes(template, template, problems);
    return problems;
  }

  private void object(String place, JsonNode value, JsonNode known, List<String> problems) {
    if (isFunction(value)) {
      branches(value).forEach(branch -> object(place, branch, known, problems));
      return;
    }
    value
        .properties()
        .forEach(
            member -> {
              String here = place + '.' + member.getKey();
              if (!known.has(member.getKey())) {
                problems.add(here + ": there is no such property");
              } else {
                value(here, member.getValue(), known.get(member.getKey()).path("type"), problems);
              }
            });
    known
        .properties()
        .forEach(
            property -> {
              if (property.getValue().path("required").asBoolean()
                  && !value.has(property.getKey())) {
                problems.add(place + '.' + property.getKey() + ": is required");
              }
            });
  }

  private void value(String place, JsonNode value, JsonNode type, List<String> problems) {
    if (isFunction(value)) {
      branches(value).forEach(branch -> value(place, branch, type, problems));
      return;
    }
    switch (type.path("type").asText()) {
      case "ref" -> {
        expect(place, value.isObject(), "an object", problems);
        object(
            place,
            value,
            types.get(type.at("/reference/$ref").asText()).path("properties"),
            problems);
      }
      case "array" -> {
        expect(place, value.isArray(), "a list", problems);
        int index = 0;
        for (JsonNode each : value) {
          value(place + '[' + index++ + ']', each, type.path("element"), problems);
        }
      }
      case "map" -> {
        expect(place, value.isObject(), "an object", problems);
        value
            .properties()
            .forEach(
                m -> value(place + '.' + m.getKey(), m.getValue(), type.path("element"), problems));
      }
      case "string" -> {
        expect(place, value.isValueNode(), "a text", problems);
        allowed(place, value, type.path("allowedValues"), problems);
      }
      case "integer", "number" ->
          expect(place, value.asText().matches("-?[0-9.]+"), "a number", problems);
      case "boolean" ->
          expect(place, value.asText().matches("true|false"), "true or false", problems);
      case "union" -> {
        boolean fits = false;
        for (JsonNode one : type.path("types")) {
          var wrong = new ArrayList<String>();
          value(place, value, one, wrong);
          fits |= wrong.isEmpty();
        }
        expect(place, fits, "another form", problems);
      }
      case "tag" ->
          expect(place, value.has("Key") && value.has("Value"), "Key and Value", problems);
      default -> {
        // json and dates: anything
      }
    }
  }

  private static void allowed(
      String place, JsonNode value, JsonNode allowed, List<String> problems) {
    boolean found = allowed.isEmpty();
    for (JsonNode each : allowed) {
      found |= each.asText().equals(value.asText());
    }
    expect(place, found, "one of " + allowed + " and not " + value, problems);
  }

  private static void expect(String place, boolean holds, String expected, List<String> problems) {
    if (!holds) {
      problems.add(place + ": expected " + expected);
    }
  }

  private static boolean isFunction(JsonNode value) {
    if (!value.isObject() || value.size() != 1) {
      return false;
    }
    String name = Conditions.only(value).getKey();
    return name.equals("Ref") || name.startsWith("Fn::");
  }

  /** Values that a function may leave; none where only CloudFormation knows. */
  private static List<JsonNode> branches(JsonNode function) {
    Map.Entry<String, JsonNode> only = Conditions.only(function);
    return only.getKey().equals("Fn::If")
        ? List.of(only.getValue().get(1), only.getValue().get(2))
        : List.of();
  }

  private void attributes(JsonNode template, JsonNode value, List<String> problems) {
    if (value.isObject() && value.size() == 1 && value.has("Fn::GetAtt")) {
      JsonNode arguments = value.get("Fn::GetAtt");
      String resource = arguments.get(0).asText();
      String attribute = arguments.get(1).asText();
      String type = template.path("Resources").path(resource).path("Type").asText();
      JsonNode known = resources.get(type);
      if (known != null
          && !known.path("attributes").has(attribute)
          && !known.path("properties").has(attribute)) {
        problems.add(resource + " (" + type + "): there is no attribute " + attribute);
      }
    }
    value.forEach(each -> attributes(template, each, problems));
  }
}
