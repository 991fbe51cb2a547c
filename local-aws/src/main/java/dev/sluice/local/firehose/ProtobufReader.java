package dev.sluice.local.firehose;

import java.util.Arrays;

/**
 * Reads the fields of one message of protocol buffers ("Encoding"): numbers and pieces of bytes.
 * Throws {@link IndexOutOfBoundsException} where the bytes are none.
 */
final class ProtobufReader {

  private static final int TYPE_BITS = 3;
  private static final int TYPE_MASK = 7;
  private static final int NUMBER = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int BYTES = 2;
  private static final int FOUR_BYTES = 5;

  /** A number has seven bits a byte, and 64 at most. */
  private static final int SHIFT_MAX = 63;

  private final byte[] buffer;
  private final int end;
  private int position;
  private int field;
  private long number;
  private int from;

  ProtobufReader(byte[] buffer, int from, int end) {
    this.buffer = buffer;
    this.position = from;
    this.end = end;
  }

  /** Goes on to the next field; false at the end. */
  boolean next() {
    if (position == end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> TYPE_BITS);
    number = 0;
    switch ((int) tag & TYPE_MASK) {
      case NUMBER -> number = varint();
      case BYTES -> skip(varint());
      case EIGHT_BYTES -> skip(Long.BYTES);
      case FOUR_BYTES -> skip(Integer.BYTES);
      default -> throw new IndexOutOfBoundsException("no type of a field");
    }
    return true;
  }

  private void skip(long bytes) {
    if (bytes < 0 || bytes > end - position) {
      throw new IndexOutOfBoundsException("a field behind the end");
    }
    from = position;
    position += (int) bytes;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift <= SHIFT_MAX; shift += 7) {
      if (position == end) {
        throw new IndexOutOfBoundsException("a number behind the end");
      }
      byte next = buffer[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("a number of more than ten bytes");
  }

  /** Its number. */
  int field() {
    return field;
  }

  /** The value of a field that is a number, 0 of another. */
  long number() {
    return number;
  }

  /** The bytes of a field that has some. */
  byte[] bytes() {
    return Arrays.copyOfRange(buffer, from, position);
  }

  /** The field as a message of its own. */
  ProtobufReader message() {
    return new ProtobufReader(buffer, from, position);
  }
}
