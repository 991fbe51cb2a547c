package dev.sluice.consumer.tiles;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.sluice.enricher.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * Rejected lines of one tile as gzipped NDJSON, raw bytes in base64, so that every line can be read
 * again as it came; all but the first bytes of a very long one are left out where a limit is set.
 * Not thread-safe.
 */
final class RejectLines {
  private static final JsonFactory JSON = new JsonFactory();

  private final ShardAddress address;
  private final int maxRawBytes;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonGenerator generator;

  RejectLines(ShardAddress address, int maxRawBytes) {
    this.address = address;
    this.maxRawBytes = maxRawBytes;
    try {
      generator = JSON.createGenerator(new GZIPOutputStream(bytes));
      generator.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
  }

  /**
   * @param lineIndex 0 for the first line of the record
   * @param from first byte of the line in {@code buffer}
   * @param to one after its last byte
   */
  void add(
      RawRecord record, int lineIndex, byte[] buffer, int from, int to, Outcome.Rejected outcome) {
    try {
      generator.writeStartObject();
      generator.writeStringField("application", address.application());
      generator.writeStringField("stream", address.stream());
      generator.writeStringField("shard", address.shardId());
      generator.writeStringField("sequenceNumber", record.position().sequenceNumber());
      generator.writeNumberField("subSequenceNumber", record.position().subSequenceNumber());
      generator.writeNumberField("line", lineIndex);
      generator.writeStringField("reason", outcome.reason().name());
      generator.writeNumberField("offset", outcome.offset());
      generator.writeNumberField("attempt", record.attempt());
      generator.writeStringField("arrival", record.arrival().toString());
      int length = to - from;
      if (length > maxRawBytes) {
        generator.writeNumberField("length", length); // says that raw is not all of it
      }
      generator.writeFieldName("raw");
      generator.writeBinary(buffer, from, Math.min(length, maxRawBytes));
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the object. Called once. */
  byte[] finish() {
    try {
      generator.writeRaw('\n');
      generator.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
