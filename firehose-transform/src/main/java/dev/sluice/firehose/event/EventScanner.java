package dev.sluice.firehose.event;

import java.nio.charset.StandardCharsets;

/**
 * Finds the places of an event of the usual shape: the keys that Firehose sends, in any order,
 * texts in ASCII without escapes, whole numbers. Of anything else it says that it does not know;
 * {@link EventParser} then reads the event. What both know, they answer alike. Not thread-safe.
 */
final class EventScanner {
  private static final byte[] INVOCATION_ID = ascii("invocationId");
  private static final byte[] DELIVERY_STREAM_ARN = ascii("deliveryStreamArn");
  private static final byte[] SOURCE_KINESIS_STREAM_ARN = ascii("sourceKinesisStreamArn");
  private static final byte[] REGION = ascii("region");
  private static final byte[] RECORDS = ascii("records");
  private static final byte[] RECORD_ID = ascii("recordId");
  private static final byte[] ARRIVAL = ascii("approximateArrivalTimestamp");
  private static final byte[] DATA = ascii("data");
  private static final byte[] METADATA = ascii("kinesisRecordMetadata");
  private static final byte[] SHARD_ID = ascii("shardId");
  private static final byte[] PARTITION_KEY = ascii("partitionKey");
  private static final byte[] SEQUENCE_NUMBER = ascii("sequenceNumber");
  private static final byte[] SUB_SEQUENCE_NUMBER = ascii("subsequenceNumber");

  /** The keys of an object, and what to do with the value of each; false ends the scan. */
  private interface Members {
    boolean member(int keyFrom, int keyTo);
  }

  private final Members topLevel = this::topLevelMember;
  private final Members record = this::recordMember;
  private final Members metadata = this::metadataMember;

  private final RecordShape shape = new RecordShape();

  private final JsonTokens tokens = new JsonTokens();
  private FirehoseEvent event;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Fills {@code into}, whose places are then in {@code newJson}.
   *
   * @param length bytes of the event
   * @return false when the event is not of the usual shape; {@code into} is then of no use
   */
  boolean scan(byte[] newJson, int length, FirehoseEvent into) {
    tokens.begin(newJson, length);
    event = into;
    event.begin(newJson);
    shape.forget();
    boolean usual = object(topLevel) && tokens.isAtEnd();
    tokens.begin(null, 0);
    event = null;
    return usual;
  }

  private boolean topLevelMember(int keyFrom, int keyTo) {
    if (tokens.isKey(RECORDS, keyFrom, keyTo)) {
      return !event.isKnown() && records();
    }
    if (!tokens.text(false)) {
      return false;
    }
    if (tokens.isKey(INVOCATION_ID, keyFrom, keyTo)) {
      event.invocationId(tokens.string());
    } else if (tokens.isKey(DELIVERY_STREAM_ARN, keyFrom, keyTo)) {
      event.deliveryStreamArn(tokens.string());
    } else if (tokens.isKey(REGION, keyFrom, keyTo)) {
      event.region(tokens.string());
    } else if (tokens.isKey(SOURCE_KINESIS_STREAM_ARN, keyFrom, keyTo)) {
      event.sourceKinesisStreamArn(tokens.string());
    } else {
      return false;
    }
    return true;
  }

  private boolean records() {
    event.beginRecords();
    if (!tokens.take('[')) {
      return false;
    }
    if (tokens.take(']')) {
      return true;
    }
    do {
      tokens.passDirectPuts(shape, event);
      if (!recordLikeBefore() && !anyRecord()) {
        return false;
      }
      event.endRecord();
    } while (tokens.take(','));
    return tokens.take(']');
  }

  private boolean anyRecord() {
    event.beginRecord();
    shape.begin(tokens.at());
    boolean usual = object(record);
    shape.end(tokens.at());
    return usual;
  }

  /** The short way: a record that differs from the one read last in nothing but its values. */
  private boolean recordLikeBefore() {
    if (!shape.isKnown()) {
      return false;
    }
    int start = tokens.at();
    event.beginRecord();
    boolean like =
        upToDataLikeBefore()
            ? tailLikeBefore() || valuesLikeBefore(shape.data() + 1)
            : valuesLikeBefore(0);
    if (!like) {
      tokens.back(start);
    }
    return like;
  }

  private boolean upToDataLikeBefore() {
    int start = tokens.at();
    if (!tokens.pass(shape.head())) {
      return false;
    }
    shape.head().setFields(event, start);
    tokens.plainText(true);
    set(RecordField.DATA);
    return true;
  }

  private boolean tailLikeBefore() {
    int start = tokens.at();
    if (!tokens.pass(shape.tail())) {
      return false;
    }
    shape.tail().setFields(event, start);
    return true;
  }

  /** Where a value is longer than it was, or shorter: from a value to the end of the record. */
  private boolean valuesLikeBefore(int first) {
    for (int value = first; value < shape.values(); value++) {
      if (!sameBefore(value) || !valueLikeBefore(value)) {
        return false;
      }
    }
    return sameBefore(shape.values());
  }

  private boolean sameBefore(int value) {
    return tokens.same(shape.from(value), shape.to(value));
  }

  /** What ends the value, a quote or what can follow a number, is compared next. */
  private boolean valueLikeBefore(int value) {
    RecordField field = shape.field(value);
    if (!shape.isNumber(value)) {
      tokens.plainText(field == RecordField.DATA);
    } else if (!tokens.digits()) {
      return false;
    }
    set(field);
    return true;
  }

  private boolean recordMember(int keyFrom, int keyTo) {
    if (tokens.isKey(DATA, keyFrom, keyTo)) {
      return text(RecordField.DATA);
    }
    if (tokens.isKey(RECORD_ID, keyFrom, keyTo)) {
      return text(RecordField.ID);
    }
    if (tokens.isKey(ARRIVAL, keyFrom, keyTo)) {
      return number(null);
    }
    return tokens.isKey(METADATA, keyFrom, keyTo) && object(metadata);
  }

  private boolean metadataMember(int keyFrom, int keyTo) {
    if (tokens.isKey(SEQUENCE_NUMBER, keyFrom, keyTo)) {
      return text(RecordField.SEQUENCE_NUMBER);
    }
    if (tokens.isKey(SUB_SEQUENCE_NUMBER, keyFrom, keyTo)) {
      return text(RecordField.SUB_SEQUENCE_NUMBER) || number(RecordField.SUB_SEQUENCE_NUMBER);
    }
    if (tokens.isKey(SHARD_ID, keyFrom, keyTo)) {
      return text(RecordField.SHARD_ID);
    }
    if (tokens.isKey(PARTITION_KEY, keyFrom, keyTo)) {
      return text(RecordField.PARTITION_KEY);
    }
    return tokens.isKey(ARRIVAL, keyFrom, keyTo) && number(null);
  }

  private boolean object(Members members) {
    if (!tokens.take('{')) {
      return false;
    }
    if (tokens.take('}')) {
      return true;
    }
    do {
      if (!tokens.text(false)) {
        return false;
      }
      int keyFrom = tokens.from();
      int keyTo = tokens.to();
      if (!tokens.take(':') || !members.member(keyFrom, keyTo)) {
        return false;
      }
    } while (tokens.take(','));
    return tokens.take('}');
  }

  private boolean text(RecordField field) {
    if (!tokens.text(field == RecordField.DATA)) {
      return false;
    }
    value(field, false);
    return true;
  }

  private boolean number(RecordField field) {
    if (!tokens.number()) {
      return false;
    }
    value(field, true);
    return true;
  }

  /** Notes the value that was just found. */
  private void value(RecordField field, boolean number) {
    set(field);
    shape.value(field, number, tokens.from(), tokens.to());
  }

  private void set(RecordField field) {
    if (field != null) {
      event.set(field, tokens.from(), tokens.to());
    }
  }
}
