package dev.sluice.dashboards.monitoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.sns.CfnSubscription;
import software.amazon.awscdk.services.sns.CfnTopic;
import software.amazon.awscdk.services.sns.CfnTopicPolicy;

/**
 * Two topics: people hear of pages and of what can wait; the details are each alarm below the page,
 * for a chat or a ticket, and go on during deployments.
 */
final class Topics {
  private static final String PEOPLE = "PeopleTopic";
  private static final String DETAILS = "DetailsTopic";

  private final Stack stack;
  private final Map<String, CfnCondition> conditions;

  Topics(Stack stack, Map<String, CfnCondition> conditions) {
    this.stack = stack;
    this.conditions = conditions;
    topic(PEOPLE, "Sluice: pages and notices");
    topic(DETAILS, "Sluice: each alarm");
    CfnSubscription.Builder.create(stack, "Email")
        .topicArn(people())
        .protocol("email")
        .endpoint(Fn.ref(Parameters.EMAIL.id()))
        .build();
  }

  String people() {
    return Fn.ref(PEOPLE);
  }

  String details() {
    return Fn.ref(DETAILS);
  }

  private void topic(String id, String name) {
    String key = Parameters.TOPIC_KEY.given();
    if (!conditions.containsKey(key)) {
      throw new IllegalStateException("no condition " + key);
    }
    CfnTopic.Builder.create(stack, id)
        .displayName(name)
        .kmsMasterKeyId(
            Token.asString(
                Fn.conditionIf(key, Fn.ref(Parameters.TOPIC_KEY.id()), Fn.ref("AWS::NoValue"))))
        .build();
    CfnTopicPolicy.Builder.create(stack, id + "Policy")
        .topics(List.of(Fn.ref(id)))
        .policyDocument(policy(Fn.ref(id)))
        .build();
  }

  /** CloudWatch of this account may publish, and nobody without TLS. */
  private static Map<String, Object> policy(String topic) {
    return ordered(
        "Version",
        "2012-10-17",
        "Statement",
        List.of(
            ordered(
                "Sid",
                "Alarms",
                "Effect",
                "Allow",
                "Principal",
                ordered("Service", "cloudwatch.amazonaws.com"),
                "Action",
                "sns:Publish",
                "Resource",
                topic,
                "Condition",
                ordered("StringEquals", ordered("aws:SourceAccount", Fn.ref("AWS::AccountId")))),
            ordered(
                "Sid",
                "NoPlainText",
                "Effect",
                "Deny",
                "Principal",
                "*",
                "Action",
                "sns:Publish",
                "Resource",
                topic,
                "Condition",
                ordered("Bool", ordered("aws:SecureTransport", "false")))));
  }

  /** Names and values in turn; the template is the same text each time. */
  private static Map<String, Object> ordered(Object... namesAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
