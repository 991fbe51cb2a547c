package dev.sluice.firehose.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.event.RecordField;
import dev.sluice.firehose.record.DeadLetter;
import dev.sluice.firehose.sending.BatchSender;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Sends each rejected line as a message to an SQS queue: reason, offset, position, and the line in
 * Base64, because SQS refuses raw control characters. The client is opened by the first line. Not
 * thread-safe.
 */
public final class QueuedLines implements DeadLetters {
  private final JsonFactory json = new JsonFactory();
  private final String queueUrl;
  private final Supplier<SqsClient> openSqs;
  private final BatchSender sender;
  private SqsClient sqs; // null until it is needed

  public QueuedLines(String queueUrl, Supplier<SqsClient> openSqs, BatchSender sender) {
    this.queueUrl = queueUrl;
    this.openSqs = openSqs;
    this.sender = sender;
  }

  @Override
  public BitSet send(FirehoseEvent event, List<DeadLetter> letters, IntSupplier remainingMillis) {
    var lines = new ArrayList<QueuedLine>();
    letters.forEach(letter -> lines.add(new QueuedLine(body(event, letter))));
    BitSet taken = taken(lines, remainingMillis);
    var refused = new BitSet();
    for (int i = 0; i < letters.size(); i++) {
      if (!taken.get(i)) {
        refused.set(letters.get(i).record());
      }
    }
    return refused;
  }

  private BitSet taken(List<QueuedLine> lines, IntSupplier remainingMillis) {
    try {
      if (sqs == null) {
        sqs = openSqs.get();
      }
    } catch (SdkException noClient) { // no region or no credentials: nothing is taken
      return new BitSet();
    }
    return sender.send(lines, new QueuePut(sqs, queueUrl), remainingMillis);
  }

  private String body(FirehoseEvent event, DeadLetter letter) {
    var body = new StringWriter();
    try (JsonGenerator object = json.createGenerator(body)) {
      object.writeStartObject();
      object.writeStringField("reason", letter.outcome().reason().name());
      object.writeNumberField("offset", letter.outcome().offset());
      object.writeStringField("delivery_stream", event.deliveryStreamName());
      object.writeStringField("record_id", event.string(letter.record(), RecordField.ID));
      object.writeNumberField("line", letter.lineIndex());
      if (event.hasKinesisSource()) {
        object.writeStringField("stream", event.sourceKinesisStreamName());
        object.writeStringField("shard", event.string(letter.record(), RecordField.SHARD_ID));
        object.writeStringField(
            "sequence_number", event.string(letter.record(), RecordField.SEQUENCE_NUMBER));
        object.writeStringField(
            "sub_sequence_number", event.string(letter.record(), RecordField.SUB_SEQUENCE_NUMBER));
      }
      object.writeFieldName("raw");
      object.writeBinary(letter.line());
      object.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
    return body.toString();
  }
}
