package dev.sluice.local.firehose;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.local.kinesis.StreamTail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The event that Firehose invokes a function with (AWS Lambda, "Amazon Data Firehose"). */
final class TransformEvent {

  private static final JsonFactory JSON = new JsonFactory();

  private final String streamArn;
  private final String region;
  private final Optional<String> sourceArn;

  TransformEvent(String streamArn, String region, Optional<String> sourceArn) {
    this.streamArn = streamArn;
    this.region = region;
    this.sourceArn = sourceArn;
  }

  byte[] write(String invocationId, List<FirehoseRecord> records) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("invocationId", invocationId);
      out.writeStringField("deliveryStreamArn", streamArn);
      out.writeStringField("region", region);
      if (sourceArn.isPresent()) {
        out.writeStringField("sourceKinesisStreamArn", sourceArn.get());
      }
      out.writeArrayFieldStart("records");
      for (FirehoseRecord record : records) {
        write(out, record);
      }
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator out, FirehoseRecord record) throws IOException {
    out.writeStartObject();
    out.writeStringField("recordId", record.recordId());
    out.writeNumberField("approximateArrivalTimestamp", record.arrivalMillis());
    out.writeBinaryField("data", record.data());
    if (record.source().isPresent()) {
      StreamTail.Item source = record.source().get();
      out.writeObjectFieldStart("kinesisRecordMetadata");
      out.writeStringField("shardId", source.shardId());
      out.writeStringField("partitionKey", source.partitionKey());
      out.writeNumberField("approximateArrivalTimestamp", source.arrivalMillis());
      out.writeStringField("sequenceNumber", source.sequenceNumber());
      out.writeNumberField("subsequenceNumber", record.subSequenceNumber());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  /** How many bytes of an event a record takes, with the comma behind it. */
  static int bytes(FirehoseRecord record) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      write(out, record);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.size() + 1;
  }

  /** How many bytes an event without records has. */
  int bytesWithoutRecords() {
    return write("00000000-0000-0000-0000-000000000000", List.of()).length;
  }
}
