package dev.sluice.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.dashboards.TemplateCheck.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The committed template passes every check, and each check catches a template that was spoilt. */
class TemplateCheckTest {
  private static Pages pages() {
    try {
      return new Pages(
          Files.readString(Path.of("..", "docs", "metrics.md")),
          resource("aws-metrics.txt"),
          resource("unused-metrics.txt"),
          Files.readString(OperatePageTest.PAGE));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = TemplateCheckTest.class.getResourceAsStream("/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Iterable<String> spoilt(Consumer<ObjectNode> damage) {
    ObjectNode template = CommittedTemplate.read();
    damage.accept(template);
    return TemplateCheck.of(template, pages());
  }

  private static ObjectNode properties(ObjectNode template, String resource) {
    JsonNode properties = template.path("Resources").path(resource).path("Properties");
    assertThat(properties.isObject()).as(resource).isTrue();
    return (ObjectNode) properties;
  }

  /** Changes the dashboard's texts. */
  private static void body(ObjectNode template, UnaryOperator<String> change) {
    var parts = (ArrayNode) properties(template, "Dashboard").at("/DashboardBody/Fn::Join/1");
    String before = parts.toString();
    change(parts, change);
    assertThat(parts.toString()).isNotEqualTo(before);
  }

  private static void change(JsonNode node, UnaryOperator<String> change) {
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        if (node.get(i).isTextual()) {
          ((ArrayNode) node).set(i, new TextNode(change.apply(node.get(i).asText())));
        } else {
          change(node.get(i), change);
        }
      }
    } else if (node.has("Fn::Sub")) {
      ((ObjectNode) node).put("Fn::Sub", change.apply(node.path("Fn::Sub").asText()));
    } else if (node.has("Fn::If")) {
      change(node.path("Fn::If"), change);
    }
  }

  @Test
  void theCommittedTemplateHasNoProblem() {
    assertThat(TemplateCheck.of(CommittedTemplate.read(), pages())).isEmpty();
  }

  @Test
  void catchesAMetricOfAnAlarmThatNobodySends() {
    assertThat(
            spoilt(
                template ->
                    ((ObjectNode)
                            properties(template, "TweetsRecordFailures")
                                .at("/Metrics/1/MetricStat/Metric"))
                        .put("MetricName", "records_broken")))
        .containsExactly(
            "Resources.TweetsRecordFailures.Metrics[failed]: nobody sends Sluice records_broken"
                + " function=TweetsFunction");
  }

  @Test
  void catchesAMetricOfAnotherFunction() {
    assertThat(
            spoilt(
                template ->
                    ((ObjectNode)
                            properties(template, "TweetsRecordFailures")
                                .at("/Metrics/1/MetricStat/Metric"))
                        .put("MetricName", "lines_rejected")))
        .containsExactly(
            "Resources.TweetsRecordFailures.Metrics[failed]: nobody sends Sluice lines_rejected"
                + " function=TweetsFunction");
  }

  @Test
  void catchesAMisspeltMetricOfAws() {
    assertThat(
            spoilt(
                template -> properties(template, "FilesThrottles").put("MetricName", "Throttle")))
        .containsExactly("Resources.FilesThrottles: nobody sends AWS/Lambda Throttle FunctionName");
  }

  @Test
  void catchesAMetricOfAWidgetThatNobodySends() {
    assertThat(
            spoilt(
                template ->
                    body(template, text -> text.replace("TilesAdopted.count", "TilesTaken.count"))))
        .containsExactlyInAnyOrder(
            "Resources.Dashboard, widget \"Tiles\": nobody sends Sluice/Consumer TilesTaken.count",
            "docs/metrics.md: neither used nor in unused-metrics.txt: consumer TilesAdopted.count");
  }

  @Test
  void catchesAMetricOfASearchThatNobodySends() {
    assertThat(
            spoilt(
                template ->
                    body(
                        template,
                        text -> text.replace("\\\"SinkRetries.count", "\\\"SinkTries.count"))))
        .contains(
            "Resources.Dashboard, widget \"Sinks\": nobody sends Sluice/Consumer SinkTries.count"
                + " operation");
  }

  private static Iterable<String> with(UnaryOperator<Pages> change) {
    return TemplateCheck.of(CommittedTemplate.read(), change.apply(pages()));
  }

  @Test
  void catchesAMetricThatWasRenamedInTheCode() {
    assertThat(
            with(
                p ->
                    new Pages(
                        p.metrics().replace("`BatchLatencyMillis.count`", "`Batches.count`"),
                        p.others(),
                        p.unused(),
                        p.operate())))
        .contains(
            "Resources.ConsumerSilent.Metrics[batches]: nobody sends Sluice/Consumer"
                + " BatchLatencyMillis.count",
            "docs/metrics.md: neither used nor in unused-metrics.txt: consumer Batches.count");
  }

  @Test
  void catchesAnUnusedMetricWithoutAReasonAndAReasonWithoutAMetric() {
    assertThat(
            with(
                p ->
                    new Pages(
                        p.metrics(),
                        p.others(),
                        p.unused()
                            + "\nconsumer TilesCommitted.count: in use"
                            + "\nconsumer NoSuch.count: gone",
                        p.operate())))
        .containsExactlyInAnyOrder(
            "unused-metrics.txt: is used: consumer TilesCommitted.count",
            "unused-metrics.txt: nobody sends consumer NoSuch.count");
  }

  @Test
  void catchesAnAlarmThatDoesNotSayWhatToDo() {
    assertThat(
            spoilt(
                template ->
                    properties(template, "ConsumerSilent")
                        .put("AlarmDescription", "It is silent.")))
        .containsExactly("Resources.ConsumerSilent: the description does not say what to do");
  }

  @Test
  void catchesAnAlarmWithoutASectionInTheDocuments() {
    assertThat(
            with(
                p ->
                    new Pages(
                        p.metrics(),
                        p.others(),
                        p.unused(),
                        p.operate().replace("### Queue waits\n", "### A queue waits\n"))))
        .containsExactlyInAnyOrder(
            "Resources.FilesQueueAge: docs/operate.md has no section queue-waits",
            "Resources.RegistrationsQueueAge: docs/operate.md has no section queue-waits");
  }

  @Test
  void catchesAnAlarmThatTellsNobody() {
    assertThat(spoilt(template -> properties(template, "FilesThrottles").remove("AlarmActions")))
        .contains("Resources.FilesThrottles: AlarmActions tells nobody");
  }

  @Test
  void catchesAnAlarmThatThePageForgot() {
    assertThat(
            spoilt(
                template -> {
                  var parts = (ArrayNode) properties(template, "Page").at("/AlarmRule/Fn::Join/1");
                  for (int i = parts.size() - 1; i > 0; i--) {
                    if (parts.get(i).toString().contains("${ConsumerSilent}")) {
                      parts.remove(i);
                    }
                  }
                }))
        .containsExactly("Resources.ConsumerSilent: nobody would hear of it");
  }

  @Test
  void catchesASearchInAnAlarm() {
    assertThat(
            spoilt(
                template ->
                    ((ObjectNode) properties(template, "FilesErrorRate").at("/Metrics/0"))
                        .put("Expression", "SUM(SEARCH('x', 'Sum', 60))")))
        .containsExactly("Resources.FilesErrorRate: CloudWatch takes no alarm on SEARCH");
  }

  @Test
  void catchesTooManyMetricsAndTooLongATime() {
    assertThat(
            spoilt(
                template -> {
                  var metrics = (ArrayNode) properties(template, "FilesErrorRate").path("Metrics");
                  for (int i = 0; i < 9; i++) {
                    metrics.add(metrics.get(1).deepCopy());
                  }
                  properties(template, "FilesThrottles").put("EvaluationPeriods", 1_441);
                }))
        .containsExactly(
            "Resources.FilesErrorRate.Metrics: 11 metrics, at most 10",
            "Resources.FilesThrottles: 86460 seconds of all evaluation periods, at most 86400");
  }

  @Test
  void catchesAWidgetThatIsTooWide() {
    assertThat(
            spoilt(
                template ->
                    body(
                        template,
                        text ->
                            text.replace(
                                "\"width\":8,\"height\":6,\"properties\":{\"title\":\"Polling readers\"",
                                "\"width\":9,\"height\":6,\"properties\":{\"title\":\"Polling"
                                    + " readers\""))))
        .containsExactly(
            "Resources.Dashboard, widget \"Polling readers\": ends at column 25 of 24");
  }

  @Test
  void catchesAWidgetThatWouldLieOverAnother() {
    assertThat(
            spoilt(
                template ->
                    body(
                        template,
                        text ->
                            text.replace(
                                "\"width\":8,\"height\":6,\"properties\":{\"title\":\"Throttled\"",
                                "\"x\":0,\"y\":0,\"width\":8,\"height\":7,\"properties\":{\"title\":\"Throttled\""))))
        .contains(
            "Resources.Dashboard, widget \"Throttled\": has a place of its own",
            "Resources.Dashboard, widget \"Throttled\": is not as high as its row");
  }

  @Test
  void catchesAStar() {
    assertThat(
            spoilt(
                template -> {
                  var allow =
                      (ObjectNode)
                          properties(template, "PeopleTopicPolicy")
                              .at("/PolicyDocument/Statement/0");
                  allow.put("Action", "sns:*");
                  allow.put("Resource", "*");
                  allow.put("Principal", "*");
                }))
        .containsExactlyInAnyOrder(
            "Resources.PeopleTopicPolicy.Properties.PolicyDocument.Statement[0].Principal: allows"
                + " everybody",
            "Resources.PeopleTopicPolicy.Properties.PolicyDocument.Statement[0].Action: has a *:"
                + " \"sns:*\"",
            "Resources.PeopleTopicPolicy.Properties.PolicyDocument.Statement[0].Resource: has a *:"
                + " \"*\"");
  }

  @Test
  void catchesAParameterWithoutWordsOrBounds() {
    assertThat(
            spoilt(
                template -> {
                  var parameters = (ObjectNode) template.path("Parameters");
                  ((ObjectNode) parameters.path("StreamName"))
                      .put("ConstraintDescription", "wrong");
                  ((ObjectNode) parameters.path("TweetsRetentionHours")).remove("MaxValue");
                  parameters
                      .putObject("Forgotten")
                      .put("Type", "String")
                      .put("Default", "a")
                      .put("AllowedPattern", ".*")
                      .put("ConstraintDescription", "Forgotten: expected anything.");
                }))
        .containsExactly(
            "Parameters.StreamName: ConstraintDescription does not name it",
            "Parameters.TweetsRetentionHours: takes any value",
            "Parameters.Forgotten: is not used");
  }

  @Test
  void catchesATemplateThatCloudFormationWouldNotTake() {
    assertThat(
            spoilt(
                template -> {
                  var resources = (ObjectNode) template.path("Resources");
                  for (int i = 0; i < 400; i++) {
                    resources
                        .putObject("Topic" + i)
                        .put("Type", "AWS::SNS::Topic")
                        .putObject("Properties")
                        .put("DisplayName", "x".repeat(2_000));
                  }
                }))
        .hasSize(2)
        .anySatisfy(problem -> assertThat(problem).startsWith("template: ").endsWith(" 1000000"))
        .contains("Resources: 504 resources, at most 500");
  }

  @Test
  void catchesAPageOfTooManyAlarms() {
    assertThat(
            spoilt(
                template -> {
                  var parts = (ArrayNode) properties(template, "Page").at("/AlarmRule/Fn::Join/1");
                  for (int i = 0; i < 70; i++) {
                    parts.add(" OR ALARM(\"another-" + i + "\")");
                  }
                }))
        .contains(
            "Resources.Page: there is no alarm another-0",
            "Resources.Page: 109 alarms, at most 100")
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .endsWith(" characters with the longest stack name, at most 10240"));
  }

  @Test
  void catchesAnExpressionOfAWidgetWithoutItsMetric() {
    assertThat(
            spoilt(
                template ->
                    body(
                        template,
                        text -> text.replace("100 * rejected / lines", "100 * refused / lines"))))
        .containsExactly(
            "Resources.Dashboard, widget \"Rejected lines, %\": 100 * refused / lines: no metric has"
                + " the id refused");
  }
}
