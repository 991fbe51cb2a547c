package dev.sluice.firehose.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.bytes.Words;
import dev.sluice.firehose.event.Base64Encoder;
import dev.sluice.firehose.event.FirehoseEvent;
import dev.sluice.firehose.event.RecordField;
import dev.sluice.firehose.partition.Partitions;
import dev.sluice.firehose.record.FailureData;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The JSON of a response while it grows, and where the entry of each record stands in it, so that
 * entries can change their minds until they are written out. Used again for the next event; not
 * thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html">Data
 *     transformation: every record back with its id, a result and its data</a>
 */
final class Response {
  private static final byte[] HEAD = ascii("{\"records\":[");
  private static final byte[] TAIL = ascii("]}");
  private static final byte[] ID = ascii("{\"recordId\":\"");
  private static final byte[] RESULT = ascii("\",\"result\":\"");
  private static final byte[] DATA = ascii("\",\"data\":\"");
  private static final byte[] QUOTE = ascii("\"");
  private static final byte END = '}';
  private static final byte COMMA = ',';
  private static final byte[][] RESULTS = results();

  /** {@link #ID} in two words, the second of them over the end of the first. */
  private static final long ID_FIRST = Words.at(ID, 0);

  private static final int ID_REST = ID.length - Words.BYTES;
  private static final long ID_LAST = Words.at(ID, ID_REST);

  // What stands between id and data of Ok, in three words.
  private static final long OK_FIRST = Words.ofText("\",\"resul");
  private static final long OK_SECOND = Words.ofText("t\":\"Ok\",");
  private static final long OK_THIRD = Words.ofText("\"data\":\"");

  /** What stands before the data of {@code Ok}, without the id. */
  private static final int OK_HEAD_BYTES = ID.length + 3 * Words.BYTES;

  /** What stands behind it. */
  private static final int OK_END_BYTES = 2;

  /** Bytes of an id that are copied at once, of most more than it has. */
  private static final int USUAL_ID_BYTES = 64;

  /**
   * Room that an {@code Ok} takes besides id and data: with a comma, and what is copied too much.
   */
  private static final int OK_ROOM = 1 + OK_HEAD_BYTES + OK_END_BYTES + USUAL_ID_BYTES;

  /** What {@code Dropped} takes besides the id, with a comma. */
  private static final long DROPPED_BYTES =
      1L + ID.length + RESULT.length + Answer.DROPPED.result().length() + QUOTE.length + 1;

  /** What {@code ProcessingFailed} takes besides id and data, with a comma. */
  private static final long FAILED_BYTES =
      1L
          + ID.length
          + RESULT.length
          + Answer.FAILED.result().length()
          + DATA.length
          + QUOTE.length
          + 1;

  /** Mark of an answer that is not written yet. */
  private static final int CHANGED = 0x40;

  /** Bytes of a response without records. */
  static final int EMPTY_BYTES = HEAD.length + TAIL.length;

  private final Answer[] answers = Answer.values();
  private final Base64Encoder base64 = new Base64Encoder();
  private OutputBuffer out = new OutputBuffer();
  private OutputBuffer rebuilt = new OutputBuffer();
  private byte[] kinds = new byte[1024];
  private int[] ends = new int[1024];
  private FirehoseEvent event;
  private FailureData failureData;
  private int records;
  private int written; // records whose entries are written out, or waiting at the buffer's begin
  private int writtenBytes;

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  private static byte[][] results() {
    return Arrays.stream(Answer.values())
        .map(answer -> ascii(answer.result()))
        .toArray(byte[][]::new);
  }

  void begin(FirehoseEvent newEvent, FailureData newFailureData) {
    event = newEvent;
    failureData = newFailureData;
    records = 0;
    written = 0;
    writtenBytes = 0;
    out.clear();
    out.append(HEAD);
    if (kinds.length < event.records()) {
      kinds = new byte[event.records()];
      ends = new int[event.records()];
    }
  }

  /** Bytes of the response if it ended here. */
  int length() {
    return writtenBytes + out.length() + TAIL.length;
  }

  /** Records that have an entry. */
  int records() {
    return records;
  }

  Answer answer(int record) {
    return answers[kinds[record] & ~CHANGED];
  }

  /** Bytes of a record's entry, the comma before it not counted. */
  int entryLength(int record) {
    return ends[record] - entryFrom(record);
  }

  private int entryFrom(int record) {
    return record == 0 ? HEAD.length : ends[record - 1] + 1;
  }

  /** Bytes that {@link Answer#DROPPED} takes, with a comma. */
  long droppedLength(FirehoseEvent of, int record) {
    return DROPPED_BYTES + of.length(record, RecordField.ID);
  }

  /** Bytes that {@link Answer#FAILED} takes, with a comma, when its data goes back as it came. */
  long failedLength(FirehoseEvent of, int record) {
    return failedLengthWithoutData(of, record) + of.length(record, RecordField.DATA);
  }

  /** {@link #droppedLength} of all records together. */
  static long droppedLength(FirehoseEvent of) {
    return DROPPED_BYTES * of.records() + of.idBytes();
  }

  /** {@link #failedLength} of all records together. */
  static long failedLength(FirehoseEvent of) {
    return FAILED_BYTES * of.records() + of.idBytes() + of.dataBytes();
  }

  /** Bytes that {@link Answer#FAILED_WITHOUT_DATA} takes, with a comma. */
  long failedLengthWithoutData(FirehoseEvent of, int record) {
    return FAILED_BYTES + of.length(record, RecordField.ID);
  }

  /** Answers the next record {@code Ok} with these bytes. */
  void ok(byte[] bytes, int to, Partitions partitions) {
    int dataLength = Math.toIntExact(Base64Encoder.encodedLength(to));
    byte[] array = out.room(OK_ROOM + idLength() + dataLength);
    int at = base64.encode(bytes, 0, to, array, headOfOk(array));
    array[at] = '"';
    out.length(at + 1);
    partitions.append(out);
    end(Answer.OK);
  }

  /**
   * Answers the next record {@code Ok} with these bytes and without partition keys, and writes out
   * all that stands before them: then they need not be copied on their way, and a piece of an
   * answer is written while the next record is looked at. The answers so far must be final, and
   * this one too.
   *
   * @param mostBytes of the response if it ended with this record; nothing is done if they are more
   */
  boolean okAtOnce(byte[] bytes, int to, long mostBytes, OutputStream stream) throws IOException {
    int dataLength = Math.toIntExact(Base64Encoder.encodedLength(to));
    int entry = OK_HEAD_BYTES + idLength() + dataLength + OK_END_BYTES;
    if (length() + (records == 0 ? 0 : 1) + entry > mostBytes) {
      return false;
    }
    byte[] array = out.room(OK_ROOM + idLength() + dataLength + Base64Encoder.ROOM_BEHIND);
    int head = headOfOk(array);
    stream.write(array, 0, head);
    writtenBytes += head;
    int at = base64.encode(bytes, 0, to, array, 0);
    array[at] = '"';
    out.length(at + 1);
    end(Answer.OK);
    written = records;
    return true;
  }

  private int idLength() {
    return event.length(records, RecordField.ID);
  }

  /** Writes behind the buffer's end what stands before the data of {@code Ok}; where that ends. */
  private int headOfOk(byte[] array) {
    int at = out.length();
    if (records > 0) {
      array[at++] = COMMA;
    }
    Words.put(array, at, ID_FIRST);
    Words.put(array, at + ID_REST, ID_LAST);
    at = copyId(array, at + ID.length);
    Words.put(array, at, OK_FIRST);
    Words.put(array, at + Words.BYTES, OK_SECOND);
    Words.put(array, at + 2 * Words.BYTES, OK_THIRD);
    return at + 3 * Words.BYTES;
  }

  /** The place behind the id's last byte. */
  private int copyId(byte[] array, int at) {
    byte[] text = event.text();
    int from = event.from(records, RecordField.ID);
    int length = idLength();
    if (length <= USUAL_ID_BYTES && from <= text.length - USUAL_ID_BYTES) {
      for (int i = 0; i < USUAL_ID_BYTES; i += Words.BYTES) {
        Words.put(array, at + i, Words.at(text, from + i));
      }
    } else {
      System.arraycopy(text, from, array, at, length);
    }
    return at + length;
  }

  /** Answers the next record with anything but {@code Ok}. */
  void add(Answer answer) {
    write(answer, records, out);
    end(answer);
  }

  private void headOf(int record, Answer answer, OutputBuffer to) {
    to.append(ID);
    to.append(event.text(), event.from(record, RecordField.ID), event.to(record, RecordField.ID));
    to.append(RESULT);
    to.append(RESULTS[answer.ordinal()]);
  }

  private void write(Answer answer, int record, OutputBuffer to) {
    if (record > 0) {
      to.append(COMMA);
    }
    headOf(record, answer, to);
    switch (answer) {
      case OK -> throw new IllegalArgumentException("Ok needs an output");
      case DROPPED, REINGESTED -> to.append(QUOTE);
      case FAILED -> {
        to.append(DATA);
        failureData.append(event, record, to);
        to.append(QUOTE);
      }
      case FAILED_WITHOUT_DATA -> {
        to.append(DATA);
        to.append(QUOTE);
      }
    }
    to.append(END);
  }

  private void end(Answer answer) {
    if (answer == Answer.OK) {
      out.append(END);
    }
    kinds[records] = (byte) answer.ordinal();
    ends[records++] = writtenBytes + out.length();
  }

  /** Takes the last entry back. */
  void undo() {
    records--;
    out.truncate((records == 0 ? HEAD.length : ends[records - 1]) - writtenBytes);
  }

  /** Bytes that are not written out yet. */
  int waitingBytes() {
    return out.length();
  }

  /** Records whose answers cannot change any more: the first ones. */
  int written() {
    return written;
  }

  /** Writes out what there is. The entries of all records so far must be final. */
  void write(OutputStream to) throws IOException {
    out.writeTo(to);
    writtenBytes += out.length();
    written = records;
    out.clear();
  }

  /** Gives a record another answer, which {@link #rebuild} then writes; never {@code Ok}. */
  void change(int record, Answer answer) {
    kinds[record] = (byte) (answer.ordinal() | CHANGED);
  }

  /** Writes all entries that may still change again, the changed ones anew. */
  void rebuild() {
    rebuilt.clear();
    rebuilt.append(out.array(), 0, (written == 0 ? HEAD.length : ends[written - 1]) - writtenBytes);
    int[] newEnds = Arrays.copyOf(ends, ends.length);
    for (int record = written; record < records; record++) {
      if ((kinds[record] & CHANGED) != 0) {
        kinds[record] &= ~CHANGED;
        write(answers[kinds[record]], record, rebuilt);
      } else {
        int comma = record == 0 ? 0 : 1;
        int from = entryFrom(record) - comma - writtenBytes;
        rebuilt.append(out.array(), from, ends[record] - writtenBytes);
      }
      newEnds[record] = writtenBytes + rebuilt.length();
    }
    OutputBuffer before = out;
    out = rebuilt;
    rebuilt = before;
    ends = newEnds;
  }

  /** Ends the response and writes out what is left of it. */
  void finish(OutputStream to) throws IOException {
    out.append(TAIL);
    event = null;
    failureData = null;
    write(to);
  }
}
