package dev.sluice.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.dashboards.simulation.CompositeRule;
import dev.sluice.dashboards.simulation.Deployment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What must hold of the committed template; each problem names its place. */
final class TemplateCheck {
  private static final String ALARM = "AWS::CloudWatch::Alarm";

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
  private static final int MAX_BYTES = 1_000_000;
  private static final int MAX_RESOURCES = 500;
  private static final int MAX_PARAMETERS = 200;

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
  private static final int MAX_METRICS_OF_ALARM = 10;
  private static final int MAX_SECONDS_OF_ALARM = 86_400;
  private static final int MAX_DESCRIPTION = 1_024;
  private static final int MAX_RULE = 10_240;
  private static final int MAX_CHILDREN = 100;
  private static final int MAX_STACK_NAME = 128;

  private final ObjectNode template;
  private final Pages pages;
  private final Problems problems = new Problems();

  /**
   * What the template is compared with.
   *
   * @param metrics docs/metrics.md
   * @param others aws-metrics.txt
   * @param unused unused-metrics.txt
   * @param operate docs/operate.md
   */
  record Pages(String metrics, String others, String unused, String operate) {}

  private TemplateCheck(ObjectNode template, Pages pages) {
    this.template = template;
    this.pages = pages;
  }

  static List<String> of(ObjectNode template, Pages pages) {
    var check = new TemplateCheck(template, pages);
    Deployment everything = Deployment.of(template, CommittedTemplate.everything());
    check.sizes();
    check.parameters();
    new MetricCheck(check.problems).compare(MetricUse.of(everything), pages);
    everything.resources(ALARM).forEach(check::alarm);
    check.page(everything);
    new WidgetCheck(check.problems).check(MetricUse.widgets(everything));
    check.stars(template.path("Resources"), "Resources");
    return check.problems.list();
  }

  private void sizes() {
    problems.bound(
        "template",
        template.toPrettyString().getBytes(StandardCharsets.UTF_8).length,
        MAX_BYTES,
        "bytes");
    problems.bound("Resources", template.path("Resources").size(), MAX_RESOURCES, "resources");
    problems.bound("Parameters", template.path("Parameters").size(), MAX_PARAMETERS, "parameters");
  }

  private void parameters() {
    String rest = template.path("Resources") + " " + template.path("Conditions");
    for (Map.Entry<String, JsonNode> each : template.path("Parameters").properties()) {
      String place = "Parameters." + each.getKey();
      JsonNode about = each.getValue();
      if (!about.path("ConstraintDescription").asText().startsWith(each.getKey() + ":")) {
        problems.add(place + ": ConstraintDescription does not name it");
      }
      boolean bounded =
          about.has("AllowedPattern")
              || about.has("AllowedValues")
              || about.has("MinValue") && about.has("MaxValue");
      if (!bounded) {
        problems.add(place + ": takes any value");
      }
      boolean used =
          rest.contains("{\"Ref\":\"" + each.getKey() + "\"}")
              || rest.contains("${" + each.getKey() + "}");
      if (!used) {
        problems.add(place + ": is not used");
      }
    }
  }

  private void alarm(String id, JsonNode alarm) {
    String place = "Resources." + id;
    String description = alarm.path("AlarmDescription").asText();
    int action = description.indexOf(" What to do: ");
    int more = description.indexOf(" More: docs/operate.md#");
    if (action < 0 || more < action) {
      problems.add(place + ": the description does not say what to do");
    } else {
      String anchor = description.substring(description.indexOf('#') + 1);
      if (!pages.operate().contains("\n### " + heading(anchor) + "\n")) {
        problems.add(place + ": docs/operate.md has no section " + anchor);
      }
    }
    problems.bound(
        place + ".AlarmDescription", description.length(), MAX_DESCRIPTION, "characters");
    actions(place, alarm);
    if (alarm.path("TreatMissingData").isMissingNode()) {
      problems.add(place + ": does not say how missing data count");
    }
    int metrics = 0;
    int period = alarm.path("Period").asInt();
    for (JsonNode query : alarm.path("Metrics")) {
      if (query.has("MetricStat")) {
        metrics++;
        period = query.path("MetricStat").path("Period").asInt();
      } else if (query.path("Expression").asText().contains("SEARCH")) {
        problems.add(place + ": CloudWatch takes no alarm on SEARCH");
      }
    }
    problems.bound(place + ".Metrics", metrics, MAX_METRICS_OF_ALARM, "metrics");
    problems.bound(
        place,
        (long) period * alarm.path("EvaluationPeriods").asInt(),
        MAX_SECONDS_OF_ALARM,
        "seconds of all evaluation periods");
  }

  private String heading(String anchor) {
    return pages
        .operate()
        .lines()
        .filter(line -> line.startsWith("### "))
        .map(line -> line.substring("### ".length()))
        .filter(title -> Anchors.of(title).equals(anchor))
        .findFirst()
        .orElse(anchor);
  }

  private void actions(String place, JsonNode alarm) {
    for (String kind : List.of("AlarmActions", "OKActions")) {
      if (!alarm.path(kind).path(0).asText().startsWith("arn:aws:sns:")) {
        problems.add(place + ": " + kind + " tells nobody");
      }
    }
  }

  /** The composite alarm has every alarm that does not tell people by itself. */
  private void page(Deployment everything) {
    JsonNode page = everything.resources().get("Page");
    actions("Resources.Page", page);
    var rule = new CompositeRule(page.path("AlarmRule").asText());
    String people = page.path("AlarmActions").path(0).asText();
    String suppressor = page.path("ActionsSuppressor").asText();
    var known = new TreeSet<String>();
    everything
        .resources(ALARM)
        .forEach(
            (id, alarm) -> {
              String name = alarm.path("AlarmName").asText();
              known.add(name);
              boolean tells = alarm.path("AlarmActions").path(0).asText().equals(people);
              if (tells == rule.alarms().contains(name) && !name.equals(suppressor)) {
                problems.add(
                    "Resources." + id + (tells ? ": tells twice" : ": nobody would hear of it"));
              }
            });
    rule.alarms().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> problems.add("Resources.Page: there is no alarm " + name));
    if (!known.contains(suppressor)) {
      problems.add("Resources.Page: there is no suppressor " + suppressor);
    }
    problems.bound("Resources.Page", rule.alarms().size(), MAX_CHILDREN, "alarms");
    long longest =
        page.path("AlarmRule").asText().length()
            + (long) rule.alarms().size() * (MAX_STACK_NAME - "watch".length());
    problems.bound("Resources.Page", longest, MAX_RULE, "characters with the longest stack name");
  }

  /** No action or resource of a policy is, or has in it, a {@code *}. */
  private void stars(JsonNode node, String place) {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String here = place + "." + member.getKey();
      if (Set.of("Action", "Resource", "NotAction", "NotResource").contains(member.getKey())
          && Pattern.compile("[*]").matcher(member.getValue().toString()).find()) {
        problems.add(here + ": has a *: " + member.getValue());
      }
      if (member.getKey().equals("Statement")) {
        int i = 0;
        for (JsonNode statement : member.getValue()) {
          principal(statement, here + "[" + i + "]");
          stars(statement, here + "[" + i++ + "]");
        }
      } else {
        stars(member.getValue(), here);
      }
    }
  }

  private void principal(JsonNode statement, String place) {
    if (statement.path("Effect").asText().equals("Allow")
        && statement.path("Principal").toString().contains("*")) {
      problems.add(place + ".Principal: allows everybody");
    }
  }
}
