package dev.sluice.firehose.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One call of Firehose: a view that is filled anew for every event, over bytes of somebody else.
 * Not thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html">Data
 *     transformation, required parameters</a>
 */
public final class FirehoseEvent {
  private static final int USUAL_RECORDS = 1024;
  private static final int ABSENT = -1;

  /** Id and data, which every record should have, first and end of each. */
  private static final int SPAN_INTS = 4;

  /** The others, which only records out of a Kinesis stream have. */
  private static final int METADATA_INTS = 2 * RecordField.COUNT - SPAN_INTS;

  private byte[] text = {};
  private int[] spans = new int[USUAL_RECORDS * SPAN_INTS];
  private int[] metadata = {};
  private int withMetadata; // records in the array of them: up to the last that has any
  private int records;
  private int recordsWithoutId;
  private long idBytes;
  private long dataBytes;
  private boolean known;
  private String invocationId;
  private String deliveryStreamArn;
  private String region;
  private String sourceKinesisStreamArn;

  /** Whether the event has a list of records at all; without one nothing can be answered. */
  public boolean isKnown() {
    return known;
  }

  /** Records that can be answered, in their order. */
  public int records() {
    return records;
  }

  /** Elements of the list that have no {@code recordId}: nobody can answer them. */
  public int recordsWithoutId() {
    return recordsWithoutId;
  }

  /** Bytes of the {@linkplain RecordField#ID ids} of all records. */
  public long idBytes() {
    return idBytes;
  }

  /** Bytes of the {@linkplain RecordField#DATA data} of all records, in Base64 as they came. */
  public long dataBytes() {
    return dataBytes;
  }

  /** Empty when the event does not tell, like all texts of the event. */
  public String invocationId() {
    return invocationId;
  }

  public String deliveryStreamArn() {
    return deliveryStreamArn;
  }

  /** What follows the slash in the ARN of the delivery stream. */
  public String deliveryStreamName() {
    return nameIn(deliveryStreamArn);
  }

  public String region() {
    return region;
  }

  /** Empty unless the delivery stream reads from a Kinesis stream. */
  public String sourceKinesisStreamArn() {
    return sourceKinesisStreamArn;
  }

  /** What follows the slash in the ARN of the source. */
  public String sourceKinesisStreamName() {
    return nameIn(sourceKinesisStreamArn);
  }

  private static String nameIn(String arn) {
    return arn.substring(arn.indexOf('/') + 1);
  }

  /** Whether the delivery stream reads from a Kinesis stream. */
  public boolean hasKinesisSource() {
    return !sourceKinesisStreamArn.isEmpty();
  }

  /** The bytes that {@link #from} and {@link #to} are places in; not to be changed. */
  public byte[] text() {
    return text;
  }

  public boolean has(int record, RecordField field) {
    return from(record, field) != ABSENT;
  }

  /** First byte of a field's text; negative when the record does not have it. */
  public int from(int record, RecordField field) {
    return at(record, place(field));
  }

  /** One after the last byte of a field's text. */
  public int to(int record, RecordField field) {
    return at(record, place(field) + 1);
  }

  private int at(int record, int place) {
    if (place < SPAN_INTS) {
      return spans[record * SPAN_INTS + place];
    }
    return record < withMetadata ? metadata[record * METADATA_INTS + place - SPAN_INTS] : ABSENT;
  }

  public int length(int record, RecordField field) {
    return to(record, field) - from(record, field);
  }

  /** A field as text; empty when the record does not have it. */
  public String string(int record, RecordField field) {
    return has(record, field)
        ? new String(text, from(record, field), length(record, field), StandardCharsets.UTF_8)
        : "";
  }

  void begin(byte[] newText) {
    text = newText;
    forgetRecords();
    known = false;
    invocationId = "";
    deliveryStreamArn = "";
    region = "";
    sourceKinesisStreamArn = "";
  }

  /** Another array with all that was set so far; for a text that grows. */
  void moveTo(byte[] newText) {
    text = newText;
  }

  /** Says that the list of records begins, and forgets one that was there before. */
  void beginRecords() {
    known = true;
    forgetRecords();
  }

  private void forgetRecords() {
    records = 0;
    recordsWithoutId = 0;
    idBytes = 0;
    dataBytes = 0;
    withMetadata = 0;
  }

  /** Takes a record that has id and data, and nothing else. */
  void add(int idFrom, int idTo, int dataFrom, int dataTo) {
    int at = roomForRecord();
    spans[at] = idFrom;
    spans[at + 1] = idTo;
    spans[at + 2] = dataFrom;
    spans[at + 3] = dataTo;
    idBytes += idTo - idFrom;
    dataBytes += dataTo - dataFrom;
    records++;
  }

  /** Where the places of another record stand. */
  private int roomForRecord() {
    int at = records * SPAN_INTS;
    if (at + SPAN_INTS > spans.length) {
      spans = Arrays.copyOf(spans, spans.length * 2);
    }
    return at;
  }

  void beginRecord() {
    int from = roomForRecord();
    for (int i = 0; i < SPAN_INTS; i++) {
      spans[from + i] = ABSENT;
    }
    withMetadata = Math.min(withMetadata, records); // of one that began, and is none
  }

  /** Sets a field of the record that has begun. */
  void set(RecordField field, int from, int to) {
    set(place(field), from, to);
  }

  /** Where the first byte of a field stands in what is known of a record; its end is the next. */
  static int place(RecordField field) {
    return 2 * field.ordinal();
  }

  /** Sets the field of a {@link #place} of the record that has begun. */
  void set(int place, int from, int to) {
    if (place < SPAN_INTS) {
      int at = records * SPAN_INTS + place;
      spans[at] = from;
      spans[at + 1] = to;
    } else {
      setMetadata(place - SPAN_INTS, from, to);
    }
  }

  private void setMetadata(int place, int from, int to) {
    if (withMetadata <= records) {
      int end = (records + 1) * METADATA_INTS;
      if (end > metadata.length) {
        metadata = Arrays.copyOf(metadata, spans.length / SPAN_INTS * METADATA_INTS);
      }
      Arrays.fill(metadata, withMetadata * METADATA_INTS, end, ABSENT);
      withMetadata = records + 1;
    }
    int at = records * METADATA_INTS + place;
    metadata[at] = from;
    metadata[at + 1] = to;
  }

  /** Takes a field of the record that has begun away again. */
  void unset(RecordField field) {
    set(field, ABSENT, ABSENT);
  }

  void endRecord() {
    if (has(records, RecordField.ID)) {
      idBytes += length(records, RecordField.ID);
      dataBytes += length(records, RecordField.DATA);
      records++;
    } else {
      recordsWithoutId++;
    }
  }

  void invocationId(String value) {
    invocationId = value;
  }

  void deliveryStreamArn(String value) {
    deliveryStreamArn = value;
  }

  void region(String value) {
    region = value;
  }

  void sourceKinesisStreamArn(String value) {
    sourceKinesisStreamArn = value;
  }
}
