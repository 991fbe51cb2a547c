package dev.sluice.producers;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits bytes into lines at LF. A CR before the LF belongs to the line end. A last line without LF
 * counts; a final LF opens no further line. Of a line that is too long only the length is kept.
 *
 * <p>The line lives in a buffer that the next call overwrites. Not thread-safe.
 */
public final class LineReader {
  private static final int READ_BYTES = 64 * 1024;
  private static final int FIRST_LINE_BYTES = 1024;

  private final InputStream in;
  private final int maxLineBytes;
  private final byte[] buffer = new byte[READ_BYTES];
  private long filled; // bytes read from the source before those in the buffer
  private int from;
  private int to;
  private byte[] line = new byte[FIRST_LINE_BYTES];
  private long length;
  private long textLength;
  private byte last;
  private long number;

  /**
   * @param maxLineBytes bytes of the longest line that is kept, without its line end
   */
  public LineReader(InputStream in, int maxLineBytes) {
    this.in = in;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * Goes to the next line; false when there is none.
   *
   * @throws IOException the source cannot be read on; what was read of the unfinished line is gone
   */
  public boolean next() throws IOException {
    length = 0;
    textLength = 0;
    boolean any = false;
    while (from < to || fill()) {
      any = true;
      int end = lineFeed();
      take(end);
      if (end < to) {
        from = end + 1;
        number++;
        if (length > 0 && last == '\r') {
          length--;
        }
        return true;
      }
      from = to;
    }
    if (any) {
      number++;
    }
    return any;
  }

  /**
   * Whether there is more to read without waiting for it: a whole line that was read already, or
   * bytes that the source has at hand.
   */
  public boolean hasMoreAtHand() throws IOException {
    return lineFeed() < to || in.available() > 0;
  }

  private boolean fill() throws IOException {
    filled += to;
    from = 0;
    to = 0;
    to = Math.max(0, in.read(buffer, 0, buffer.length));
    return to > 0;
  }

  private int lineFeed() {
    int i = from;
    while (i < to && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  /** Appends {@code [from, end)} of the buffer to the line, as far as it is kept. */
  private void take(int end) {
    int count = end - from;
    if (count == 0) {
      return;
    }
    last = buffer[end - 1];
    int textEnd = end;
    while (textEnd > from && buffer[textEnd - 1] == '\r') {
      textEnd--;
    }
    if (textEnd > from) {
      textLength = length + textEnd - from;
    }
    // one byte more than the bound: it may be the CR of the line end
    int kept = (int) Math.max(0, Math.min(count, maxLineBytes + 1L - length));
    if (kept > 0) {
      int needed = (int) length + kept;
      if (needed > line.length) {
        line = Arrays.copyOf(line, Math.max(needed, Math.min(maxLineBytes + 1, line.length * 2)));
      }
      System.arraycopy(buffer, from, line, (int) length, kept);
    }
    length += count;
  }

  /** Whether the line exceeds the bound, so that {@link #bytes()} has not got all of it. */
  public boolean tooLong() {
    return length > maxLineBytes;
  }

  /** Length of the line in bytes, without its line end. */
  public long length() {
    return length;
  }

  /** Length of the line in bytes, without its line end and without any CR before that. */
  public long textLength() {
    return textLength;
  }

  /** Holds the line in {@code [0, length())} unless it is {@link #tooLong()}. */
  public byte[] bytes() {
    return line;
  }

  /** Bytes of the source up to the end of the line, with its line end. */
  public long offset() {
    return filled + from;
  }

  /** Number of the line, counted from 1; 0 before the first. */
  public long number() {
    return number;
  }
}
