package dev.sluice.functions.fanout.alerts;

import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * Alerts as messages of an SNS topic. To a FIFO topic they go in the order of their rule, and a
 * message that is sent again within SNS's five minutes is delivered once.
 */
record SnsAlerts(SnsClient sns, String topicArn) implements AlertPut {

  @Override
  public void publish(ShardKey shard, AlertMessage alert) {
    var message =
        PublishRequest.builder()
            .topicArn(topicArn)
            .subject(alert.subject())
            .message(alert.body())
            .messageAttributes(
                Map.of(
                    "alert_id", text(alert.id()),
                    "rule", text(alert.rule()),
                    "kind", text(alert.kind()),
                    "stream", text(shard.stream()),
                    "shard", text(shard.shardId())));
    if (topicArn.endsWith(".fifo")) {
      message
          .messageGroupId(alert.rule())
          .messageDeduplicationId(
              alert.id() + '-' + Integer.toHexString(shard.stream().hashCode()));
    }
    sns.publish(message.build());
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }
}
