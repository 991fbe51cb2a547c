package dev.sluice.dashboards.monitoring;

import dev.sluice.dashboards.alarms.AlarmGuide;
import dev.sluice.dashboards.alarms.AlarmRule;
import dev.sluice.dashboards.alarms.Alarms;
import dev.sluice.dashboards.alarms.Metric;
import dev.sluice.dashboards.queries.SavedQuery;
import dev.sluice.dashboards.template.TemplateStack;
import dev.sluice.dashboards.widgets.Piece;
import dev.sluice.dashboards.widgets.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.amazon.awscdk.services.cloudwatch.CfnCompositeAlarm;
import software.amazon.awscdk.services.cloudwatch.CfnDashboard;
import software.amazon.awscdk.services.logs.CfnQueryDefinition;
import software.constructs.Construct;

/** Dashboard, alarms, topics and saved queries of whatever is deployed of Sluice. */
public final class MonitoringStack extends TemplateStack {
  /** Name of the template and of the stack. */
  public static final String NAME = "sluice-monitoring";

  /** The composite alarm. */
  public static final String PAGE = "Page";

  /** Seconds that a page waits for a deployment to say that it is going on. */
  private static final int SUPPRESSOR_WAIT = 120;

  /** Seconds that pages stay quiet behind the end of a deployment. */
  private static final int SUPPRESSOR_EXTENSION = 180;

  private final Map<String, CfnCondition> conditions = new HashMap<>();
  private final Topics topics;

  public MonitoringStack(Construct scope) {
    super(
        scope,
        NAME,
        "Sluice: dashboard, alarms with what to do about them, and saved queries."
            + " docs/operate.md tells how to deploy it.");
    conditions.putAll(new TemplateInput(this).add());
    topics = new Topics(this, conditions);
    List<AlarmRule> rules = Alarms.all();
    rules.forEach(this::alarm);
    page(rules);
    dashboard();
    for (SavedQuery query : SavedQuery.values()) {
      query(query);
    }
    outputs();
  }

  private void alarm(AlarmRule rule) {
    boolean pages = rule.guide().urgency() != AlarmGuide.Urgency.NOTICE;
    List<String> actions = List.of(pages ? topics.details() : topics.people());
    CfnAlarm.Builder alarm =
        CfnAlarm.Builder.create(this, rule.id())
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
        .namespace(sub(metric.namespace()))
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
            .expression(sub(expression))
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
                              .namespace(sub(metric.namespace()))
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
                    .value(sub(each.getValue()))
                    .build())
        .toList();
  }

  private void page(List<AlarmRule> rules) {
    var parts = new ArrayList<String>();
    parts.add("FALSE"); // so that each alarm may be left out
    for (AlarmRule rule : rules) {
      if (rule.guide().urgency() == AlarmGuide.Urgency.PAGE) {
        parts.add(when(rule.condition().orElseThrow(), " OR ALARM(\"${" + rule.id() + "}\")"));
      }
    }
    CfnCompositeAlarm.Builder.create(this, PAGE)
        .alarmName(Fn.sub("${AWS::StackName}-" + PAGE))
        .alarmDescription(
            "Something needs a person now. What to do: open the dashboard, take the alarms that ring"
                + " below this one; each says what to do. More: docs/operate.md")
        .alarmRule(Fn.join("", parts))
        .alarmActions(List.of(topics.people()))
        .okActions(List.of(topics.people()))
        .actionsSuppressor(Fn.ref(Alarms.DEPLOYING))
        .actionsSuppressorWaitPeriod(SUPPRESSOR_WAIT)
        .actionsSuppressorExtensionPeriod(SUPPRESSOR_EXTENSION)
        .build();
  }

  private void dashboard() {
    var parts = new ArrayList<String>();
    for (Piece piece : Rows.body()) {
      parts.add(
          piece
              .condition()
              .map(given -> when(given, piece.text()))
              .orElseGet(() -> sub(piece.text())));
    }
    CfnDashboard.Builder.create(this, "Dashboard")
        .dashboardName(Fn.ref("AWS::StackName"))
        .dashboardBody(Fn.join("", parts))
        .build();
  }

  private void query(SavedQuery query) {
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
        groups = List.of(sub(Parameters.CONSUMER_LOGS.value()));
        condition = Parameters.CONSUMER_LOGS.given();
      }
      default -> throw new IllegalStateException(query.logs().name());
    }
    CfnQueryDefinition made =
        CfnQueryDefinition.Builder.create(this, id(query))
            .name(Fn.sub("${AWS::StackName}/" + query.title()))
            .queryString(query.text())
            .logGroupNames(groups)
            .build();
    made.getCfnOptions().setCondition(conditions.get(condition));
  }

  private static String logGroup(MonitoredFunction function) {
    return sub("/aws/lambda/" + function.functionName().value());
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

  private void outputs() {
    output(
        "DashboardUrl",
        "Where the dashboard is.",
        "https://${AWS::Region}.console.aws.amazon.com/cloudwatch/home?region=${AWS::Region}"
            + "#dashboards:name=${AWS::StackName}");
    output("PeopleTopicArn", "Pages, and alarms that can wait.", "${PeopleTopic}");
    output(
        "DetailsTopicArn", "Each alarm below a page, also during deployments.", "${DetailsTopic}");
  }

  private void output(String id, String description, String value) {
    CfnOutput.Builder.create(this, id).description(description).value(Fn.sub(value)).build();
  }

  private static String when(String condition, String text) {
    return Token.asString(Fn.conditionIf(condition, sub(text), ""));
  }

  /** A text that names parameters. */
  static String sub(String text) {
    if (text.matches("[$][{][A-Za-z]+[}]")) {
      return Fn.ref(text.substring(2, text.length() - 1));
    }
    return text.contains("${") ? Fn.sub(text) : text;
  }
}
