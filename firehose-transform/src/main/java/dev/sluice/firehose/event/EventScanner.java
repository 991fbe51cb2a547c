package dev.sluice.firehose.event;

import dev.sluice.enricher.bytes.ByteSearch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

  private byte[] json;
  private int end;
  private int at;
  private int tokenFrom;
  private int tokenTo;
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
    json = newJson;
    end = length;
    at = 0;
    event = into;
    event.begin(json);
    boolean usual = object(topLevel) && isAtEnd();
    json = null;
    event = null;
    return usual;
  }

  private boolean topLevelMember(int keyFrom, int keyTo) {
    if (isKey(RECORDS, keyFrom, keyTo)) {
      return !event.isKnown() && records();
    }
    if (!text()) {
      return false;
    }
    if (isKey(INVOCATION_ID, keyFrom, keyTo)) {
      event.invocationId(token());
    } else if (isKey(DELIVERY_STREAM_ARN, keyFrom, keyTo)) {
      event.deliveryStreamArn(token());
    } else if (isKey(REGION, keyFrom, keyTo)) {
      event.region(token());
    } else if (isKey(SOURCE_KINESIS_STREAM_ARN, keyFrom, keyTo)) {
      event.sourceKinesisStreamArn(token());
    } else {
      return false;
    }
    return true;
  }

  private boolean records() {
    event.beginRecords();
    if (!take('[')) {
      return false;
    }
    if (take(']')) {
      return true;
    }
    do {
      event.beginRecord();
      if (!object(record)) {
        return false;
      }
      event.endRecord();
    } while (take(','));
    return take(']');
  }

  private boolean recordMember(int keyFrom, int keyTo) {
    if (isKey(DATA, keyFrom, keyTo)) {
      return data();
    }
    if (isKey(RECORD_ID, keyFrom, keyTo)) {
      return text(RecordField.ID);
    }
    if (isKey(ARRIVAL, keyFrom, keyTo)) {
      return number();
    }
    return isKey(METADATA, keyFrom, keyTo) && object(metadata);
  }

  private boolean metadataMember(int keyFrom, int keyTo) {
    if (isKey(SEQUENCE_NUMBER, keyFrom, keyTo)) {
      return text(RecordField.SEQUENCE_NUMBER);
    }
    if (isKey(SUB_SEQUENCE_NUMBER, keyFrom, keyTo)) {
      if (!text() && !number()) {
        return false;
      }
      event.set(RecordField.SUB_SEQUENCE_NUMBER, tokenFrom, tokenTo);
      return true;
    }
    if (isKey(SHARD_ID, keyFrom, keyTo)) {
      return text(RecordField.SHARD_ID);
    }
    if (isKey(PARTITION_KEY, keyFrom, keyTo)) {
      return text(RecordField.PARTITION_KEY);
    }
    return isKey(ARRIVAL, keyFrom, keyTo) && number();
  }

  private boolean object(Members members) {
    if (!take('{')) {
      return false;
    }
    if (take('}')) {
      return true;
    }
    do {
      if (!text()) {
        return false;
      }
      int keyFrom = tokenFrom;
      int keyTo = tokenTo;
      if (!take(':') || !members.member(keyFrom, keyTo)) {
        return false;
      }
    } while (take(','));
    return take('}');
  }

  private boolean text(RecordField field) {
    if (!text()) {
      return false;
    }
    event.set(field, tokenFrom, tokenTo);
    return true;
  }

  private boolean data() {
    if (!textFrom(true)) {
      return false;
    }
    event.set(RecordField.DATA, tokenFrom, tokenTo);
    return true;
  }

  private boolean text() {
    return textFrom(false);
  }

  /**
   * A string whose bytes all stand for themselves.
   *
   * @param base64 whether it is likely to be Base64, which is passed over faster; any other string
   *     is found all the same
   */
  private boolean textFrom(boolean base64) {
    if (!take('"')) {
      return false;
    }
    tokenFrom = at;
    int plain = base64 ? Base64Text.wordsEnd(json, at, end) : at;
    tokenTo = ByteSearch.plainEnd(json, plain, end);
    at = tokenTo + 1;
    return tokenTo < end && json[tokenTo] == '"';
  }

  /** A whole number that is not negative. */
  private boolean number() {
    skipSpace();
    tokenFrom = at;
    while (at < end && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    tokenTo = at;
    int digits = tokenTo - tokenFrom;
    return digits > 0 && (digits == 1 || json[tokenFrom] != '0') && isAfterNumber();
  }

  /** Whether a number can end here: a fraction or an exponent makes another number of it. */
  private boolean isAfterNumber() {
    if (at == end) {
      return false;
    }
    byte next = json[at];
    return next == ',' || next == '}' || isSpace(next);
  }

  private boolean take(char wanted) {
    skipSpace();
    if (at < end && json[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private boolean isAtEnd() {
    skipSpace();
    return at == end;
  }

  private void skipSpace() {
    while (at < end && isSpace(json[at])) {
      at++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private boolean isKey(byte[] key, int from, int to) {
    return to - from == key.length && Arrays.equals(json, from, to, key, 0, key.length);
  }

  private String token() {
    return new String(json, tokenFrom, tokenTo - tokenFrom, StandardCharsets.US_ASCII);
  }
}
