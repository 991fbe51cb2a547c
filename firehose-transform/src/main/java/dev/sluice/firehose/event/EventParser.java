package dev.sluice.firehose.event;

import static com.fasterxml.jackson.core.JsonToken.END_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.START_ARRAY;
import static com.fasterxml.jackson.core.JsonToken.START_OBJECT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_NUMBER_INT;
import static com.fasterxml.jackson.core.JsonToken.VALUE_STRING;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.json.JsonText;
import java.io.IOException;

/**
 * Reads any event: keys in any order, unknown ones, values of the wrong kind (which count as
 * absent), escapes. Where a key comes twice, the later value counts. Slower than {@link
 * EventScanner}, and the judge of its answers. Not thread-safe.
 */
final class EventParser {
  private final JsonFactory json = new JsonFactory();
  private final OutputBuffer text = new OutputBuffer();
  private FirehoseEvent event;

  /**
   * Fills {@code into}, whose places are then in a text of its own.
   *
   * @param length bytes of the event
   * @return false when the event is not one JSON object
   */
  boolean parse(byte[] bytes, int length, FirehoseEvent into) {
    text.clear();
    event = into;
    event.begin(text.array());
    try (JsonParser parser = json.createParser(bytes, 0, length)) {
      if (parser.nextToken() != START_OBJECT) {
        return false;
      }
      readEvent(parser);
      return parser.nextToken() == null;
    } catch (IOException malformed) {
      return false;
    } finally {
      event.moveTo(text.array()); // it has moved while it grew
      event = null;
    }
  }

  private void readEvent(JsonParser parser) throws IOException {
    while (parser.nextToken() != END_OBJECT) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "invocationId" -> event.invocationId(string(parser, value));
        case "deliveryStreamArn" -> event.deliveryStreamArn(string(parser, value));
        case "region" -> event.region(string(parser, value));
        case "sourceKinesisStreamArn" -> event.sourceKinesisStreamArn(string(parser, value));
        case "records" -> readRecords(parser, value);
        default -> parser.skipChildren();
      }
    }
  }

  private static String string(JsonParser parser, JsonToken value) throws IOException {
    if (value == VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }

  private void readRecords(JsonParser parser, JsonToken value) throws IOException {
    if (value != START_ARRAY) {
      parser.skipChildren();
      return;
    }
    event.beginRecords();
    for (JsonToken element = parser.nextToken();
        element != JsonToken.END_ARRAY;
        element = parser.nextToken()) {
      event.beginRecord();
      if (element == START_OBJECT) {
        readRecord(parser);
      } else {
        parser.skipChildren();
      }
      event.endRecord();
    }
  }

  private void readRecord(JsonParser parser) throws IOException {
    while (parser.nextToken() != END_OBJECT) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "recordId" -> readId(parser, value);
        case "data" -> readField(RecordField.DATA, parser, value);
        case "kinesisRecordMetadata" -> readMetadata(parser, value);
        default -> parser.skipChildren();
      }
    }
  }

  private void readMetadata(JsonParser parser, JsonToken value) throws IOException {
    if (value != START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != END_OBJECT) {
      String key = parser.currentName();
      JsonToken member = parser.nextToken();
      switch (key) {
        case "shardId" -> readField(RecordField.SHARD_ID, parser, member);
        case "partitionKey" -> readField(RecordField.PARTITION_KEY, parser, member);
        case "sequenceNumber" -> readField(RecordField.SEQUENCE_NUMBER, parser, member);
        case "subsequenceNumber" -> {
          if (member == VALUE_NUMBER_INT) {
            set(RecordField.SUB_SEQUENCE_NUMBER, parser.getText());
          } else {
            readField(RecordField.SUB_SEQUENCE_NUMBER, parser, member);
          }
        }
        default -> parser.skipChildren();
      }
    }
  }

  private void readId(JsonParser parser, JsonToken value) throws IOException {
    if (value != VALUE_STRING) {
      parser.skipChildren();
      event.unset(RecordField.ID);
      return;
    }
    byte[] id = parser.getText().getBytes(UTF_8);
    int from = text.length();
    JsonText.append(id, 0, id.length, text);
    event.set(RecordField.ID, from, text.length());
  }

  private void readField(RecordField field, JsonParser parser, JsonToken value) throws IOException {
    if (value == VALUE_STRING) {
      set(field, parser.getText());
    } else {
      parser.skipChildren();
      event.unset(field);
    }
  }

  private void set(RecordField field, String value) {
    int from = text.length();
    text.append(value.getBytes(UTF_8));
    event.set(field, from, text.length());
  }
}
