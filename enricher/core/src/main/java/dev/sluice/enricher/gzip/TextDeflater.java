package dev.sluice.enricher.gzip;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.bytes.Words;
import java.util.Arrays;

/**
 * Finds what comes again in a text, and writes the text as blocks of DEFLATE. For each five bytes
 * only the place is remembered where they came last: lines resemble the lines before them. Not
 * thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-4">RFC 1951, 4</a>
 */
final class TextDeflater {
  private static final int TABLE_BITS = 15;
  private static final int BLOCK_TOKENS = 16 * 1024;

  /** Shorter matches cost more than they save, as most of them are far away. */
  private static final int SHORTEST = 5;

  /** A match of so many bytes is taken without a look at the next place. */
  private static final int LONG_ENOUGH = 16;

  /** A word, and a word at the next place; the last bytes of a piece are never looked up. */
  private static final int LOOK_AHEAD = 2 * Words.BYTES;

  /** Added to places, so that nought, which a new table is full of, is too far from any. */
  private static final int NEVER = BlockWriter.MAX_DISTANCE + 1;

  private static final int FIRST_TOKENS = 512;
  private static final int SPARE_BITS = Long.SIZE - SHORTEST * Byte.SIZE;

  /** 2 to the 64th, divided by the golden ratio: spreads what it is multiplied with. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Where the five bytes of a slot came last, plus {@link #NEVER}; 0 for those that did not. */
  private final int[] lastPlaces = new int[1 << TABLE_BITS];

  private int[] tokens =
      new int[FIRST_TOKENS]; // grows: most of a small text's would be for nothing
  private final BlockWriter blocks;
  private final int[] literalCounts;
  private final int[] distanceCounts;
  private int count;

  /** Begins a stream; what is ready is appended to {@code out}. */
  TextDeflater(OutputBuffer out) {
    blocks = new BlockWriter(out);
    literalCounts = blocks.literalCounts();
    distanceCounts = blocks.distanceCounts();
  }

  /**
   * Deflates a piece.
   *
   * @param from first byte; what lies before it belongs to the stream, unless it is the first piece
   * @param to one after the last byte
   * @param last whether it is the last piece
   */
  void deflate(byte[] text, int from, int to, boolean last) {
    int i = from;
    while (i <= to - LOOK_AHEAD) {
      makeRoom();
      i = token(text, i, to);
    }
    for (; i < to; i++) {
      makeRoom();
      literal(text[i]);
    }
    if (last) {
      endBlock(true);
      blocks.end();
    }
  }

  /** For two tokens, the most that are made at a time. */
  private void makeRoom() {
    if (count >= tokens.length - 1) {
      if (tokens.length < BLOCK_TOKENS) {
        tokens = Arrays.copyOf(tokens, 2 * tokens.length);
      } else {
        endBlock(false);
      }
    }
  }

  private void endBlock(boolean last) {
    blocks.block(tokens, count, last);
    count = 0;
  }

  /** Notes what stands at {@code i}; answers the place behind it. */
  private int token(byte[] text, int i, int to) {
    long word = Words.at(text, i);
    int before = takePlace(word, i);
    if (i - before > BlockWriter.MAX_DISTANCE) {
      literal(text[i]);
      return i + 1;
    }
    int length = matchLength(text, before, i, word, to);
    if (length < SHORTEST) {
      literal(text[i]);
      return i + 1;
    }
    int start = i;
    if (length < LONG_ENOUGH) {
      long nextWord = Words.at(text, i + 1);
      int nextBefore = takePlace(nextWord, i + 1);
      if (i + 1 - nextBefore <= BlockWriter.MAX_DISTANCE) {
        int nextLength = matchLength(text, nextBefore, i + 1, nextWord, to);
        if (nextLength > length + 1) {
          literal(text[i]);
          start = i + 1;
          before = nextBefore;
          length = nextLength;
        }
      }
    }
    match(start - before, length);
    int end = start + length;
    if (end <= to - Words.BYTES) {
      takePlace(Words.at(text, start + 1), start + 1);
      takePlace(Words.at(text, end - 2), end - 2);
    }
    return end;
  }

  /** The last place of the word's first five bytes, which now is {@code i}. */
  private int takePlace(long word, int i) {
    int slot = (int) ((word << SPARE_BITS) * SPREAD >>> Long.SIZE - TABLE_BITS);
    int before = lastPlaces[slot] - NEVER;
    lastPlaces[slot] = i + NEVER;
    return before;
  }

  /** Bytes that are the same at both places, as many as one match can have. */
  private static int matchLength(byte[] text, int before, int i, long word, int to) {
    long difference = Words.at(text, before) ^ word;
    if (difference != 0) {
      return sameBytes(difference);
    }
    int end = Math.min(to, i + BlockWriter.MAX_MATCH);
    int back = i - before;
    int at = i + Words.BYTES;
    for (; at <= end - Words.BYTES; at += Words.BYTES) {
      difference = Words.at(text, at - back) ^ Words.at(text, at);
      if (difference != 0) {
        return at - i + sameBytes(difference);
      }
    }
    while (at < end && text[at] == text[at - back]) {
      at++;
    }
    return at - i;
  }

  private static int sameBytes(long difference) {
    return Long.numberOfTrailingZeros(difference) / Byte.SIZE;
  }

  private void literal(byte value) {
    int literal = value & 0xFF;
    tokens[count++] = literal;
    literalCounts[literal]++;
  }

  private void match(int distance, int length) {
    tokens[count++] = BlockWriter.token(distance, length);
    literalCounts[BlockWriter.lengthSymbol(length)]++;
    distanceCounts[BlockWriter.distanceSymbol(distance)]++;
  }

  /** Tells that the text has moved: what was at {@code by} is now at 0. */
  void moved(int by) {
    for (int slot = 0; slot < lastPlaces.length; slot++) {
      lastPlaces[slot] = Math.max(0, lastPlaces[slot] - by);
    }
  }
}
