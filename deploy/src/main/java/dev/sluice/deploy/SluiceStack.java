package dev.sluice.deploy;

import dev.sluice.dashboards.template.TemplateStack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.CfnRule;
import software.amazon.awscdk.CfnRuleAssertion;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.ICfnConditionExpression;
import software.amazon.awscdk.ICfnRuleConditionExpression;
import software.amazon.awscdk.services.iam.CfnRole;
import software.constructs.Construct;

/**
 * What every stack has: the choice whether data stay when it is removed, roles whose wildcards have
 * a reason, and short ways to conditions and rules.
 */
abstract class SluiceStack extends TemplateStack {
  /** Where the reasons for wildcards stand in a resource's metadata. */
  static final String REASONS = "Wildcards";

  private static final String RETAIN = "RetainsData";

  /**
   * @param name of the template's file
   * @param description first line that a person reads
   */
  SluiceStack(Construct scope, String name, String description) {
    super(scope, name, description);
    // Lets DeletionPolicy follow from a parameter.
    addTransform("AWS::LanguageExtensions");
    CfnParameter retain =
        Parameter.text(this, "RetainData", "Whether data stay when the stack is removed.")
            .oneOf("true", "false")
            .defaultsTo("false")
            .create();
    condition(RETAIN, Fn.conditionEquals(retain.getValueAsString(), "true"));
  }

  final CfnCondition condition(String name, ICfnConditionExpression expression) {
    return CfnCondition.Builder.create(this, name).expression(expression).build();
  }

  /** The condition that a parameter is not empty. */
  final CfnCondition given(String name, CfnParameter parameter) {
    return condition(name, Fn.conditionNot(Fn.conditionEquals(parameter.getValueAsString(), "")));
  }

  /** Refuses values of parameters that do not go together, before anything is created. */
  final void rule(
      String name,
      ICfnRuleConditionExpression when,
      ICfnConditionExpression mustHold,
      String description) {
    CfnRule.Builder.create(this, name)
        .ruleCondition(when)
        .assertions(
            List.of(
                CfnRuleAssertion.builder()
                    .assertValue(mustHold)
                    .assertDescription(description)
                    .build()))
        .build();
  }

  /** Whether a parameter has a value, in a rule. */
  static ICfnRuleConditionExpression has(CfnParameter parameter) {
    return Fn.conditionNot(Fn.conditionEquals(parameter.getValueAsString(), ""));
  }

  static ICfnRuleConditionExpression is(CfnParameter parameter, Object value) {
    return Fn.conditionEquals(parameter.getValueAsString(), value);
  }

  /**
   * Data of the user: they stay if {@code RetainData} says so, and always when an update would put
   * something new in their place.
   *
   * @param kept what happens then, {@code Retain} or {@code Snapshot}
   */
  final void keepData(CfnResource resource, String kept) {
    resource.addOverride("DeletionPolicy", Map.of("Fn::If", List.of(RETAIN, kept, "Delete")));
    resource.addOverride("UpdateReplacePolicy", kept);
  }

  /** The role of a service, with one policy of its own. */
  final CfnRole role(String id, String service, List<Statement> statements) {
    return role(id, service, statements, Map.of());
  }

  /**
   * @param trustOnlyWhere condition under which the service may take the role
   */
  final CfnRole role(
      String id, String service, List<Statement> statements, Map<String, Object> trustOnlyWhere) {
    var trust = new LinkedHashMap<String, Object>();
    trust.put("Effect", "Allow");
    trust.put("Principal", Map.of("Service", service));
    trust.put("Action", "sts:AssumeRole");
    if (!trustOnlyWhere.isEmpty()) {
      trust.put("Condition", trustOnlyWhere);
    }
    var document = new LinkedHashMap<String, Object>();
    document.put("Version", "2012-10-17");
    document.put("Statement", List.of(trust));
    CfnRole role =
        CfnRole.Builder.create(this, id)
            .assumeRolePolicyDocument(document)
            .policies(
                List.of(
                    CfnRole.PolicyProperty.builder()
                        .policyName("sluice")
                        .policyDocument(Statement.document(statements))
                        .build()))
            .build();
    giveReasons(role, statements);
    return role;
  }

  /** Writes down why a policy has wildcards. */
  static void giveReasons(CfnResource policy, List<Statement> statements) {
    Map<String, Object> reasons = Statement.reasons(statements);
    if (!reasons.isEmpty()) {
      policy.addMetadata(REASONS, reasons);
    }
  }

  /** The ARN of a resource with a path behind it; what a bucket holds, for instance. */
  static String under(CfnResource resource, String path) {
    return Fn.sub("${" + resource.getNode().getId() + ".Arn}" + path);
  }

  final void output(String name, Object value) {
    CfnOutput.Builder.create(this, name).value(value.toString()).build();
  }

  final void output(String name, Object value, CfnCondition onlyIf) {
    CfnOutput.Builder.create(this, name).value(value.toString()).condition(onlyIf).build();
  }

  static List<CfnTag> named(String name) {
    var tags = new ArrayList<CfnTag>();
    tags.add(CfnTag.builder().key("Name").value(Fn.sub("${AWS::StackName}-" + name)).build());
    return tags;
  }
}
