package dev.sluice.functions.fanout.event;

import java.nio.charset.StandardCharsets;

/**
 * The fields of a message of protocol buffers, one after the other. Groups, which nobody writes any
 * more, count as broken. Not thread-safe.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>
 */
final class ProtobufFields {
  static final int VARINT = 0;
  static final int BYTES = 2;

  private static final int FIXED_64 = 1;
  private static final int FIXED_32 = 5;
  private static final int WIRE_TYPE_BITS = 3;
  private static final int WIRE_TYPE_MASK = (1 << WIRE_TYPE_BITS) - 1;
  private static final int MAX_VARINT_BITS = 64;
  private static final int BITS_OF_A_BYTE = 7;
  private static final int LOW_BITS = 0x7f;

  /** The bytes are no message. */
  static final class BrokenMessageException extends Exception {
    private static final long serialVersionUID = 1;
  }

  private final byte[] message;
  private final int end;
  private int at;
  private int field;
  private int wireType;
  private long number;
  private int from;
  private int to;

  /**
   * @param newFrom first byte of the message
   * @param newTo one after its last byte
   */
  ProtobufFields(byte[] newMessage, int newFrom, int newTo) {
    message = newMessage;
    at = newFrom;
    end = newTo;
  }

  /** Goes to the next field; false behind the last one. */
  boolean next() throws BrokenMessageException {
    if (at == end) {
      return false;
    }
    long tag = varint();
    wireType = (int) tag & WIRE_TYPE_MASK;
    if (tag >>> WIRE_TYPE_BITS == 0 || tag >>> Integer.SIZE != 0) {
      throw new BrokenMessageException();
    }
    field = (int) (tag >>> WIRE_TYPE_BITS);
    switch (wireType) {
      case VARINT -> number = varint();
      case FIXED_64 -> pass(Long.BYTES);
      case FIXED_32 -> pass(Integer.BYTES);
      case BYTES -> {
        long length = varint();
        if (length < 0 || length > end - at) {
          throw new BrokenMessageException();
        }
        pass((int) length);
      }
      default -> throw new BrokenMessageException();
    }
    return true;
  }

  private void pass(int bytes) throws BrokenMessageException {
    if (bytes > end - at) {
      throw new BrokenMessageException();
    }
    from = at;
    at += bytes;
    to = at;
  }

  private long varint() throws BrokenMessageException {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += BITS_OF_A_BYTE) {
      if (at == end) {
        throw new BrokenMessageException();
      }
      byte next = message[at++];
      value |= (long) (next & LOW_BITS) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new BrokenMessageException();
  }

  /** Whether it is that field, written in that way; another way makes another field of it. */
  boolean is(int wantedField, int wantedWireType) {
    return field == wantedField && wireType == wantedWireType;
  }

  /** The value of a number. */
  long number() {
    return number;
  }

  /** First byte of the value of bytes. */
  int from() {
    return from;
  }

  /** One after its last byte. */
  int to() {
    return to;
  }

  String text() {
    return new String(message, from, to - from, StandardCharsets.UTF_8);
  }

  /** The value as a message of its own. */
  ProtobufFields message() {
    return new ProtobufFields(message, from, to);
  }
}
