package dev.sluice.firehose.event;

import dev.sluice.enricher.bytes.Words;

/**
 * What stands between the values of a record, as places in the event. Nearly all records of an
 * event have it alike, so that it can be compared and need not be read. Used again for record after
 * record; not thread-safe.
 */
final class RecordShape {
  /** More than a record of the usual kind has; others are read without. */
  static final int MAX_VALUES = 16;

  private static final int NONE = -1;

  /** What ends the data of a direct put and its record, when another follows. */
  private static final String DIRECT_PUT_END = "\"},";

  private static final int END_LENGTH = DIRECT_PUT_END.length();
  private static final int OTHER_BITS = (Words.BYTES - END_LENGTH) * Byte.SIZE;
  private static final long END = Words.ofText(DIRECT_PUT_END + "     ") << OTHER_BITS;

  private final int[] from = new int[MAX_VALUES + 1];
  private final int[] to = new int[MAX_VALUES + 1];
  private final RecordField[] fields = new RecordField[MAX_VALUES];
  private final boolean[] numbers = new boolean[MAX_VALUES];
  private final RecordPart head = new RecordPart();
  private final RecordPart tail = new RecordPart();
  private int values;
  private int data;
  private boolean known;
  private boolean directPut;

  void forget() {
    known = false;
    directPut = false;
    head.forget();
    tail.forget();
  }

  /** Whether a record has been read whole, and can be compared with. */
  boolean isKnown() {
    return known;
  }

  /** Begins the shape of another record. */
  void begin(int at) {
    forget();
    values = 0;
    data = NONE;
    from[0] = at;
  }

  /**
   * Takes the next value of the record.
   *
   * @param field what the value is; null when nobody asks for it
   * @param valueFrom first byte of the value, behind its quote if it is text
   */
  void value(RecordField field, boolean number, int valueFrom, int valueTo) {
    if (values < MAX_VALUES) {
      to[values] = valueFrom;
      fields[values] = field;
      numbers[values] = number;
      from[values + 1] = valueTo;
    }
    values++;
  }

  void end(int at) {
    known = values <= MAX_VALUES;
    if (known) {
      to[values] = at;
      findData();
    }
    if (known && data != NONE) {
      head.learn(this, 0, data, from[0], to[data]);
      tail.learn(this, data + 1, values, from[data + 1], at);
      directPut = head.hasOnlyId() && at - from[data + 1] == END_LENGTH - 1;
    }
  }

  private void findData() {
    for (int value = values - 1; value >= 0; value--) {
      if (fields[value] == RecordField.DATA) {
        data = value;
      }
    }
  }

  /**
   * Goes past records that differ from the one before in nothing but id, arrival and data, as long
   * as others follow them, and takes them into the event: the shortest way of the most records.
   * There are none where the record before was no direct put, or was written with spaces.
   *
   * @param at first byte of a record
   * @param to one after the last byte of the event
   * @return first byte of the record after them
   */
  int passDirectPuts(byte[] json, int at, int to, FirehoseEvent event) {
    int record = at;
    if (!directPut) {
      return record;
    }
    int headLength = head.length();
    int idFrom = head.idFrom();
    int idTo = head.idTo();
    while (head.isAt(json, record, to)) {
      int dataFrom = record + headLength;
      int dataTo = JsonTokens.base64End(json, dataFrom, to);
      if (dataTo > to - Words.BYTES || Words.at(json, dataTo) << OTHER_BITS != END) {
        break;
      }
      event.add(record + idFrom, record + idTo, dataFrom, dataTo);
      record = dataTo + END_LENGTH;
    }
    return record;
  }

  /** What stands before the data: known if the record has data, and not too much before it. */
  RecordPart head() {
    return head;
  }

  /** What stands behind the data. */
  RecordPart tail() {
    return tail;
  }

  /** The value that is the data; only if {@link #head()} is known. */
  int data() {
    return data;
  }

  int values() {
    return values;
  }

  /** First byte of what stands before a value, or behind the last one. */
  int from(int value) {
    return from[value];
  }

  /** One after the last byte of what stands before a value. */
  int to(int value) {
    return to[value];
  }

  /** What a value is; null when nobody asks for it. */
  RecordField field(int value) {
    return fields[value];
  }

  boolean isNumber(int value) {
    return numbers[value];
  }
}
