package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables that functions and containers are given, held to what their code reads. */
final class Environments {
  /** What the runtime, an agent and the JVM read by themselves. */
  private static final List<String> NO_SETTINGS =
      List.of("AWS_LAMBDA_EXEC_WRAPPER", "JAVA_TOOL_OPTIONS");

  private Environments() {}

  static List<String> problems(String name, JsonNode template, List<String> settingsPage) {
    var problems = new ArrayList<String>();
    for (Deployed deployed : Variants.of(name, template)) {
      deployed
          .ofType("AWS::Lambda::Function")
          .forEach(
              (id, function) -> {
                String handler = function.path("Handler").asText().split("::")[0];
                problems.addAll(problems(id, handler, ofFunction(function), settingsPage));
              });
      deployed
          .ofType("AWS::ECS::TaskDefinition")
          .forEach(
              (id, task) -> {
                for (JsonNode container : task.path("ContainerDefinitions")) {
                  String what = container.path("Name").asText();
                  problems.addAll(problems(id, what, ofContainer(container), settingsPage));
                }
              });
    }
    return problems.stream().distinct().toList();
  }

  private static List<String> problems(
      String id, String deployable, Map<String, String> values, List<String> settingsPage) {
    if (!SettingsPage.TABLES.containsKey(deployable)) {
      return List.of(id + ": nothing of ours is called " + deployable);
    }
    NO_SETTINGS.forEach(values::remove);
    return SettingsPage.of(deployable, settingsPage).problems(values).stream()
        .map(problem -> id + "." + problem)
        .toList();
  }

  static Map<String, String> ofFunction(JsonNode function) {
    var values = new LinkedHashMap<String, String>();
    function
        .path("Environment")
        .path("Variables")
        .properties()
        .forEach(variable -> values.put(variable.getKey(), variable.getValue().asText()));
    return values;
  }

  static Map<String, String> ofContainer(JsonNode container) {
    var values = new LinkedHashMap<String, String>();
    container
        .path("Environment")
        .forEach(v -> values.put(v.path("Name").asText(), v.path("Value").asText()));
    container
        .path("Secrets")
        .forEach(v -> values.put(v.path("Name").asText(), v.path("ValueFrom").asText()));
    return values;
  }
}
