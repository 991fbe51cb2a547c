package dev.sluice.functions.fanout.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads events of Kinesis streams. Keys that are not needed are passed over. Not thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html">Example event</a>
 */
public final class StreamEventReader {
  /** Most bytes of an event: twice and a half what Lambda lets through, 6 MB. */
  public static final int MAX_EVENT_BYTES = 16 * 1024 * 1024;

  private static final double MILLIS = 1e3;

  /** Kinesis uses 56 digits and documents no more than 128. */
  private static final Pattern SEQUENCE_NUMBER = Pattern.compile("0|[1-9]\\d{0,127}");

  private static final String STREAM_OF_ARN = ":stream/";

  private final JsonFactory json = new JsonFactory();
  private final List<StreamRecord> records = new ArrayList<>();
  private String stream;
  private String shardId;

  // Of the record that is being read.
  private String eventId;
  private String sourceArn;
  private String sequenceNumber;
  private String partitionKey;
  private long arrivalMillis;
  private byte[] data;

  /**
   * Reads to the end of the stream.
   *
   * @throws UnknownEventException when it is no event of a Kinesis stream
   * @throws IOException when it cannot be read, or is longer than {@link #MAX_EVENT_BYTES}
   */
  public StreamBatch read(InputStream event) throws IOException {
    byte[] bytes = event.readNBytes(MAX_EVENT_BYTES + 1);
    if (bytes.length > MAX_EVENT_BYTES) {
      throw new IOException("the event has more than " + MAX_EVENT_BYTES + " bytes");
    }
    records.clear();
    stream = "";
    shardId = "";
    try (JsonParser parser = json.createParser(bytes)) {
      readEvent(parser);
      return new StreamBatch(stream, shardId, records);
    } catch (JsonProcessingException broken) {
      long at = broken.getLocation() == null ? -1 : broken.getLocation().getByteOffset();
      throw new UnknownEventException("the event is no JSON of ours, at byte " + at);
    } finally {
      records.clear();
    }
  }

  private void readEvent(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new UnknownEventException("the event is no JSON object");
    }
    boolean found = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isRecords = parser.currentName().equals("Records");
      JsonToken value = parser.nextToken();
      if (isRecords && value == JsonToken.START_ARRAY) {
        found = true;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          readRecord(parser);
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
          throw missing("an object");
        }
      } else {
        parser.skipChildren();
      }
    }
    if (!found) {
      throw new UnknownEventException("the event has no Records: is it of a Kinesis stream?");
    }
  }

  private void readRecord(JsonParser parser) throws IOException {
    eventId = "";
    sourceArn = "";
    sequenceNumber = "";
    partitionKey = "";
    arrivalMillis = -1;
    data = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "kinesis" -> {
          if (value == JsonToken.START_OBJECT) {
            readKinesis(parser);
          } else {
            parser.skipChildren();
          }
        }
        case "eventID" -> eventId = text(parser);
        case "eventSourceARN" -> sourceArn = text(parser);
        default -> parser.skipChildren();
      }
    }
    addRecord();
  }

  private void readKinesis(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "sequenceNumber" -> sequenceNumber = text(parser);
        case "partitionKey" -> partitionKey = text(parser);
        case "approximateArrivalTimestamp" -> {
          if (value.isNumeric()) {
            arrivalMillis = Math.round(parser.getDoubleValue() * MILLIS);
          }
        }
        case "data" -> {
          if (value == JsonToken.VALUE_STRING) {
            data = parser.getBinaryValue();
          }
        }
        default -> parser.skipChildren();
      }
    }
  }

  private static String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }

  private void addRecord() {
    if (!SEQUENCE_NUMBER.matcher(sequenceNumber).matches()) {
      throw missing("kinesis.sequenceNumber");
    }
    if (data == null) {
      throw missing("kinesis.data");
    }
    if (arrivalMillis < 0) {
      throw missing("kinesis.approximateArrivalTimestamp");
    }
    String ofShard = shardId(eventId);
    String ofStream = stream(sourceArn);
    if (records.isEmpty()) {
      shardId = ofShard;
      stream = ofStream;
    } else if (!shardId.equals(ofShard) || !stream.equals(ofStream)) {
      throw new UnknownEventException("the event has records of several shards");
    }
    records.add(new StreamRecord(sequenceNumber, arrivalMillis, partitionKey, data));
  }

  /** What stands before the sequence number: {@code shardId-000000000006:4959...}. */
  private String shardId(String id) {
    int colon = id.lastIndexOf(':');
    if (colon <= 0) {
      throw missing("eventID");
    }
    return id.substring(0, colon);
  }

  /** The name of the stream, also where the mapping reads by a fan-out consumer of it. */
  private String stream(String arn) {
    int at = arn.indexOf(STREAM_OF_ARN);
    if (at < 0) {
      throw missing("eventSourceARN of a stream");
    }
    String name = arn.substring(at + STREAM_OF_ARN.length());
    int consumer = name.indexOf('/');
    return consumer < 0 ? name : name.substring(0, consumer);
  }

  private UnknownEventException missing(String what) {
    return new UnknownEventException("record " + records.size() + " has no " + what);
  }
}
