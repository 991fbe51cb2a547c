package dev.sluice.dashboards.monitoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.CfnRule;
import software.amazon.awscdk.CfnRuleAssertion;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.ICfnConditionExpression;
import software.amazon.awscdk.ICfnRuleConditionExpression;
import software.amazon.awscdk.Stack;

/** Parameters, the conditions that follow from them, and the rules between them. */
final class TemplateInput {
  static final String ANY_FUNCTION = "HasAnyFunction";
  private static final String ANY_TABLE = "HasAnyTable";
  private static final String ANY_QUEUE = "HasAnyQueue";
  private static final String KCL = "HasKcl";

  /** The other of two that need each other has the condition. */
  private static final List<Parameter> BESIDE =
      List.of(Parameters.CLUSTER, Parameters.WEB_BALANCER);

  /** Operands that one {@code Fn::Or} takes (AWS, condition functions). */
  private static final int MAX_OPERANDS = 10;

  private final Stack stack;
  private final Map<String, CfnCondition> conditions = new HashMap<>();

  TemplateInput(Stack stack) {
    this.stack = stack;
  }

  /** Adds all of it; the conditions by their names. */
  Map<String, CfnCondition> add() {
    for (Parameter parameter : Parameters.all()) {
      parameter(parameter);
      if (parameter.isOptional() && !BESIDE.contains(parameter)) {
        condition(parameter.given(), given(parameter));
      }
    }
    condition(
        KCL,
        Fn.conditionAnd(
            given(Parameters.CONSUMER),
            Fn.conditionEquals(Fn.ref(Parameters.KCL_METRICS.id()), "true")));
    any(ANY_FUNCTION, Arrays.stream(MonitoredFunction.values()).map(f -> f.functionName()));
    any(ANY_TABLE, Arrays.stream(MonitoredTable.values()).map(MonitoredTable::parameter));
    any(ANY_QUEUE, Arrays.stream(MonitoredQueue.values()).map(MonitoredQueue::parameter));
    rules();
    return conditions;
  }

  private void parameter(Parameter parameter) {
    CfnParameter.Builder made =
        CfnParameter.Builder.create(stack, parameter.id())
            .type(parameter.type())
            .description(parameter.description())
            .constraintDescription(parameter.constraint());
    parameter.defaultValue().ifPresent(made::defaultValue);
    if (!parameter.pattern().isEmpty()) {
      made.allowedPattern(parameter.pattern());
    }
    if (parameter.type().equals("Number")) {
      made.minValue(parameter.min()).maxValue(parameter.max());
    }
    if (!parameter.choices().isEmpty()) {
      made.allowedValues(parameter.choices());
    }
    made.build();
  }

  private static ICfnRuleConditionExpression given(Parameter parameter) {
    return Fn.conditionNot(Fn.conditionEquals(Fn.ref(parameter.id()), ""));
  }

  private void condition(String id, ICfnConditionExpression expression) {
    conditions.put(id, CfnCondition.Builder.create(stack, id).expression(expression).build());
  }

  private void any(String id, Stream<Parameter> parameters) {
    List<ICfnConditionExpression> given = new ArrayList<>();
    parameters.forEach(parameter -> given.add(given(parameter)));
    if (given.size() > MAX_OPERANDS) {
      throw new IllegalStateException(id + ": more than " + MAX_OPERANDS + " operands");
    }
    condition(id, Fn.conditionOr(given.toArray(ICfnConditionExpression[]::new)));
  }

  private void rules() {
    needs(Parameters.CONSUMER, Parameters.STREAM);
    needs(Parameters.SERVICE, Parameters.CLUSTER);
    needs(Parameters.CLUSTER, Parameters.SERVICE);
    needs(Parameters.SERVICE, Parameters.CONSUMER);
    needs(Parameters.WEB_BALANCER, Parameters.WEB_TARGETS);
    needs(Parameters.WEB_TARGETS, Parameters.WEB_BALANCER);
    needs(MonitoredFunction.FIREHOSE.functionName(), Parameters.DELIVERY_STREAM);
    for (MonitoredFunction function : MonitoredFunction.values()) {
      if (function.readsLogStream()) {
        needs(function.functionName(), Parameters.STREAM);
      }
    }
    CfnRule.Builder.create(stack, "KclMetricsNeedsConsumerApplication")
        .ruleCondition(Fn.conditionEquals(Fn.ref(Parameters.KCL_METRICS.id()), "true"))
        .assertions(
            List.of(
                CfnRuleAssertion.builder()
                    .assertValue(given(Parameters.CONSUMER))
                    .assertDescription("KclMetrics: needs ConsumerApplication, which is empty.")
                    .build()))
        .build();
  }

  private void needs(Parameter one, Parameter other) {
    CfnRule.Builder.create(stack, one.id() + "Needs" + other.id())
        .ruleCondition(given(one))
        .assertions(
            List.of(
                CfnRuleAssertion.builder()
                    .assertValue(given(other))
                    .assertDescription(one.id() + ": needs " + other.id() + ", which is empty.")
                    .build()))
        .build();
  }
}
