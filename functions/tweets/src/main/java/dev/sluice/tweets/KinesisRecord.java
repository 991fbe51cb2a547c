package dev.sluice.tweets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One record of a Kinesis event.
 *
 * @param sequenceNumber empty when there is none, which names the whole batch
 * @param shard empty when it is not told
 * @param stream empty when it is not told
 * @param data null when the event holds no Base64 for it
 */
record KinesisRecord(String sequenceNumber, String shard, String stream, byte[] data) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException when it is no event of a stream
   */
  static List<KinesisRecord> read(InputStream event) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(event);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the event is no JSON");
    }
    JsonNode records = json.path("Records");
    if (!records.isArray()) {
      throw new IllegalArgumentException("the event has no Records");
    }
    var read = new ArrayList<KinesisRecord>();
    for (JsonNode record : records) {
      JsonNode kinesis = record.path("kinesis");
      if (!kinesis.isObject()) {
        throw new IllegalArgumentException("a record is none of Kinesis");
      }
      read.add(
          new KinesisRecord(
              kinesis.path("sequenceNumber").asText(""),
              before(':', record.path("eventID").asText("")),
              after('/', record.path("eventSourceARN").asText("")),
              data(kinesis.path("data"))));
    }
    return read;
  }

  private static String before(char sign, String text) {
    return text.substring(0, Math.max(0, text.indexOf(sign)));
  }

  private static String after(char sign, String text) {
    return text.substring(text.indexOf(sign) + 1);
  }

  private static byte[] data(JsonNode data) {
    try {
      return data.isTextual() ? Base64.getDecoder().decode(data.textValue()) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
