package dev.sluice.files.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.files.calls.ServiceFailure;
import dev.sluice.files.event.UploadEvent;
import dev.sluice.files.report.FileReport;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * Messages of an SNS topic, at least once: the attribute {@code notice_id} is the same whenever one
 * upload is told of, and different for another attempt. A FIFO topic drops repeats by it.
 */
public record TopicNotices(SnsClient sns, String topicArn) implements Notices {

  @Override
  public void tell(FileReport report) {
    UploadEvent upload = report.upload();
    Notice notice = Notice.of(report);
    String id = id(upload.identity());
    var message =
        PublishRequest.builder()
            .topicArn(topicArn)
            .subject(notice.subject())
            .message(notice.body())
            .messageAttributes(
                Map.of(
                    "notice_id", text(id),
                    "state", text(report.state().name()),
                    "kind", text(report.kind().label()),
                    "bucket", text(upload.bucket())));
    if (topicArn.endsWith(".fifo")) {
      message.messageGroupId(id(upload.bucket() + '/' + upload.key())).messageDeduplicationId(id);
    }
    ServiceFailure.orThrow("sns:Publish", topicArn, () -> sns.publish(message.build()));
  }

  private static String id(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString();
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }
}
