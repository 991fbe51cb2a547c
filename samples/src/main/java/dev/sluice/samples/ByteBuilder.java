package dev.sluice.samples;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array that is reused; at most 1 GiB. Not thread-safe. */
final class ByteBuilder {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] array;
  private int length;

  ByteBuilder(int capacity) {
    array = new byte[capacity];
  }

  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  /** Keeps the first {@code newLength} bytes. */
  void truncate(int newLength) {
    length = newLength;
  }

  private void reserve(int more) {
    if (array.length - length < more) {
      array = Arrays.copyOf(array, Math.addExact(length, Math.max(more, array.length / 2)));
    }
  }

  ByteBuilder put(int b) {
    reserve(1);
    array[length++] = (byte) b;
    return this;
  }

  ByteBuilder put(byte[] bytes) {
    return put(bytes, 0, bytes.length);
  }

  ByteBuilder put(byte[] bytes, int from, int to) {
    reserve(to - from);
    System.arraycopy(bytes, from, array, length, to - from);
    length += to - from;
    return this;
  }

  ByteBuilder put(String text) {
    return put(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The lowest {@code size} bytes of the number, highest first. */
  ByteBuilder putBigEndian(long number, int size) {
    reserve(size);
    for (int i = size - 1; i >= 0; i--) {
      array[length++] = (byte) (number >>> (8 * i));
    }
    return this;
  }

  /** A number of at least {@code minimumDigits} decimal digits, filled with zeros from the left. */
  ByteBuilder putDecimal(long number, int minimumDigits) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    digits = Math.max(digits, minimumDigits);
    reserve(digits);
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      array[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /** A byte the way httpd escapes it: {@code \xhh}. */
  ByteBuilder putEscaped(int b) {
    return put('\\').put('x').put(HEX[b >> 4 & 15]).put(HEX[b & 15]);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(array, length);
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(array, 0, length);
  }
}
