package dev.sluice.enricher.page;

import dev.sluice.enricher.bytes.Words;

/**
 * Short texts that came before, each with a number that somebody has found out about it: where
 * requests and referers come again and again, this is quicker than to look at their parts. One
 * place for each hash; all bytes are compared, so it is never wrong. Not thread-safe.
 */
final class KnownTexts {
  /** What no text has: {@link #find} has not found it. */
  static final long UNKNOWN = -1;

  /** Shorter texts cost little, longer ones are rare. */
  static final int MIN_LENGTH = 2 * Words.BYTES;

  /** Longest text, and the bytes that must lie behind the start of each. */
  static final int MAX_LENGTH = 8 * Words.BYTES;

  private static final int TEXT_WORDS = MAX_LENGTH / Words.BYTES;
  private static final int LENGTH = TEXT_WORDS;
  private static final int NUMBER = TEXT_WORDS + 1;
  private static final int ENTRY_WORDS = TEXT_WORDS + 2;

  /** Odd, and with about as many bits set as not: 2^64 divided by the golden ratio. */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  /** For each length the bytes of each word that belong to the text. */
  private static final long[] MASKS = masks();

  private final long[] entries;
  private final int shift;
  private int lastEntry;

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
    int entry = (int) (hash(text, from, to) >>> shift) * ENTRY_WORDS;
    int mask = length * TEXT_WORDS;
    lastEntry = entry;
    long differences = entries[entry + LENGTH] ^ length;
    for (int i = 0; i < TEXT_WORDS; i++) {
      differences |=
          (entries[entry + i] ^ Words.at(text, from + i * Words.BYTES)) & MASKS[mask + i];
    }
    return differences == 0 ? entries[entry + NUMBER] : UNKNOWN;
  }

  /** Remembers the text that {@link #find} was asked for last. */
  void put(byte[] text, int from, int to, long number) {
    for (int i = 0; i < TEXT_WORDS; i++) {
      entries[lastEntry + i] = Words.at(text, from + i * Words.BYTES);
    }
    entries[lastEntry + LENGTH] = to - from;
    entries[lastEntry + NUMBER] = number;
  }

  /** Of the length and of four words, of which those at the end differ most. */
  private static long hash(byte[] text, int from, int to) {
    long one = (Words.at(text, from + (to - from) / 2 - Words.BYTES) ^ to - from) * SPREAD;
    long other = Words.at(text, from + Words.BYTES) * SPREAD;
    one = (Long.rotateLeft(one, 23) ^ Words.at(text, to - 2 * Words.BYTES)) * SPREAD;
    other = (Long.rotateLeft(other, 31) ^ Words.at(text, to - Words.BYTES)) * SPREAD;
    return (one ^ other >>> Integer.SIZE ^ other) * SPREAD;
  }
}
