package dev.sluice.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.dashboards.simulation.CompositeRule;
import dev.sluice.dashboards.simulation.Deployment;
import dev.sluice.dashboards.simulation.MetricMath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
  private static final int MAX_WIDGETS = 500;
  private static final int MAX_METRICS_OF_WIDGET = 500;
  private static final int MAX_METRICS_OF_DASHBOARD = 2_500;
  private static final int MAX_STACK_NAME = 128;
  private static final int COLUMNS = 24;

  private final ObjectNode template;
  private final Pages pages;
  private final List<String> problems = new ArrayList<>();

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

  static List<String> problems(ObjectNode template, Pages pages) {
    var check = new TemplateCheck(template, pages);
    Deployment everything = Deployment.of(template, CommittedTemplate.everything());
    check.sizes();
    check.parameters();
    check.metrics(MetricUse.of(everything));
    everything.resources(ALARM).forEach(check::alarm);
    check.page(everything);
    check.widgets(MetricUse.widgets(everything));
    check.stars(template.path("Resources"), "Resources");
    return check.problems;
  }

  private void bound(String place, long is, long most, String what) {
    if (is > most) {
      problems.add(place + ": " + is + " " + what + ", at most " + most);
    }
  }

  private void sizes() {
    bound(
        "template",
        template.toPrettyString().getBytes(StandardCharsets.UTF_8).length,
        MAX_BYTES,
        "bytes");
    bound("Resources", template.path("Resources").size(), MAX_RESOURCES, "resources");
    bound("Parameters", template.path("Parameters").size(), MAX_PARAMETERS, "parameters");
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

  private void metrics(List<MetricUse> uses) {
    Map<String, String> known = new TreeMap<>();
    for (String line : pages.others().lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] words = line.split(" ");
        var dimensions = new TreeSet<>(List.of(words).subList(2, words.length));
        known.put(MetricUse.key(words[0], words[1], dimensions), line);
      }
    }
    Map<String, EmittedMetrics.Emitted> emitted = new HashMap<>();
    EmittedMetrics.read(pages.metrics()).forEach(each -> emitted.put(each.key(), each));
    for (MetricUse use : uses) {
      if (!known.containsKey(use.key()) && !emitted.containsKey(use.key())) {
        problems.add(use.place() + ": nobody sends " + use.key());
      }
    }
    Set<String> used = uses.stream().map(MetricUse::key).collect(Collectors.toSet());
    unused(emitted, used);
    known.keySet().stream()
        .filter(key -> !used.contains(key))
        .forEach(key -> problems.add("aws-metrics.txt: nothing uses " + key));
  }

  private void unused(Map<String, EmittedMetrics.Emitted> emitted, Set<String> used) {
    var reasons = new HashMap<String, String>();
    for (String line : pages.unused().lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] halves = line.split(": ", 2);
        reasons.put(halves[0], halves.length < 2 ? "" : halves[1]);
      }
    }
    for (EmittedMetrics.Emitted each : emitted.values()) {
      String reason = reasons.remove(each.words());
      if (used.contains(each.key())) {
        if (reason != null) {
          problems.add("unused-metrics.txt: is used: " + each.words());
        }
      } else if (reason == null) {
        problems.add("docs/metrics.md: neither used nor in unused-metrics.txt: " + each.words());
      } else if (reason.isBlank()) {
        problems.add("unused-metrics.txt: no reason: " + each.words());
      }
    }
    reasons.keySet().forEach(left -> problems.add("unused-metrics.txt: nobody sends " + left));
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
    bound(place + ".AlarmDescription", description.length(), MAX_DESCRIPTION, "characters");
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
    bound(place + ".Metrics", metrics, MAX_METRICS_OF_ALARM, "metrics");
    bound(
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
    bound("Resources.Page", rule.alarms().size(), MAX_CHILDREN, "alarms");
    long longest =
        page.path("AlarmRule").asText().length()
            + (long) rule.alarms().size() * (MAX_STACK_NAME - "watch".length());
    bound("Resources.Page", longest, MAX_RULE, "characters with the longest stack name");
  }

  /**
   * CloudWatch puts a widget without a place into the next one that is free: when rows are full and
   * of one height, none overlap and none leave a hole.
   */
  private void widgets(JsonNode widgets) {
    bound("Resources.Dashboard", widgets.size(), MAX_WIDGETS, "widgets");
    int column = 0;
    int height = 0;
    int metrics = 0;
    for (JsonNode widget : widgets) {
      JsonNode properties = widget.path("properties");
      String title = properties.path("title").asText(properties.path("markdown").asText());
      String place = "Resources.Dashboard, widget \"" + title + "\"";
      if (widget.has("x") || widget.has("y")) {
        problems.add(place + ": has a place of its own");
      }
      if (column > 0 && widget.path("height").asInt() != height) {
        problems.add(place + ": is not as high as its row");
      }
      height = widget.path("height").asInt();
      column += widget.path("width").asInt();
      if (column > COLUMNS) {
        problems.add(place + ": ends at column " + column + " of " + COLUMNS);
      }
      column = column >= COLUMNS ? 0 : column;
      bound(place, properties.path("alarms").size(), MAX_CHILDREN, "alarms");
      bound(place, properties.path("metrics").size(), MAX_METRICS_OF_WIDGET, "metrics");
      metrics += properties.path("metrics").size();
      expressions(place, properties.path("metrics"));
    }
    if (column != 0) {
      problems.add("Resources.Dashboard: the last row ends at column " + column);
    }
    bound("Resources.Dashboard", metrics, MAX_METRICS_OF_DASHBOARD, "metrics");
  }

  private void expressions(String place, JsonNode metrics) {
    var ids = new HashMap<String, double[]>();
    for (JsonNode line : metrics) {
      String id = line.get(line.size() - 1).path("id").asText();
      if (!id.isEmpty() && ids.put(id, new double[1]) != null) {
        problems.add(place + ": two lines have the id " + id);
      }
    }
    for (JsonNode line : metrics) {
      String expression = line.get(0).path("expression").asText();
      if (!expression.isEmpty() && !expression.matches("(SEARCH|TIME_SERIES)\\(.*")) {
        try {
          MetricMath.evaluate(expression, ids, 1);
        } catch (RuntimeException e) {
          problems.add(place + ": " + e.getMessage());
        }
      }
    }
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
