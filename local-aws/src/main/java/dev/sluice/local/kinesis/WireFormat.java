package dev.sluice.local.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.sluice.local.ServiceError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The two body formats of the Kinesis API. They differ in blobs (JSON: base64 text, CBOR: byte
 * string) and in timestamps (JSON: epoch seconds with decimals, CBOR: tag 1 and epoch milliseconds,
 * as the AWS SDKs write them).
 */
enum WireFormat {
  JSON("application/x-amz-json-1.1", new ObjectMapper()),
  CBOR("application/x-amz-cbor-1.1", new ObjectMapper(new CBORFactory()));

  private static final int EPOCH_TIME_TAG = 1; // RFC 8949, 3.4.2
  private static final int MILLIS_DECIMALS = 3;

  private final String contentType;
  private final ObjectMapper mapper;

  WireFormat(String contentType, ObjectMapper mapper) {
    this.contentType = contentType;
    this.mapper = mapper;
  }

  String contentType() {
    return contentType;
  }

  /** The format of a request; JSON when the content type says nothing of CBOR. */
  static WireFormat of(String contentType) {
    return contentType != null && contentType.contains("cbor") ? CBOR : JSON;
  }

  /**
   * @throws ServiceError SerializationException when the body is no object in this format
   */
  Input read(byte[] body) {
    try {
      JsonNode root = body.length == 0 ? mapper.createObjectNode() : mapper.readTree(body);
      if (root == null || !root.isObject()) {
        throw ServiceError.serialization("The request body is not a structure.");
      }
      return new Input(root, this);
    } catch (IOException e) {
      throw ServiceError.serialization("The request body can not be parsed as " + name() + ".");
    }
  }

  byte[] write(Answer answer) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = mapper.getFactory().createGenerator(bytes)) {
      generator.writeStartObject();
      answer.writeTo(new WireWriter(generator, this));
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  void writeTimestamp(JsonGenerator generator, long epochMillis) throws IOException {
    if (this == CBOR) {
      ((CBORGenerator) generator).writeTag(EPOCH_TIME_TAG);
      generator.writeNumber(epochMillis);
    } else {
      generator.writeNumber(BigDecimal.valueOf(epochMillis, MILLIS_DECIMALS));
    }
  }

  Instant readTimestamp(JsonNode value) {
    if (this == CBOR && value.isIntegralNumber()) {
      return Instant.ofEpochMilli(value.longValue());
    }
    return Instant.ofEpochMilli(value.decimalValue().movePointRight(MILLIS_DECIMALS).longValue());
  }
}
