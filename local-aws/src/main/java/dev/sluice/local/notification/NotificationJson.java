package dev.sluice.local.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.local.LocalAccount;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;

/**
 * An event as S3 writes it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">
 *     Event message structure</a>
 */
final class NotificationJson {
  private static final JsonFactory JSON = new JsonFactory();

  private NotificationJson() {}

  static String of(ObjectChange change) {
    var text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeArrayFieldStart("Records");
      out.writeStartObject();
      out.writeStringField("eventVersion", "2.1");
      out.writeStringField("eventSource", "aws:s3");
      out.writeStringField("awsRegion", LocalAccount.REGION);
      out.writeStringField("eventTime", change.time().toString());
      out.writeStringField("eventName", change.name());
      out.writeObjectFieldStart("s3");
      out.writeStringField("s3SchemaVersion", "1.0");
      out.writeStringField("configurationId", "local");
      out.writeObjectFieldStart("bucket");
      out.writeStringField("name", change.bucket());
      out.writeStringField("arn", "arn:aws:s3:::" + change.bucket());
      out.writeEndObject();
      out.writeObjectFieldStart("object");
      out.writeStringField("key", URLEncoder.encode(change.key(), UTF_8));
      if (!change.deletes()) {
        out.writeNumberField("size", change.bytes());
        out.writeStringField("eTag", change.eTag());
      }
      out.writeStringField("sequencer", change.sequencer());
      out.writeEndObject();
      out.writeEndObject();
      out.writeEndObject();
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }
}
