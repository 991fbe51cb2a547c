package dev.sluice.enricher.gzip;

import dev.sluice.enricher.OutputBuffer;
import dev.sluice.enricher.bytes.Words;
import java.util.Arrays;

/**
 * Writes pieces of text as blocks of DEFLATE with prefix codes of their own. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951</a>
 */
final class BlockWriter {
  /** Longest match. */
  static final int MAX_MATCH = 258;

  /** Farthest match. */
  static final int MAX_DISTANCE = 32 * 1024;

  private static final int MIN_MATCH = 3;

  /** Of a token, for the length of a match; a match is never as small as a literal. */
  private static final int LENGTH_BITS = 9;

  private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

  /** Entries of tables hold a word of up to 24 bits, and the number of its bits above it. */
  private static final int WORD_BITS = 24;

  private static final int WORD_MASK = (1 << WORD_BITS) - 1;

  /** A match takes 15 and 5 bits for its length, 15 and 13 for its distance. */
  private static final int MAX_TOKEN_BYTES = 6;

  /** Distances up to here have a table by each of them, those above by steps. */
  private static final int NEAR_DISTANCES = 256;

  private static final int STEP_BITS = 7;

  private static final int LITERALS = 256;
  private static final int END_OF_BLOCK = 256;
  private static final int FIRST_LENGTH = 257;
  private static final int LENGTH_SYMBOLS = 29;
  private static final int DISTANCE_SYMBOLS = 30;
  private static final int MAX_WORD = 15;
  private static final int MAX_HEAD_WORD = 7;
  private static final int DYNAMIC = 2;

  /** Order in which a head has the lengths of its own code. */
  private static final int[] HEAD_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final int REPEAT = 16; // the length before, 3 to 6 times
  private static final int ZEROS = 17; // 3 to 10
  private static final int MANY_ZEROS = 18; // 11 to 138

  /** The symbol of a match's length, which stands for itself with so many more bits. */
  private static final byte[] LENGTH_SYMBOL = new byte[MAX_MATCH + 1];

  private static final int[] LENGTH_BASE = new int[LENGTH_SYMBOLS];
  private static final int[] LENGTH_EXTRA = new int[LENGTH_SYMBOLS];
  private static final int[] DISTANCE_BASE = new int[DISTANCE_SYMBOLS];
  private static final int[] DISTANCE_EXTRA = new int[DISTANCE_SYMBOLS];

  private static final byte[] NEAR = new byte[NEAR_DISTANCES + 1];

  private static final byte[] FAR = new byte[MAX_DISTANCE >> STEP_BITS];

  static {
    int length = MIN_MATCH;
    for (int symbol = 0; symbol < LENGTH_SYMBOLS - 1; symbol++) {
      LENGTH_EXTRA[symbol] = symbol < 8 ? 0 : symbol / 4 - 1;
      LENGTH_BASE[symbol] = length;
      for (int i = 0; i < 1 << LENGTH_EXTRA[symbol] && length <= MAX_MATCH; i++) {
        LENGTH_SYMBOL[length++] = (byte) symbol;
      }
    }
    LENGTH_BASE[LENGTH_SYMBOLS - 1] = MAX_MATCH;
    LENGTH_SYMBOL[MAX_MATCH] = LENGTH_SYMBOLS - 1;
    int distance = 1;
    for (int symbol = 0; symbol < DISTANCE_SYMBOLS; symbol++) {
      DISTANCE_EXTRA[symbol] = symbol < 4 ? 0 : symbol / 2 - 1;
      DISTANCE_BASE[symbol] = distance;
      for (int i = 0; i < 1 << DISTANCE_EXTRA[symbol]; i++, distance++) {
        if (distance <= NEAR_DISTANCES) {
          NEAR[distance] = (byte) symbol;
        }
        FAR[distance - 1 >> STEP_BITS] = (byte) symbol; // the last of a step counts
      }
    }
  }

  private final HuffmanCode literals = new HuffmanCode(FIRST_LENGTH + LENGTH_SYMBOLS, MAX_WORD);
  private final HuffmanCode distances = new HuffmanCode(DISTANCE_SYMBOLS, MAX_WORD);
  private final HuffmanCode head = new HuffmanCode(MANY_ZEROS + 1, MAX_HEAD_WORD);

  /** Words of literals and of lengths with their extra bits; their numbers of bits from bit 24. */
  private final int[] literalWords = new int[LITERALS];

  private final int[] lengthWords = new int[MAX_MATCH + 1];
  private final int[] distanceWords = new int[DISTANCE_SYMBOLS];
  private final int[] runs = new int[FIRST_LENGTH + LENGTH_SYMBOLS + DISTANCE_SYMBOLS];

  private final OutputBuffer out;
  private long bits; // not yet written, the first of them lowest
  private int bitCount;

  /** Begins a stream; blocks are appended to {@code out}. */
  BlockWriter(OutputBuffer out) {
    this.out = out;
  }

  /** A match among the tokens of a block, where a literal stands for itself. */
  static int token(int distance, int length) {
    return distance << LENGTH_BITS | length;
  }

  static int distanceSymbol(int distance) {
    return distance <= NEAR_DISTANCES ? NEAR[distance] : FAR[distance - 1 >> STEP_BITS];
  }

  /** Counts of literals and lengths, for whoever makes tokens; {@link #block} clears them. */
  int[] literalCounts() {
    return literals.counts;
  }

  int[] distanceCounts() {
    return distances.counts;
  }

  static int lengthSymbol(int length) {
    return FIRST_LENGTH + LENGTH_SYMBOL[length];
  }

  /**
   * Appends a block.
   *
   * @param tokens literals as they are, matches by {@link #token}
   * @param count how many, all of them counted
   */
  void block(int[] tokens, int count, boolean last) {
    literals.counts[END_OF_BLOCK] = 1;
    if (count == 0) {
      literals.counts[0] = 1; // a code of one word alone would be incomplete
    }
    literals.build();
    distances.build();
    writeHead(last);
    prepareWords();
    writeTokens(tokens, count);
    put(literals.words[END_OF_BLOCK], literals.lengths[END_OF_BLOCK]);
    Arrays.fill(literals.counts, 0);
    Arrays.fill(distances.counts, 0);
  }

  /** Appends what is left of the last byte. */
  void end() {
    for (; bitCount > 0; bitCount -= Byte.SIZE, bits >>>= Byte.SIZE) {
      out.append((byte) bits);
    }
  }

  private void put(int word, int length) {
    bits |= (long) word << bitCount;
    bitCount += length;
    byte[] array = out.room(Long.BYTES);
    Words.put(array, out.length(), bits);
    out.length(out.length() + (bitCount >>> 3));
    bits >>>= bitCount & ~7;
    bitCount &= 7;
  }

  private void prepareWords() {
    for (int i = 0; i < LITERALS; i++) {
      literalWords[i] = literals.words[i] | literals.lengths[i] << WORD_BITS;
    }
    for (int length = MIN_MATCH; length <= MAX_MATCH; length++) {
      int symbol = LENGTH_SYMBOL[length];
      int bitsOfSymbol = literals.lengths[FIRST_LENGTH + symbol];
      lengthWords[length] =
          literals.words[FIRST_LENGTH + symbol]
              | length - LENGTH_BASE[symbol] << bitsOfSymbol
              | bitsOfSymbol + LENGTH_EXTRA[symbol] << WORD_BITS;
    }
    for (int symbol = 0; symbol < DISTANCE_SYMBOLS; symbol++) {
      distanceWords[symbol] = distances.words[symbol] | distances.lengths[symbol] << WORD_BITS;
    }
  }

  private void writeTokens(int[] tokens, int count) {
    byte[] array = out.room(count * MAX_TOKEN_BYTES + Long.BYTES);
    int at = out.length();
    long pending = bits;
    int used = bitCount;
    for (int i = 0; i < count; i++) {
      int token = tokens[i];
      if (token < LITERALS) {
        int word = literalWords[token];
        pending |= (long) (word & WORD_MASK) << used;
        used += word >>> WORD_BITS;
      } else {
        int word = lengthWords[token & LENGTH_MASK];
        pending |= (long) (word & WORD_MASK) << used;
        used += word >>> WORD_BITS;
        int distance = token >>> LENGTH_BITS;
        int symbol = distanceSymbol(distance);
        word = distanceWords[symbol];
        pending |= (long) (word & WORD_MASK) << used;
        used += word >>> WORD_BITS;
        pending |= (long) (distance - DISTANCE_BASE[symbol]) << used;
        used += DISTANCE_EXTRA[symbol];
      }
      Words.put(array, at, pending);
      at += used >>> 3;
      pending >>>= used & ~7;
      used &= 7;
    }
    out.length(at);
    bits = pending;
    bitCount = used;
  }

  private void writeHead(boolean last) {
    int literalCount = FIRST_LENGTH + LENGTH_SYMBOLS;
    while (literalCount > FIRST_LENGTH && literals.lengths[literalCount - 1] == 0) {
      literalCount--;
    }
    int distanceCount = DISTANCE_SYMBOLS;
    while (distanceCount > 1 && distances.lengths[distanceCount - 1] == 0) {
      distanceCount--;
    }
    int runCount = findRuns(literalCount, distanceCount);
    // A code of one word alone would be incomplete, which is not allowed here.
    head.counts[0]++;
    head.counts[MANY_ZEROS]++;
    head.build();
    int headCount = HEAD_ORDER.length;
    while (headCount > 4 && head.lengths[HEAD_ORDER[headCount - 1]] == 0) {
      headCount--;
    }
    put((last ? 1 : 0) | DYNAMIC << 1, 3);
    put(literalCount - FIRST_LENGTH, 5);
    put(distanceCount - 1, 5);
    put(headCount - 4, 4);
    for (int i = 0; i < headCount; i++) {
      put(head.lengths[HEAD_ORDER[i]], 3);
    }
    for (int i = 0; i < runCount; i++) {
      int symbol = runs[i] & 31;
      put(head.words[symbol], head.lengths[symbol]);
      if (symbol >= REPEAT) {
        put(runs[i] >>> 5, symbol == REPEAT ? 2 : symbol == ZEROS ? 3 : 7);
      }
    }
  }

  /** Lengths of words as symbols of the head's code, what they have besides from bit 5. */
  private int findRuns(int literalCount, int distanceCount) {
    Arrays.fill(head.counts, 0);
    int count = 0;
    int total = literalCount + distanceCount;
    for (int i = 0; i < total; ) {
      int length = lengthAt(i, literalCount);
      int end = i + 1;
      while (end < total && lengthAt(end, literalCount) == length) {
        end++;
      }
      if (length != 0) {
        runs[count++] = run(length, 0);
        i++;
      }
      while (i < end) {
        int left = end - i;
        int taken;
        if (length == 0 && left >= 11) {
          taken = Math.min(left, 138);
          runs[count++] = run(MANY_ZEROS, taken - 11);
        } else if (length == 0 && left >= 3) {
          taken = Math.min(left, 10);
          runs[count++] = run(ZEROS, taken - 3);
        } else if (length != 0 && left >= 3) {
          taken = Math.min(left, 6);
          runs[count++] = run(REPEAT, taken - 3);
        } else {
          taken = 1;
          runs[count++] = run(length, 0);
        }
        i += taken;
      }
    }
    return count;
  }

  private int run(int symbol, int more) {
    head.counts[symbol]++;
    return symbol | more << 5;
  }

  private int lengthAt(int i, int literalCount) {
    return i < literalCount ? literals.lengths[i] : distances.lengths[i - literalCount];
  }
}
