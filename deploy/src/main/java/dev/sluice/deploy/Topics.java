package dev.sluice.deploy;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.CfnCondition;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.services.sns.CfnSubscription;
import software.amazon.awscdk.services.sns.CfnTopic;
import software.amazon.awscdk.services.sns.CfnTopicPolicy;

/** Topics: encrypted, published to by TLS alone, with one e-mail address if it is given. */
final class Topics {
  private Topics() {}

  static CfnTopic of(
      SluiceStack stack, String id, String displayName, Optional<CfnCondition> onlyIf) {
    CfnTopic topic =
        CfnTopic.Builder.create(stack, id)
            .displayName(displayName)
            .kmsMasterKeyId("alias/aws/sns")
            .build();
    CfnTopicPolicy policy =
        CfnTopicPolicy.Builder.create(stack, id + "Policy")
            .topics(List.of(topic.getRef()))
            .policyDocument(
                Statement.document(
                    List.of(Statement.refuseWithoutTls("sns:Publish", topic.getRef()))))
            .build();
    CfnParameter email =
        Parameter.text(stack, "NotificationEmail", "Address that is told; none when empty.")
            .matching("([^@\\s]+@[^@\\s]+\\.[^@\\s]+)?", "an e-mail address, or nothing")
            .defaultsTo("")
            .create();
    CfnCondition given = stack.given("HasNotificationEmail", email);
    CfnSubscription subscription =
        CfnSubscription.Builder.create(stack, id + "Email")
            .topicArn(topic.getRef())
            .protocol("email")
            .endpoint(email.getValueAsString())
            .build();
    CfnCondition subscribed = given;
    if (onlyIf.isPresent()) {
      topic.getCfnOptions().setCondition(onlyIf.get());
      policy.getCfnOptions().setCondition(onlyIf.get());
      subscribed =
          stack.condition(
              id + "HasEmail", software.amazon.awscdk.Fn.conditionAnd(onlyIf.get(), given));
    }
    subscription.getCfnOptions().setCondition(subscribed);
    return topic;
  }
}
