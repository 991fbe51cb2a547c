package dev.sluice.enricher.page;

import dev.sluice.enricher.bytes.Words;

/**
 * Short texts that came before, each with a number that somebody has found out about it: where
 * requests and referers come again and again, this is quicker than to look at their parts. Two
 * places for each hash; all bytes are compared, so it is never wrong. Not thread-safe.
 */
final class KnownTexts {
  /** What no text has: {@link #find} has not found it. */
  static final long UNKNOWN = -1;

  /** Shorter texts are rare, and have no word. */
  static final int MIN_LENGTH = Words.BYTES;

  /** Longest text, and the bytes that must lie behind the start of each. */
  static final int MAX_LENGTH = 8 * Words.BYTES;

  private static final int TEXT_WORDS = MAX_LENGTH / Words.BYTES;

  /** Behind the words of an entry: its length and hash, and its number. */
  private static final int TAG = TEXT_WORDS;

  private static final int NUMBER = TEXT_WORDS + 1;
  private static final int ENTRY_WORDS = TEXT_WORDS + 2;

  private static final int WAYS = 2;

  /** Lower bits of a tag, which hold a length; the others are those of the hash. */
  private static final int LENGTH_MASK = 0xFF;

  /** Odd, and with about as many bits set as not: 2^64 divided by the golden ratio. */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  /** For each length the bytes of each word that belong to the text. */
  private static final long[] MASKS = masks();

  private final long[] entries;
  private final int shift;
  private int lastSet;
  private long lastTag;
  private int lastEntry;
  private int nextWay;

  /**
   * @param bits texts are at most 2 to the power of this, of 80 bytes each; at least 1
   */
  KnownTexts(int bits) {
    entries = new long[ENTRY_WORDS << bits];
    shift = Long.SIZE - bits;
  }

  private static long[] masks() {
    var masks = new long[(MAX_LENGTH + 1) * TEXT_WORDS];
    for (int length = 0; length <= MAX_LENGTH; length++) {
      for (int word = 0; word < TEXT_WORDS; word++) {
        int bytes = Math.max(0, Math.min(Words.BYTES, length - word * Words.BYTES));
        masks[length * TEXT_WORDS + word] =
            bytes == Words.BYTES ? -1L : (1L << bytes * Byte.SIZE) - 1;
      }
    }
    return masks;
  }

  /** Whether texts of this place may be asked for. */
  static boolean takes(byte[] text, int from, int to) {
    int length = to - from;
    return length >= MIN_LENGTH && length <= MAX_LENGTH && from <= text.length - MAX_LENGTH;
  }

  /** The number of the text from {@code from} (in) to {@code to} (out), or {@link #UNKNOWN}. */
  long find(byte[] text, int from, int to) {
    int length = to - from;
    long hash = hash(text, from, to);
    long tag = hash & ~LENGTH_MASK | length;
    int set = ((int) (hash >>> shift) & -WAYS) * ENTRY_WORDS;
    lastSet = set;
    lastTag = tag;
    // Which of the two it is nobody can foresee: 1 if another is in the first.
    long difference = entries[set + TAG] ^ tag;
    int notFirst = (int) ((difference | -difference) >>> Long.SIZE - 1);
    int entry = set + notFirst * ENTRY_WORDS;
    int mask = length * TEXT_WORDS;
    lastEntry = entry;
    long differences = entries[entry + TAG] ^ tag;
    for (int i = 0; i < TEXT_WORDS; i++) {
      differences |=
          (entries[entry + i] ^ Words.at(text, from + i * Words.BYTES)) & MASKS[mask + i];
    }
    return differences == 0 ? entries[entry + NUMBER] : UNKNOWN;
  }

  /** Remembers the text that {@link #find} was asked for last, in either place of its hash. */
  void put(byte[] text, int from, int to, long number) {
    int entry = lastSet + nextWay * ENTRY_WORDS;
    lastEntry = entry;
    nextWay = WAYS - 1 - nextWay;
    for (int i = 0; i < TEXT_WORDS; i++) {
      entries[entry + i] = Words.at(text, from + i * Words.BYTES);
    }
    entries[entry + TAG] = lastTag;
    entries[entry + NUMBER] = number;
  }

  /** The place of the text that was found or put last, 0 to the number of texts. */
  int place() {
    return lastEntry / ENTRY_WORDS;
  }

  /** Of the length and of four words, of which those at the end differ most. */
  private static long hash(byte[] text, int from, int to) {
    int length = to - from;
    long one = (Words.at(text, from + (length - Words.BYTES) / 2) ^ length) * SPREAD;
    long other = Words.at(text, Math.max(from, to - 3 * Words.BYTES)) * SPREAD;
    long end = Words.at(text, Math.max(from, to - 2 * Words.BYTES));
    one = (Long.rotateLeft(one, 23) ^ end) * SPREAD;
    other = (Long.rotateLeft(other, 31) ^ Words.at(text, to - Words.BYTES)) * SPREAD;
    return (one ^ other >>> Integer.SIZE ^ other) * SPREAD;
  }
}
