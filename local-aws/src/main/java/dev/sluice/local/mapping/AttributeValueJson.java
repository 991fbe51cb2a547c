package dev.sluice.local.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attributes of an item in DynamoDB's own JSON, {@code {"Id":{"N":"101"}}}. */
final class AttributeValueJson {

  private AttributeValueJson() {}

  static void write(JsonGenerator out, Map<String, AttributeValue> attributes) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, AttributeValue> each : attributes.entrySet()) {
      out.writeFieldName(each.getKey());
      write(out, each.getValue());
    }
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, AttributeValue value) throws IOException {
    out.writeStartObject();
    out.writeFieldName(value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name());
    switch (value.type()) {
      case S -> out.writeString(value.s());
      case N -> out.writeString(value.n());
      case B -> out.writeBinary(value.b().asByteArray());
      case BOOL -> out.writeBoolean(value.bool());
      case NUL -> out.writeBoolean(value.nul());
      case SS -> writeAll(out, value.ss());
      case NS -> writeAll(out, value.ns());
      case BS -> {
        out.writeStartArray();
        for (SdkBytes each : value.bs()) {
          out.writeBinary(each.asByteArray());
        }
        out.writeEndArray();
      }
      case L -> {
        out.writeStartArray();
        for (AttributeValue each : value.l()) {
          write(out, each);
        }
        out.writeEndArray();
      }
      case M -> write(out, value.m());
      case UNKNOWN_TO_SDK_VERSION -> out.writeNull();
    }
    out.writeEndObject();
  }

  private static void writeAll(JsonGenerator out, List<String> values) throws IOException {
    out.writeStartArray();
    for (String each : values) {
      out.writeString(each);
    }
    out.writeEndArray();
  }
}
