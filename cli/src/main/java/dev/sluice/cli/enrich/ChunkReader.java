package dev.sluice.cli.enrich;

import dev.sluice.producers.ReplayInput;
import java.io.IOException;
import java.io.InputStream;

/**
 * Splits one input into chunks of whole lines. A line ends at LF; a last line without LF counts; a
 * final LF opens no further line; all CRs before a line end belong to it. Of a line that is too
 * long only the start is kept. Not thread-safe.
 */
final class ChunkReader {
  /** Most lines of a chunk, so that the rejects of a file of empty lines stay bounded. */
  static final int MAX_LINES = 16 * 1024;

  private final InputFile file;
  private final ReplayInput input;
  private final InputStream content;
  private final int maxLineBytes;

  private final byte[] rest;
  private int restBytes;
  private long line = 1;
  private boolean atEnd;
  private IOException failure;

  /**
   * @param maxLineBytes bytes of the longest line that is kept, without its line end
   * @param chunkBytes capacity of the chunks, more than {@code maxLineBytes}
   */
  ChunkReader(InputFile file, ReplayInput input, int maxLineBytes, int chunkBytes) {
    if (chunkBytes <= maxLineBytes) {
      throw new IllegalArgumentException(
          "a chunk of " + chunkBytes + " bytes holds no line of " + maxLineBytes);
    }
    this.file = file;
    this.input = input;
    this.content = input.content();
    this.maxLineBytes = maxLineBytes;
    rest = new byte[chunkBytes];
  }

  /**
   * Fills the chunk with the next lines; false when there is nothing left to tell. An input that
   * breaks off gives its last whole lines, and then the failure once; the line that it broke is
   * gone.
   */
  boolean next(Chunk chunk) {
    chunk.begin(file, line);
    byte[] bytes = chunk.bytes();
    System.arraycopy(rest, 0, bytes, 0, restBytes);
    int filled = fill(bytes, restBytes);
    restBytes = 0;
    take(chunk, filled);
    line += chunk.lines();
    chunk.inputRead(input.bytesRead(), input.size());
    if (restBytes == 0 && failure != null) {
      chunk.failure(failure);
      failure = null;
      return true;
    }
    return chunk.lines() > 0;
  }

  /** Decides which of the bytes are this chunk's lines and keeps the rest for the next. */
  private void take(Chunk chunk, int filled) {
    byte[] bytes = chunk.bytes();
    int whole = LineFeeds.last(bytes, 0, filled) + 1;
    boolean lastLineIsWhole = atEnd && failure == null;
    if (whole == 0 && !atEnd) {
      takeCutLine(chunk, filled);
      return;
    }
    int end = lastLineIsWhole ? filled : whole;
    int lines = LineFeeds.count(bytes, 0, whole) + (end > whole ? 1 : 0);
    if (lines > MAX_LINES) {
      end = endOfLines(bytes, end, MAX_LINES);
      lines = MAX_LINES;
    }
    chunk.holds(end, lines);
    int kept = lastLineIsWhole || !atEnd ? filled : whole; // a broken line is not kept
    restBytes = kept - end;
    System.arraycopy(bytes, end, rest, 0, restBytes);
  }

  private static int endOfLines(byte[] bytes, int to, int count) {
    int end = 0;
    for (int i = 0; i < count; i++) {
      end = LineFeeds.first(bytes, end, to) + 1;
    }
    return end;
  }

  /** The chunk is full of one line without an end: reads on to its end, keeping nothing more. */
  private void takeCutLine(Chunk chunk, int filled) {
    long read = filled;
    long length = withoutCarriageReturns(chunk.bytes(), filled, 0, 0);
    int block = 0;
    int lineFeed = 0;
    while (lineFeed == block) {
      block = atEnd ? 0 : fillOnce(rest, 0);
      if (block == 0) {
        break;
      }
      lineFeed = LineFeeds.first(rest, 0, block);
      length = withoutCarriageReturns(rest, lineFeed, read, length);
      read += lineFeed;
    }
    if (failure != null) {
      return; // it broke off inside this line
    }
    chunk.holdsCutLine((int) Math.min(length, maxLineBytes + 1L), length);
    int from = Math.min(lineFeed + 1, block);
    restBytes = block - from;
    System.arraycopy(rest, from, rest, 0, restBytes);
  }

  /** Length of a line so far, without the CRs at its end. */
  private static long withoutCarriageReturns(byte[] bytes, int to, long before, long lengthBefore) {
    int end = to;
    while (end > 0 && bytes[end - 1] == '\r') {
      end--;
    }
    return end == 0 ? lengthBefore : before + end;
  }

  /**
   * Reads until the array is full or the input at its end. Of standard input it takes what is there
   * when that has a whole line, so that whoever follows a growing log sees its lines.
   */
  private int fill(byte[] bytes, int from) {
    boolean live = file.isStandardInput();
    boolean wholeLine = live && hasLineFeed(bytes, 0, from);
    int to = from;
    while (to < bytes.length && !atEnd && !(wholeLine && !moreAtHand())) {
      int start = to;
      to += fillOnce(bytes, to);
      wholeLine |= live && hasLineFeed(bytes, start, to);
    }
    return to;
  }

  private static boolean hasLineFeed(byte[] bytes, int from, int to) {
    return LineFeeds.first(bytes, from, to) < to;
  }

  private boolean moreAtHand() {
    try {
      return content.available() > 0;
    } catch (IOException unknown) {
      return true; // the next read tells
    }
  }

  /** Reads once; 0 at the end, which a failure is too. */
  private int fillOnce(byte[] bytes, int from) {
    try {
      int count = content.read(bytes, from, bytes.length - from);
      if (count > 0) {
        return count;
      }
    } catch (IOException e) {
      failure = e;
    }
    atEnd = true;
    return 0;
  }
}
