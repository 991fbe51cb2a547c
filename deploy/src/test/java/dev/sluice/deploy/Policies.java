package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Statements of policies with a {@code *} in an action or a resource, and the reasons for them. */
final class Policies {
  private Policies() {}

  static List<String> problems(JsonNode template) {
    var problems = new ArrayList<String>();
    template
        .path("Resources")
        .properties()
        .forEach(r -> problems.addAll(ofResource(r.getKey(), r.getValue())));
    return problems;
  }

  private static List<String> ofResource(String id, JsonNode resource) {
    var problems = new ArrayList<String>();
    JsonNode reasons = resource.path("Metadata").path(SluiceStack.REASONS);
    Set<String> wild = new TreeSet<>();
    var statements = new ArrayList<JsonNode>();
    collect(resource.path("Properties"), statements);
    for (JsonNode statement : statements) {
      String sid = statement.path("Sid").asText();
      boolean trust = statement.path("Action").asText().equals("sts:AssumeRole");
      if (sid.isEmpty() && !trust) {
        problems.add(id + ": a statement has no Sid: " + statement);
      }
      for (String member : List.of("Action", "Resource", "NotAction", "NotResource")) {
        if (statement.path(member).toString().contains("*")) {
          wild.add(sid);
          if (reasons.path(sid).asText().isBlank()) {
            problems.add(
                id + "." + sid + ": * in " + member + ", and Metadata.Wildcards gives no reason");
          }
        }
      }
      if (statement.path("Effect").asText().equals("Allow")
          && statement.has("NotAction") | statement.has("NotResource")) {
        problems.add(id + "." + sid + ": allows everything but what it names");
      }
    }
    for (Map.Entry<String, JsonNode> reason : reasons.properties()) {
      if (!wild.contains(reason.getKey())) {
        problems.add(id + "." + reason.getKey() + ": a reason, and no *");
      }
    }
    return problems;
  }

  /** Statements of every policy document, whatever property it is in. */
  private static void collect(JsonNode value, List<JsonNode> statements) {
    if (value.has("Effect") && (value.has("Action") || value.has("NotAction"))) {
      statements.add(value);
    } else {
      value.forEach(each -> collect(each, statements));
    }
  }
}
