package dev.sluice.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;

/**
 * One statement of a policy. A {@code *} in an action or a resource needs a reason, which stands in
 * the template beside the policy.
 *
 * @param onlyIf name of the condition under which the statement is there; none, always
 */
record Statement(
    String sid,
    String effect,
    List<String> actions,
    List<Object> resources,
    Map<String, Object> condition,
    Optional<Object> principal,
    Optional<String> onlyIf,
    Optional<String> reason) {

  static Statement allow(String sid, String... actions) {
    return of(sid, "Allow", actions);
  }

  /** Refuses every call that did not come by TLS, whoever makes it. */
  static Statement refuseWithoutTls(String actions, Object... resources) {
    return of("RefuseWithoutTls", "Deny", actions)
        .on(resources)
        .by("*")
        .where(Map.of("Bool", Map.of("aws:SecureTransport", "false")));
  }

  private static Statement of(String sid, String effect, String... actions) {
    return new Statement(
        sid,
        effect,
        List.of(actions),
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Statement on(Object... arns) {
    return new Statement(sid, effect, actions, List.of(arns), condition, principal, onlyIf, reason);
  }

  Statement where(Map<String, Object> newCondition) {
    return new Statement(sid, effect, actions, resources, newCondition, principal, onlyIf, reason);
  }

  Statement by(Object newPrincipal) {
    return new Statement(
        sid, effect, actions, resources, condition, Optional.of(newPrincipal), onlyIf, reason);
  }

  Statement onlyIf(String newCondition) {
    return new Statement(
        sid, effect, actions, resources, condition, principal, Optional.of(newCondition), reason);
  }

  /** Why there is a {@code *} in an action or a resource. */
  Statement because(String newReason) {
    return new Statement(
        sid, effect, actions, resources, condition, principal, onlyIf, Optional.of(newReason));
  }

  private Object json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("Sid", sid);
    json.put("Effect", effect);
    principal.ifPresent(p -> json.put("Principal", p));
    json.put("Action", actions.size() == 1 ? actions.get(0) : actions);
    json.put("Resource", resources.size() == 1 ? resources.get(0) : resources);
    if (!condition.isEmpty()) {
      json.put("Condition", condition);
    }
    return onlyIf.<Object>map(c -> Fn.conditionIf(c, json, Aws.NO_VALUE)).orElse(json);
  }

  /** A policy document. */
  static Map<String, Object> document(List<Statement> statements) {
    var json = new ArrayList<Object>();
    statements.forEach(statement -> json.add(statement.json()));
    var document = new LinkedHashMap<String, Object>();
    document.put("Version", "2012-10-17");
    document.put("Statement", json);
    return document;
  }

  /** The reasons by statement, for the template's metadata; empty where there is no {@code *}. */
  static Map<String, Object> reasons(List<Statement> statements) {
    var reasons = new LinkedHashMap<String, Object>();
    statements.forEach(s -> s.reason().ifPresent(reason -> reasons.put(s.sid(), reason)));
    return reasons;
  }
}
