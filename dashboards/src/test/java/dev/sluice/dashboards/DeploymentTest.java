package dev.sluice.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.dashboards.simulation.Deployment;
import dev.sluice.dashboards.simulation.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What parameters do: what is not deployed leaves nothing behind, what is wrong is refused. */
class DeploymentTest {
  private static final int COLUMNS = 24;

  private static Deployment deploy(Map<String, String> values) {
    return Deployment.of(CommittedTemplate.read(), values);
  }

  private static Map<String, String> with(String... namesAndValues) {
    var values = new HashMap<>(CommittedTemplate.nothing());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return values;
  }

  @Test
  void deploysNothingButTheFrameForWhoHasNothing() {
    assertThat(deploy(CommittedTemplate.nothing()).resources())
        .containsOnlyKeys(
            "Page",
            "DeployInProgress",
            "Dashboard",
            "PeopleTopic",
            "PeopleTopicPolicy",
            "DetailsTopic",
            "DetailsTopicPolicy",
            "Email");
  }

  @Test
  void deploysAllThatIsInTheTemplateForWhoHasEverything() {
    JsonNode template = CommittedTemplate.read();

    assertThat(deploy(CommittedTemplate.everything()).resources().keySet())
        .containsExactlyInAnyOrderElementsOf(
            template.path("Resources").properties().stream().map(Map.Entry::getKey).toList());
  }

  @Test
  void watchesOneFunctionAlone() {
    Deployment one = deploy(with("TweetsFunction", "tweets"));

    assertThat(one.resources("AWS::CloudWatch::Alarm").keySet())
        .containsExactlyInAnyOrder(
            "TweetsErrorRate",
            "TweetsRecordFailures",
            "TweetsTimeLeft",
            "TweetsThrottles",
            "TweetsIteratorAge",
            "TweetsRetention",
            "DeployInProgress");
    assertThat(
            one.resources("AWS::Logs::QueryDefinition").get("QueryDuration").path("LogGroupNames"))
        .extracting(JsonNode::asText)
        .containsExactly("/aws/lambda/tweets");
  }

  @Test
  void needsAnAddress() {
    assertThatThrownBy(() -> deploy(Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("Parameters: [NotificationEmail] must have values");
  }

  @ParameterizedTest
  @CsvSource({
    "NotificationEmail, nobody",
    "TopicKeyArn, alias/sns",
    "DeploymentName, ''",
    "StreamName, a stream",
    "StreamRetentionHours, 23",
    "StreamRetentionHours, a day",
    "ConsumerNamespace, AWS\"",
    "KclMetrics, yes",
    "ConsumerLogGroup, 'quo\"te'",
    "DeliveryStream, a/b",
    "FirehoseFunction, 'arn:aws:lambda:eu-central-1:123456789012:function:f'",
    "FirehoseTimeout, 901",
    "TimeoutBufferSeconds, -1",
    "FilesErrorQueue, 'https://sqs.eu-central-1.amazonaws.com/123456789012/q'",
    "FilesTable, t",
    "RegistrationsDatabase, 1",
    "WebLoadBalancer, web",
    "WebTargetGroup, web"
  })
  void refusesAWrongValueAndNamesTheParameter(String parameter, String value) {
    assertThatThrownBy(() -> deploy(with(parameter, value)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "Parameter '%s' failed to satisfy constraint: %s: expected "
                .formatted(parameter, parameter));
  }

  @ParameterizedTest
  @CsvSource({
    "ConsumerApplication, a, ConsumerApplication: needs StreamName",
    "KclMetrics, true, KclMetrics: needs ConsumerApplication",
    "ConsumerCluster, a, ConsumerCluster: needs ConsumerService",
    "ConsumerService, a, ConsumerService: needs ConsumerCluster",
    "FirehoseFunction, a, FirehoseFunction: needs DeliveryStream",
    "FanOutAlertsFunction, a, FanOutAlertsFunction: needs StreamName",
    "FanOutEnrichFunction, a, FanOutEnrichFunction: needs StreamName",
    "FanOutMetricsFunction, a, FanOutMetricsFunction: needs StreamName",
    "WebTargetGroup, targetgroup/a/0123456789abcdef, WebTargetGroup: needs WebLoadBalancer",
    "WebLoadBalancer, app/a/0123456789abcdef, WebLoadBalancer: needs WebTargetGroup"
  })
  void refusesOneWithoutTheOtherAndNamesBoth(String parameter, String value, String message) {
    assertThatThrownBy(() -> deploy(with(parameter, value)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(message + ", which is empty.");
  }

  /** Whatever is left out: the dashboard stays JSON, its rows full, its alarms there. */
  @Test
  void theDashboardIsWholeWhateverIsDeployed() {
    JsonNode template = CommittedTemplate.read();
    Map<String, String> all = CommittedTemplate.everything();
    for (String parameter : all.keySet()) {
      var values = with(parameter, all.get(parameter));
      for (String beside :
          List.of(
              "StreamName",
              "ConsumerApplication",
              "ConsumerCluster",
              "ConsumerService",
              "DeliveryStream",
              "WebLoadBalancer",
              "WebTargetGroup")) {
        values.put(beside, all.get(beside));
      }
      Deployment some = Deployment.of(template, values);
      int column = 0;
      for (JsonNode widget : MetricUse.widgets(some)) {
        column += widget.path("width").asInt();
        assertThat(column).as("%s, %s", parameter, widget).isLessThanOrEqualTo(COLUMNS);
        column = column == COLUMNS ? 0 : column;
      }
      assertThat(column).as(parameter).isZero();
    }
  }

  /** Alarms and widgets come and go with the same parameter. */
  @Test
  void theDashboardOfNothingIsItsHealthAlone() {
    Deployment nothing = deploy(CommittedTemplate.nothing());

    assertThat(MetricUse.widgets(nothing))
        .extracting(widget -> widget.path("type").asText())
        .containsExactly("text", "alarm", "alarm");
    assertThat(nothing.resources().get("Page").path("AlarmRule").asText()).isEqualTo("FALSE");
  }
}
