package dev.sluice.local.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;

/** Writes the members of an answer in either format. A member whose value is null is left out. */
final class WireWriter {
  /** Writes the members of one item of a list. */
  @FunctionalInterface
  interface ItemWriter<T> {
    void write(T item) throws IOException;
  }

  private final JsonGenerator generator;
  private final WireFormat format;

  WireWriter(JsonGenerator generator, WireFormat format) {
    this.generator = generator;
    this.format = format;
  }

  void text(String name, String value) throws IOException {
    if (value != null) {
      generator.writeStringField(name, value);
    }
  }

  void number(String name, long value) throws IOException {
    generator.writeNumberField(name, value);
  }

  void flag(String name, boolean value) throws IOException {
    generator.writeBooleanField(name, value);
  }

  void blob(String name, byte[] value) throws IOException {
    generator.writeBinaryField(name, value);
  }

  void timestamp(String name, long epochMillis) throws IOException {
    generator.writeFieldName(name);
    format.writeTimestamp(generator, epochMillis);
  }

  void object(String name, Answer members) throws IOException {
    generator.writeObjectFieldStart(name);
    members.writeTo(this);
    generator.writeEndObject();
  }

  <T> void objects(String name, Collection<T> items, ItemWriter<T> item) throws IOException {
    generator.writeArrayFieldStart(name);
    for (T each : items) {
      generator.writeStartObject();
      item.write(each);
      generator.writeEndObject();
    }
    generator.writeEndArray();
  }

  void texts(String name, Collection<String> values) throws IOException {
    generator.writeArrayFieldStart(name);
    for (String value : values) {
      generator.writeString(value);
    }
    generator.writeEndArray();
  }
}
