package dev.sluice.dashboards.monitoring;

import dev.sluice.dashboards.queries.SavedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.logs.CfnQueryDefinition;

/** From the saved queries to resources of the template, over the log groups of what is deployed. */
final class QueryResources {
  private final Stack stack;
  private final Map<String, CfnCondition> conditions;

  QueryResources(Stack stack, Map<String, CfnCondition> conditions) {
    this.stack = stack;
    this.conditions = conditions;
  }

  /** Adds one. */
  void add(SavedQuery query) {
    List<String> groups;
    String condition;
    switch (query.logs()) {
      case FUNCTIONS -> {
        groups = functionLogs();
        condition = TemplateInput.ANY_FUNCTION;
      }
      case FIREHOSE -> {
        groups = List.of(logGroup(MonitoredFunction.FIREHOSE));
        condition = MonitoredFunction.FIREHOSE.functionName().given();
      }
      case CONSUMER -> {
        groups = List.of(MonitoringStack.sub(Parameters.CONSUMER_LOGS.value()));
        condition = Parameters.CONSUMER_LOGS.given();
      }
      default -> throw new IllegalStateException(query.logs().name());
    }
    CfnQueryDefinition made =
        CfnQueryDefinition.Builder.create(stack, id(query))
            .name(Fn.sub("${AWS::StackName}/" + query.title()))
            .queryString(query.text())
            .logGroupNames(groups)
            .build();
    made.getCfnOptions().setCondition(conditions.get(condition));
  }

  private static String logGroup(MonitoredFunction function) {
    return MonitoringStack.sub("/aws/lambda/" + function.functionName().value());
  }

  private static List<String> functionLogs() {
    var groups = new ArrayList<String>();
    for (MonitoredFunction function : MonitoredFunction.values()) {
      groups.add(
          Token.asString(
              Fn.conditionIf(
                  function.functionName().given(), logGroup(function), Fn.ref("AWS::NoValue"))));
    }
    return groups;
  }

  private static String id(SavedQuery query) {
    var id = new StringBuilder("Query");
    for (String word : query.title().split("-")) {
      id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return id.toString();
  }
}
