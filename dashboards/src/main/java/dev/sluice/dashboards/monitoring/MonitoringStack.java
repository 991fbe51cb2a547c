package dev.sluice.dashboards.monitoring;

import dev.sluice.dashboards.alarms.AlarmGuide;
import dev.sluice.dashboards.alarms.AlarmRule;
import dev.sluice.dashboards.alarms.Alarms;
import dev.sluice.dashboards.queries.SavedQuery;
import dev.sluice.dashboards.template.TemplateStack;
import dev.sluice.dashboards.widgets.Piece;
import dev.sluice.dashboards.widgets.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.cloudwatch.CfnCompositeAlarm;
import software.amazon.awscdk.services.cloudwatch.CfnDashboard;
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
    var alarms = new AlarmResources(this, topics, conditions);
    rules.forEach(alarms::add);
    page(rules);
    dashboard();
    var queries = new QueryResources(this, conditions);
    for (SavedQuery query : SavedQuery.values()) {
      queries.add(query);
    }
    outputs();
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
