package dev.sluice.consumer.fanout;

import dev.sluice.consumer.tiles.ConsumerEvents;
import dev.sluice.fanout.Alert;
import dev.sluice.fanout.AlertText;
import java.util.Map;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * Alerts as messages of an SNS topic. To a FIFO topic they go in the order of their rule, and a
 * message that is sent again within SNS's five minutes is delivered once.
 */
public final class SnsAlerts {
  private final SnsClient sns;
  private final String topicArn;
  private final String stream;
  private final BoundedCalls calls;
  private final ConsumerEvents events;

  public SnsAlerts(
      SnsClient sns, String topicArn, String stream, BoundedCalls calls, ConsumerEvents events) {
    this.sns = sns;
    this.topicArn = topicArn;
    this.stream = stream;
    this.calls = calls;
    this.events = events;
  }

  void send(Alert alert, BooleanSupplier giveUp) throws NotSentException, InterruptedException {
    PublishRequest message = message(alert);
    calls.call("Publish", () -> sns.publish(message), giveUp);
    events.alertSent(alert);
  }

  private PublishRequest message(Alert alert) {
    var message =
        PublishRequest.builder()
            .topicArn(topicArn)
            .subject(AlertText.subject(alert, stream))
            .message(AlertText.body(alert, stream))
            .messageAttributes(
                Map.of(
                    "alert_id", text(alert.id()),
                    "rule", text(alert.rule().name()),
                    "kind", text(alert.kind().name()),
                    "stream", text(stream)));
    if (topicArn.endsWith(".fifo")) {
      message
          .messageGroupId(alert.rule().name())
          .messageDeduplicationId(alert.id() + '-' + Integer.toHexString(stream.hashCode()));
    }
    return message.build();
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }
}
