package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a template refers to and what it declares: each has to have the other. */
final class References {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");
  private static final List<String> SECTIONS =
      List.of("Conditions", "Rules", "Resources", "Outputs");

  private final JsonNode template;
  private final Set<String> used = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Set<String>> needs = new TreeMap<>();

  private References(JsonNode template) {
    this.template = template;
  }

  static List<String> problems(JsonNode template) {
    var references = new References(template);
    for (String section : SECTIONS) {
      template
          .path(section)
          .properties()
          .forEach(e -> references.visit(section + '.' + e.getKey(), e.getValue()));
    }
    for (String declared : List.of("Parameters", "Conditions", "Mappings")) {
      template
          .path(declared)
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!references.used.contains(declared + '.' + name)) {
                  references.problems.add(declared + '.' + name + ": nothing refers to it");
                }
              });
    }
    references.cycles();
    return references.problems;
  }

  /** CloudFormation refuses resources that wait for each other. */
  private void cycles() {
    var done = new TreeSet<String>();
    template
        .path("Resources")
        .fieldNames()
        .forEachRemaining(id -> follow(id, new ArrayList<>(), done));
  }

  private void follow(String id, List<String> way, Set<String> done) {
    if (way.contains(id)) {
      problems.add("Resources." + id + ": waits for itself, by " + String.join(", ", way));
      return;
    }
    if (done.contains(id)) {
      return;
    }
    way.add(id);
    needs.getOrDefault(id, Set.of()).forEach(next -> follow(next, way, done));
    way.remove(way.size() - 1);
    done.add(id);
  }

  private void visit(String place, JsonNode value) {
    if (value.isArray()) {
      int index = 0;
      for (JsonNode each : value) {
        visit(place + '[' + index++ + ']', each);
      }
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String name = member.getKey();
      JsonNode argument = member.getValue();
      switch (name) {
        case "Ref" -> reference(place, argument.asText());
        case "Fn::GetAtt" -> resource(place, argument.get(0).asText());
        case "Fn::Sub" -> substitution(place, argument.asText());
        case "Fn::If" -> find(place, "Conditions", argument.get(0).asText());
        case "Fn::FindInMap" -> find(place, "Mappings", argument.get(0).asText());
        case "DependsOn" -> argument.forEach(each -> resource(place, each.asText()));
        case "Condition" -> {
          if (argument.isTextual()) {
            find(place, "Conditions", argument.asText());
          }
        }
        default -> {
          // no function
        }
      }
      visit(place + '.' + name, argument);
    }
  }

  private void substitution(String place, String text) {
    Matcher variables = VARIABLE.matcher(text);
    while (variables.find()) {
      String name = variables.group(1);
      if (name.contains(".")) {
        resource(place, name.substring(0, name.indexOf('.')));
      } else {
        reference(place, name);
      }
    }
  }

  private void reference(String place, String name) {
    if (name.startsWith("AWS::")) {
      return;
    }
    if (template.path("Parameters").has(name)) {
      used.add("Parameters." + name);
    } else {
      resource(place, name);
    }
  }

  private void resource(String place, String name) {
    if (!template.path("Resources").has(name)) {
      problems.add(place + ": there is no " + name);
    } else if (place.startsWith("Resources.")) {
      needs.computeIfAbsent(place.split("\\.")[1], id -> new TreeSet<>()).add(name);
    }
  }

  private void find(String place, String section, String name) {
    used.add(section + '.' + name);
    if (!template.path(section).has(name)) {
      problems.add(place + ": there is no " + name + " among the " + section);
    }
  }
}
