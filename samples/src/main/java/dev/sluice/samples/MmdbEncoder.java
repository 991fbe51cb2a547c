package dev.sluice.samples;

import java.math.BigInteger;

/**
 * Encodes control bytes, sizes, pointers and scalars of the MaxMind DB format into a reused buffer.
 */
final class MmdbEncoder {
  private static final int POINTER = 1;
  static final int UTF8 = 2;
  private static final int DOUBLE = 3;
  static final int BYTES = 4;
  private static final int UINT16 = 5;
  private static final int UINT32 = 6;
  static final int MAP = 7;
  private static final int INT32 = 8;
  private static final int UINT64 = 9;
  private static final int UINT128 = 10;
  static final int ARRAY = 11;
  private static final int BOOLEAN = 14;
  private static final int FLOAT = 15;

  /** Types above this one take a second byte. */
  private static final int LAST_SHORT_TYPE = 7;

  private static final int SIZE_IN_ONE_BYTE = 29;
  private static final int SIZE_IN_TWO_BYTES = SIZE_IN_ONE_BYTE + (1 << 8);
  private static final int SIZE_IN_THREE_BYTES = SIZE_IN_TWO_BYTES + (1 << 16);
  private static final int SIZE_LIMIT = SIZE_IN_THREE_BYTES + (1 << 24);

  private static final int POINTER_IN_TWO_BYTES = 1 << 11;
  private static final int POINTER_IN_THREE_BYTES = POINTER_IN_TWO_BYTES + (1 << 19);
  private static final int POINTER_IN_FOUR_BYTES = POINTER_IN_THREE_BYTES + (1 << 27);

  private final ByteBuilder out;

  MmdbEncoder(ByteBuilder out) {
    this.out = out;
  }

  /**
   * Control byte, second type byte where the type needs one, then the size that did not fit into
   * five bits.
   */
  void control(int type, int size) {
    if (size >= SIZE_LIMIT) {
      throw new IllegalArgumentException(
          "a value of size " + size + " is above the format's limit of " + (SIZE_LIMIT - 1));
    }
    int sizeBits =
        size < SIZE_IN_ONE_BYTE
            ? size
            : size < SIZE_IN_TWO_BYTES ? 29 : size < SIZE_IN_THREE_BYTES ? 30 : 31;
    out.put(type > LAST_SHORT_TYPE ? sizeBits : type << 5 | sizeBits);
    if (type > LAST_SHORT_TYPE) {
      out.put(type - LAST_SHORT_TYPE);
    }
    switch (sizeBits) {
      case 29 -> out.putBigEndian(size - SIZE_IN_ONE_BYTE, 1);
      case 30 -> out.putBigEndian(size - SIZE_IN_TWO_BYTES, 2);
      case 31 -> out.putBigEndian(size - SIZE_IN_THREE_BYTES, 3);
      default -> {}
    }
  }

  /** A pointer to an offset of the data section; small offsets take fewer bytes. */
  void pointer(int offset) {
    int control = POINTER << 5;
    if (offset < POINTER_IN_TWO_BYTES) {
      out.putBigEndian((long) control << 8 | offset, 2);
    } else if (offset < POINTER_IN_THREE_BYTES) {
      out.putBigEndian((long) (control | 1 << 3) << 16 | (offset - POINTER_IN_TWO_BYTES), 3);
    } else if (offset < POINTER_IN_FOUR_BYTES) {
      out.putBigEndian((long) (control | 2 << 3) << 24 | (offset - POINTER_IN_THREE_BYTES), 4);
    } else {
      out.put(control | 3 << 3);
      out.putBigEndian(offset, 4);
    }
  }

  void bytes(int type, byte[] bytes) {
    control(type, bytes.length);
    out.put(bytes);
  }

  void float64(double value) {
    control(DOUBLE, Double.BYTES);
    out.putBigEndian(Double.doubleToLongBits(value), Double.BYTES);
  }

  void float32(float value) {
    control(FLOAT, Float.BYTES);
    out.putBigEndian(Float.floatToIntBits(value), Float.BYTES);
  }

  void bool(boolean value) {
    control(BOOLEAN, value ? 1 : 0);
  }

  /** Leading zero bytes are left out; a negative number has none. */
  void int32(int value) {
    int size = (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 7) / 8;
    control(INT32, size);
    out.putBigEndian(value, size);
  }

  void unsigned(MmdbValue.Unsigned number) {
    int type =
        switch (number.bits()) {
          case 16 -> UINT16;
          case 32 -> UINT32;
          case 64 -> UINT64;
          default -> UINT128;
        };
    BigInteger value = number.value();
    int size = (value.bitLength() + 7) / 8;
    control(type, size);
    for (int i = size - 1; i >= 0; i--) {
      out.put(value.shiftRight(8 * i).intValue());
    }
  }
}
