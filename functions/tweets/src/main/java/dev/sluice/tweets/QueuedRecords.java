package dev.sluice.tweets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.tweets.message.MalformedReason;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Sends each record as a message to an SQS queue: reason, position, and the data in Base64, because
 * SQS refuses raw control characters.
 */
final class QueuedRecords implements DeadLetters {
  /**
   * Base64 of so many bytes fits a message of 256 KiB, the bound of queues that were made before it
   * became 1 MiB. The rest is found in the stream, by its sequence number.
   */
  static final int MAX_RAW_BYTES = 180_000;

  private final JsonFactory json = new JsonFactory();
  private final SqsClient client;
  private final String queueUrl;

  QueuedRecords(SqsClient client, String queueUrl) {
    this.client = client;
    this.queueUrl = queueUrl;
  }

  @Override
  public void send(KinesisRecord record, MalformedReason reason, String detail) {
    String body = body(record, reason, detail);
    client.sendMessage(send -> send.queueUrl(queueUrl).messageBody(body));
  }

  private String body(KinesisRecord record, MalformedReason reason, String detail) {
    byte[] raw = record.data() == null ? new byte[0] : record.data();
    var body = new StringWriter();
    try (JsonGenerator object = json.createGenerator(body)) {
      object.writeStartObject();
      object.writeStringField("reason", reason.name());
      object.writeStringField("detail", detail);
      object.writeStringField("stream", record.stream());
      object.writeStringField("shard", record.shard());
      object.writeStringField("sequence_number", record.sequenceNumber());
      object.writeNumberField("bytes", raw.length);
      object.writeFieldName("raw");
      object.writeBinary(raw, 0, Math.min(raw.length, MAX_RAW_BYTES));
      object.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
    return body.toString();
  }
}
