package dev.sluice.local.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.local.LocalAccount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** A record of an SQS event (AWS Lambda, "Using Lambda with Amazon SQS"). */
final class SqsMessageJson {

  private static final JsonFactory JSON = new JsonFactory();

  private SqsMessageJson() {}

  static byte[] of(Message message, String queueArn) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("messageId", message.messageId());
      out.writeStringField("receiptHandle", message.receiptHandle());
      out.writeStringField("body", message.body());
      out.writeObjectFieldStart("attributes");
      for (Map.Entry<String, String> each : message.attributesAsStrings().entrySet()) {
        out.writeStringField(each.getKey(), each.getValue());
      }
      out.writeEndObject();
      out.writeObjectFieldStart("messageAttributes");
      for (Map.Entry<String, MessageAttributeValue> each : message.messageAttributes().entrySet()) {
        out.writeFieldName(each.getKey());
        write(out, each.getValue());
      }
      out.writeEndObject();
      out.writeStringField("md5OfBody", message.md5OfBody());
      if (message.md5OfMessageAttributes() != null) {
        out.writeStringField("md5OfMessageAttributes", message.md5OfMessageAttributes());
      }
      out.writeStringField("eventSource", "aws:sqs");
      out.writeStringField("eventSourceARN", queueArn);
      out.writeStringField("awsRegion", LocalAccount.REGION);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator out, MessageAttributeValue value) throws IOException {
    out.writeStartObject();
    if (value.stringValue() != null) {
      out.writeStringField("stringValue", value.stringValue());
    }
    if (value.binaryValue() != null) {
      out.writeBinaryField("binaryValue", value.binaryValue().asByteArray());
    }
    out.writeArrayFieldStart("stringListValues");
    out.writeEndArray();
    out.writeArrayFieldStart("binaryListValues");
    out.writeEndArray();
    out.writeStringField("dataType", value.dataType());
    out.writeEndObject();
  }
}
