package dev.sluice.files.log;

import dev.sluice.enricher.bytes.ByteSearch;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads bytes as blocks of whole lines. A line ends at LF; a last line without LF counts; a final
 * LF opens no further line. Of a line that does not fit only the start is kept, and it is a block
 * of its own. Not thread-safe.
 */
public final class LineBlocks {
  /** Read at a time, besides room for the longest line. */
  static final int BLOCK_BYTES = 256 * 1024;

  private static final int SKIP_BYTES = 64 * 1024;

  private final InputStream in;
  private final byte[] bytes;
  private final byte[] skipped = new byte[SKIP_BYTES];
  private int skippedFrom;
  private int skippedTo;
  private int filled;
  private int to;
  private long cutLength;
  private boolean cut;
  private boolean ended;

  /**
   * @param maxLineBytes of the longest line that is kept as a whole, its line end not counted
   */
  public LineBlocks(InputStream in, int maxLineBytes) {
    this.in = in;
    bytes = new byte[BLOCK_BYTES + maxLineBytes];
  }

  /**
   * Goes to the next block; false when there is none.
   *
   * @throws IOException the source cannot be read on; what was read of the unfinished line is gone
   */
  public boolean next() throws IOException {
    keepRest();
    cut = false;
    int searched = 0;
    while (true) {
      int lineFeed = ByteSearch.lastIndexOf('\n', bytes, searched, filled);
      if (lineFeed >= searched) {
        to = lineFeed + 1;
        return true;
      }
      searched = filled;
      if (filled == bytes.length) {
        skipLine();
        return true;
      }
      int read = ended ? -1 : in.read(bytes, filled, bytes.length - filled);
      if (read < 0) {
        ended = true;
        to = filled;
        return to > 0;
      }
      filled += read;
    }
  }

  private void keepRest() {
    if (skippedFrom < skippedTo) {
      filled = skippedTo - skippedFrom;
      System.arraycopy(skipped, skippedFrom, bytes, 0, filled);
      skippedFrom = skippedTo;
    } else {
      filled -= to;
      System.arraycopy(bytes, to, bytes, 0, filled);
    }
    to = 0;
  }

  /** All that there is room for is one line: looks for its end. */
  private void skipLine() throws IOException {
    long read = filled;
    long text = withoutCarriageReturns(bytes, filled, 0, 0);
    int lineFeed = 0;
    int block = 0;
    while (lineFeed == block) {
      block = in.read(skipped, 0, skipped.length);
      if (block < 0) {
        ended = true;
        block = 0;
        break;
      }
      lineFeed = ByteSearch.indexOf('\n', skipped, 0, block);
      text = withoutCarriageReturns(skipped, lineFeed, read, text);
      read += lineFeed;
    }
    skippedFrom = Math.min(lineFeed + 1, block);
    skippedTo = block;
    cut = true;
    cutLength = text;
    to = filled;
  }

  /** Length of the line so far, without the CRs at its end. */
  private static long withoutCarriageReturns(byte[] text, int to, long before, long lengthBefore) {
    int end = to;
    while (end > 0 && text[end - 1] == '\r') {
      end--;
    }
    return end == 0 ? lengthBefore : before + end;
  }

  /** Holds the lines from 0 (in) to {@link #length()} (out), until the next call. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return to;
  }

  /** Whether the block is the start of a single line that is too long to be kept. */
  public boolean isCut() {
    return cut;
  }

  /** True length of the line that {@link #isCut()}, without its line end. */
  public long cutLength() {
    return cutLength;
  }
}
