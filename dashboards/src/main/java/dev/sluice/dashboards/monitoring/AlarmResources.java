package dev.sluice.dashboards.monitoring;

import dev.sluice.dashboards.alarms.AlarmGuide;
import dev.sluice.dashboards.alarms.AlarmRule;
import dev.sluice.dashboards.alarms.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;

/** From the alarms' rules to resources of the template. */
final class AlarmResources {
  private final Stack stack;
  private final Topics topics;
  private final Map<String, CfnCondition> conditions;

  AlarmResources(Stack stack, Topics topics, Map<String, CfnCondition> conditions) {
    this.stack = stack;
    this.topics = topics;
    this.conditions = conditions;
  }

  /** Adds one. */
  void add(AlarmRule rule) {
    boolean pages = rule.guide().urgency() != AlarmGuide.Urgency.NOTICE;
    List<String> actions = List.of(pages ? topics.details() : topics.people());
    CfnAlarm.Builder alarm =
        CfnAlarm.Builder.create(stack, rule.id())
            .alarmName(Fn.sub("${AWS::StackName}-" + rule.id()))
            .alarmDescription(rule.description())
            .evaluationPeriods(rule.periods())
            .datapointsToAlarm(rule.datapoints())
            .comparisonOperator(rule.bad().operator())
            .threshold(rule.threshold())
            .treatMissingData(rule.missing())
            .alarmActions(actions)
            .okActions(actions);
    if (rule.expression().isPresent()) {
      alarm.metrics(queries(rule, rule.expression().get()));
    } else {
      single(alarm, rule.metrics().get(0), rule.period());
    }
    CfnAlarm made = alarm.build();
    condition(rule).ifPresent(condition -> made.getCfnOptions().setCondition(condition));
  }

  private Optional<CfnCondition> condition(AlarmRule rule) {
    return rule.condition().map(conditions::get);
  }

  private static void single(CfnAlarm.Builder alarm, Metric metric, int period) {
    alarm
        .namespace(MonitoringStack.sub(metric.namespace()))
        .metricName(metric.name())
        .dimensions(dimensions(metric))
        .period(period);
    if (metric.statistic().startsWith("p")) {
      alarm.extendedStatistic(metric.statistic());
    } else {
      alarm.statistic(metric.statistic());
    }
  }

  private static List<Object> queries(AlarmRule rule, String expression) {
    var queries = new ArrayList<Object>();
    queries.add(
        CfnAlarm.MetricDataQueryProperty.builder()
            .id("result")
            .expression(MonitoringStack.sub(expression))
            .label(rule.guide().title())
            .returnData(true)
            .build());
    for (Metric metric : rule.metrics()) {
      queries.add(
          CfnAlarm.MetricDataQueryProperty.builder()
              .id(metric.id())
              .metricStat(
                  CfnAlarm.MetricStatProperty.builder()
                      .metric(
                          CfnAlarm.MetricProperty.builder()
                              .namespace(MonitoringStack.sub(metric.namespace()))
                              .metricName(metric.name())
                              .dimensions(dimensions(metric))
                              .build())
                      .stat(metric.statistic())
                      .period(rule.period())
                      .build())
              .returnData(false)
              .build());
    }
    return queries;
  }

  private static List<CfnAlarm.DimensionProperty> dimensions(Metric metric) {
    return metric.dimensions().entrySet().stream()
        .map(
            each ->
                CfnAlarm.DimensionProperty.builder()
                    .name(each.getKey())
                    .value(MonitoringStack.sub(each.getValue()))
                    .build())
        .toList();
  }
}
