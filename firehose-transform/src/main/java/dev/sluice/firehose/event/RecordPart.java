package dev.sluice.firehose.event;

import dev.sluice.enricher.bytes.Words;
import java.util.Arrays;

/**
 * A part of a record that is as long as in the record before, down to each of its values: what
 * stands before the data of a direct put, and what stands behind it. It is compared with that of
 * the record before by words, and only where a word differs it matters what its bytes are. Used
 * again for record after record; not thread-safe.
 */
final class RecordPart {
  /** A part that is longer is not compared. */
  private static final int MAX_BYTES = 1024;

  private static final int MAX_WORDS = MAX_BYTES / Words.BYTES;

  private static final byte FIXED = 0;
  private static final byte TEXT = 1;
  private static final byte DIGITS = 2;

  /** For each value that somebody asks for: its place in the event's record, first byte and end. */
  private static final int FIELD_INTS = 3;

  private final byte[] kinds = new byte[MAX_BYTES];

  // By word, all bits of each byte that must be as before, is in a text, is in a number.
  private final long[] fixed = new long[MAX_WORDS];
  private final long[] texts = new long[MAX_WORDS];
  private final long[] digits = new long[MAX_WORDS];

  // The fields, and where the first digits of long numbers are; from the part's first byte on.
  private final int[] fields = new int[FIELD_INTS * RecordShape.MAX_VALUES];
  private int fieldInts;
  private final int[] firstDigits = new int[RecordShape.MAX_VALUES];
  private int numberCount;

  private int from; // in the event, of the part that came last
  private int length;
  private boolean known;

  /**
   * Learns a part of a record that has just been read.
   *
   * @param firstValue first value of the record in it
   * @param toValue one after the last
   * @param newFrom its first byte
   * @param to one after its last byte
   */
  void learn(RecordShape shape, int firstValue, int toValue, int newFrom, int to) {
    from = newFrom;
    length = to - newFrom;
    // What is shorter than a word has no value in it, only quotes and brackets.
    known = length <= MAX_BYTES && (length >= Words.BYTES || toValue == firstValue);
    if (known) {
      learnValues(shape, firstValue, toValue);
      for (int word = 0; word < words(); word++) {
        int first = offset(word);
        fixed[word] = mask(first, FIXED);
        texts[word] = mask(first, TEXT);
        digits[word] = mask(first, DIGITS);
      }
    }
  }

  private void learnValues(RecordShape shape, int firstValue, int toValue) {
    Arrays.fill(kinds, 0, length, FIXED);
    fieldInts = 0;
    numberCount = 0;
    for (int value = firstValue; value < toValue; value++) {
      int first = shape.to(value) - from;
      int end = shape.from(value + 1) - from;
      Arrays.fill(kinds, first, end, shape.isNumber(value) ? DIGITS : TEXT);
      if (shape.field(value) != null) {
        fields[fieldInts] = FirehoseEvent.place(shape.field(value));
        fields[fieldInts + 1] = first;
        fields[fieldInts + 2] = end;
        fieldInts += FIELD_INTS;
      }
      if (shape.isNumber(value) && end - first > 1) {
        firstDigits[numberCount++] = first;
      }
    }
  }

  private int words() {
    return length < Words.BYTES ? 0 : (length + Words.BYTES - 1) / Words.BYTES;
  }

  /** Where a word begins; the last one may begin in the one before it. */
  private int offset(int word) {
    return Math.min(word * Words.BYTES, length - Words.BYTES);
  }

  private long mask(int first, byte kind) {
    long mask = 0;
    for (int i = 0; i < Words.BYTES; i++) {
      mask |= kinds[first + i] == kind ? 0xFFL << i * Byte.SIZE : 0;
    }
    return mask;
  }

  void forget() {
    known = false;
  }

  int length() {
    return length;
  }

  /** Whether the id is all that somebody asks for in the part. */
  boolean hasOnlyId() {
    return known && fieldInts == FIELD_INTS && fields[0] == FirehoseEvent.place(RecordField.ID);
  }

  /** First byte of the id in the part that {@link #hasOnlyId}. */
  int idFrom() {
    return fields[1];
  }

  /** One after its last byte. */
  int idTo() {
    return fields[2];
  }

  /** Whether the part comes again at {@code at}, in a text that goes to {@code to}. */
  boolean isAt(byte[] json, int at, int to) {
    if (!known || length > to - at) {
      return false;
    }
    boolean same = length < Words.BYTES ? isSame(json, at, to) : isLike(json, at);
    if (same) {
      from = at;
    }
    return same;
  }

  /** As a word, of which only the first bytes count, where there are so many. */
  private boolean isSame(byte[] json, int at, int to) {
    if (Math.max(from, at) <= to - Words.BYTES) {
      long different = Words.at(json, from) ^ Words.at(json, at);
      return different << (Words.BYTES - length) * Byte.SIZE == 0;
    }
    int different = 0;
    for (int i = 0; i < length; i++) {
      different |= json[from + i] ^ json[at + i];
    }
    return different == 0;
  }

  private boolean isLike(byte[] json, int at) {
    int before = from;
    int last = length - Words.BYTES;
    long wrong = 0;
    int offset = 0;
    for (int word = 0; offset < last; word++, offset += Words.BYTES) {
      wrong |= wrong(word, Words.at(json, at + offset), Words.at(json, before + offset));
    }
    wrong |= wrong(words() - 1, Words.at(json, at + last), Words.at(json, before + last));
    return wrong == 0 && !hasZeroFirst(json, at);
  }

  /** 0 if the word can stand where the other one stood. */
  private long wrong(int word, long bytes, long before) {
    long different = bytes ^ before;
    if (different == 0) {
      return 0;
    }
    return different & fixed[word]
        | Words.findSpecial(bytes) & texts[word]
        | Words.findNoDigit(bytes) & digits[word];
  }

  /** A number with a zero before other digits is none. */
  private boolean hasZeroFirst(byte[] json, int at) {
    for (int i = 0; i < numberCount; i++) {
      if (json[at + firstDigits[i]] == '0') {
        return true;
      }
    }
    return false;
  }

  /** Sets the fields that stand in the part that begins at {@code at}. */
  void setFields(FirehoseEvent event, int at) {
    for (int i = 0; i < fieldInts; i += FIELD_INTS) {
      event.set(fields[i], at + fields[i + 1], at + fields[i + 2]);
    }
  }
}
