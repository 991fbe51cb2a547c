package dev.sluice.functions.fanout.enrich;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.sluice.enricher.Outcome;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.event.StreamRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * Rejected lines as NDJSON with the members that those of the consumer have: raw bytes in base64,
 * so that every line can be read again as it came. Not thread-safe.
 */
final class RejectDocuments {
  private static final JsonFactory JSON = new JsonFactory();

  private final String application;
  private final StreamBatch batch;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
  private final JsonGenerator generator;

  RejectDocuments(String application, StreamBatch batch) {
    this.application = application;
    this.batch = batch;
    try {
      generator = JSON.createGenerator(bytes);
      generator.setPrettyPrinter(new MinimalPrettyPrinter(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
  }

  /**
   * @param lineIndex 0 for the first line of the payload
   * @param from first byte of the line in {@code buffer}
   * @param to one after its last byte
   */
  void add(
      StreamRecord record,
      long subSequenceNumber,
      int lineIndex,
      byte[] buffer,
      int from,
      int to,
      Outcome.Rejected outcome) {
    try {
      generator.writeStartObject();
      generator.writeStringField("application", application);
      generator.writeStringField("stream", batch.stream());
      generator.writeStringField("shard", batch.shardId());
      generator.writeStringField("sequenceNumber", record.sequenceNumber());
      generator.writeNumberField("subSequenceNumber", subSequenceNumber);
      generator.writeNumberField("line", lineIndex);
      generator.writeStringField("reason", outcome.reason().name());
      generator.writeNumberField("offset", outcome.offset());
      generator.writeNumberField("attempt", record.attempt());
      generator.writeStringField(
          "arrival", Instant.ofEpochMilli(record.arrivalMillis()).toString());
      generator.writeFieldName("raw");
      generator.writeBinary(buffer, from, to - from);
      generator.writeEndObject();
      generator.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int length() {
    try {
      generator.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.size();
  }

  byte[] bytes() {
    length();
    return bytes.toByteArray();
  }
}
