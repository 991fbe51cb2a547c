package dev.sluice.enricher.steps;

import java.util.Arrays;

/**
 * Which bytes of a decoded text are to be masked, and as what. The first mark of a byte stays. Used
 * again for the next text; not thread-safe.
 */
final class TextMarks {
  /** No mark. */
  static final byte NONE = 0;

  static final byte PARAMETER = 1;
  static final byte TOKEN = 2;
  static final byte CARD = 3;
  static final byte EMAIL = 4;
  static final byte ADDRESS = 5;

  private static final byte FIRST = 64; // bit of the first byte of a find

  private byte[] marks = new byte[1024];
  private boolean any;

  void clear(int length) {
    if (marks.length < length) {
      marks = new byte[length + length / 2];
    } else {
      Arrays.fill(marks, 0, length, NONE);
    }
    any = false;
  }

  void mark(int from, int to, byte kind) {
    boolean inside = false;
    for (int i = from; i < to; i++) {
      if (marks[i] == NONE) {
        marks[i] = inside ? kind : (byte) (kind | FIRST);
        any = true;
      }
      inside = kind(i) == kind; // what overlaps a find of its own kind belongs to it
    }
  }

  boolean isFree(int from, int to) {
    for (int i = from; i < to; i++) {
      if (marks[i] != NONE) {
        return false;
      }
    }
    return true;
  }

  boolean any() {
    return any;
  }

  byte kind(int index) {
    return (byte) (marks[index] & ~FIRST);
  }

  /** One after the last byte of the find that begins at {@code from}. */
  int end(int from, int length) {
    int i = from + 1;
    while (i < length && marks[i] == kind(from)) {
      i++;
    }
    return i;
  }
}
