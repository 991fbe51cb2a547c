package dev.sluice.enricher;

import dev.sluice.enricher.bytes.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes being written, in one array that grows and is used again. Not thread-safe. Whoever writes
 * bounds the length: the enricher writes at most {@value #MAX_GROWTH} bytes for a byte of the line,
 * plus its fragments.
 */
public final class OutputBuffer {
  /**
   * A short address in the request, {@code ::2} and what parts it from the next, becomes a
   * pseudonym of 37 bytes there and another in the page. Without pseudonyms it is 12: a control
   * byte becomes six bytes there and six more in the page.
   */
  static final int MAX_GROWTH = 20;

  private static final int INITIAL_BYTES = 1024;

  private byte[] array;
  private int length;

  public OutputBuffer() {
    this(INITIAL_BYTES);
  }

  public OutputBuffer(int initialBytes) {
    array = new byte[initialBytes];
  }

  /** The array behind the buffer, valid up to {@link #length()} and until the next append. */
  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }

  public void clear() {
    length = 0;
  }

  /** Takes back everything after the first {@code newLength} bytes. */
  public void truncate(int newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException(newLength + " is not within 0.." + length);
    }
    length = newLength;
  }

  public void append(byte value) {
    reserve(1);
    array[length++] = value;
  }

  public void append(byte[] bytes) {
    append(bytes, 0, bytes.length);
  }

  public void append(byte[] bytes, int from, int to) {
    int count = to - from;
    reserve(count + Words.BYTES);
    copy(bytes, from, count, length);
    length += count;
  }

  /**
   * Copies to where there is room for a word more. Keys and short fields as words, which is cheaper
   * than the call: two that may overlap, or one of which the end does not count.
   */
  private void copy(byte[] bytes, int from, int count, int at) {
    if (count > 2 * Words.BYTES || (count < Words.BYTES && from > bytes.length - Words.BYTES)) {
      System.arraycopy(bytes, from, array, at, count);
      return;
    }
    long first = Words.at(bytes, from);
    if (count > Words.BYTES) {
      long last = Words.at(bytes, from + count - Words.BYTES);
      Words.put(array, at + count - Words.BYTES, last);
    }
    Words.put(array, at, first);
  }

  /**
   * The array, with room for {@code count} more bytes behind {@link #length()}, for whoever fills
   * it and then tells the {@linkplain #length(int) new length}.
   */
  public byte[] room(int count) {
    reserve(count);
    return array;
  }

  /** Takes everything before {@code newLength} for written. */
  public void length(int newLength) {
    if (newLength < 0 || newLength > array.length) {
      throw new IllegalArgumentException(newLength + " is not within 0.." + array.length);
    }
    length = newLength;
  }

  /** Makes room for {@code count} more bytes. */
  public void reserve(int count) {
    if (count > array.length - length) {
      grow(Math.addExact(length, count));
    }
  }

  private void grow(int needed) {
    array = Arrays.copyOf(array, Math.max(needed, array.length + (array.length >> 1)));
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(array, length);
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(array, 0, length);
  }

  /** The bytes as UTF-8 text. */
  @Override
  public String toString() {
    return new String(array, 0, length, StandardCharsets.UTF_8);
  }
}
