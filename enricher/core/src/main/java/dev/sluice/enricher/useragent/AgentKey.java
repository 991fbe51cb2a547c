package dev.sluice.enricher.useragent;

import dev.sluice.enricher.bytes.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a user agent as a key: equal when all of the bytes are. A probe looks at somebody
 * else's bytes and is used again; only a {@link #copy} may be kept. Keys have an order, so that a
 * hash table stays fast for keys that were made to share a hash.
 */
final class AgentKey implements Comparable<AgentKey> {
  /** Odd, and with about as many bits set as not: 2^64 divided by the golden ratio. */
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private static final int SAMPLED_WORDS = 8;

  private byte[] text = new byte[0];
  private int from;
  private int to;
  private long hash;

  /** Looks at the bytes from {@code newFrom} (in) to {@code newTo} (out). */
  void lookAt(byte[] newText, int newFrom, int newTo) {
    text = newText;
    from = newFrom;
    to = newTo;
    hash = hash(text, from, to);
  }

  /**
   * A hash of the length and of {@value #SAMPLED_WORDS} words where user agents differ: system and
   * device stand near the start, products and versions at the end. Of shorter texts the hash.
   */
  static long quickHash(byte[] text, int from, int to) {
    if (to - from < SAMPLED_WORDS * Words.BYTES) {
      return hash(text, from, to);
    }
    long one = mix(to - from, Words.at(text, from + Words.BYTES));
    long other = mix(MULTIPLIER, Words.at(text, from + 2 * Words.BYTES));
    one = mix(one, Words.at(text, from + 3 * Words.BYTES));
    other = mix(other, Words.at(text, from + 4 * Words.BYTES));
    one = mix(one, Words.at(text, to - 4 * Words.BYTES));
    other = mix(other, Words.at(text, to - 3 * Words.BYTES));
    one = mix(one, Words.at(text, to - 2 * Words.BYTES));
    other = mix(other, Words.at(text, to - Words.BYTES));
    long both = mix(one, other);
    return both ^ both >>> Integer.SIZE;
  }

  AgentKey copy() {
    var copy = new AgentKey();
    copy.text = Arrays.copyOfRange(text, from, to);
    copy.to = to - from;
    copy.hash = hash;
    return copy;
  }

  /** The bytes of a copy, all of them; for a probe the array that they are in. */
  byte[] text() {
    return text;
  }

  int from() {
    return from;
  }

  int length() {
    return to - from;
  }

  /** All 64 bits of the hash, each of which depends on all of the bytes. */
  long hash() {
    return hash;
  }

  /** Two products side by side, as each has to wait for the one before it. */
  private static long hash(byte[] text, int from, int to) {
    long one = to - from;
    long other = MULTIPLIER;
    int i = from;
    for (; i <= to - 2 * Words.BYTES; i += 2 * Words.BYTES) {
      one = mix(one, Words.at(text, i));
      other = mix(other, Words.at(text, i + Words.BYTES));
    }
    if (i <= to - Words.BYTES) {
      one = mix(one, Words.at(text, i));
      i += Words.BYTES;
    }
    if (i < to) {
      other = mix(other, rest(text, i, to));
    }
    long both = mix(one, other);
    return both ^ both >>> Integer.SIZE;
  }

  /** The last bytes, fewer than a word, as a word; the same wherever the text stands. */
  private static long rest(byte[] text, int from, int to) {
    if (to >= Words.BYTES) {
      return Words.before(text, to, to - from);
    }
    long word = 0;
    for (int i = to - 1; i >= from; i--) {
      word = word << Byte.SIZE | text[i] & 0xFF;
    }
    return word;
  }

  private static long mix(long hash, long word) {
    return (Long.rotateLeft(hash, 23) ^ word) * MULTIPLIER;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AgentKey that
        && hash == that.hash
        && Arrays.equals(text, from, to, that.text, that.from, that.to);
  }

  /** Whether the bytes are those of a copy, which may be null. */
  static boolean isCopied(byte[] copied, byte[] text, int from, int to) {
    int length = to - from;
    if (copied == null || copied.length != length) {
      return false;
    }
    return length < Words.BYTES
        ? Arrays.equals(text, from, to, copied, 0, length)
        : Words.areSame(text, from, copied, 0, length);
  }

  @Override
  public int hashCode() {
    return (int) hash;
  }

  @Override
  public int compareTo(AgentKey that) {
    return Arrays.compareUnsigned(text, from, to, that.text, that.from, that.to);
  }

  /** The bytes as text, one character for each. */
  @Override
  public String toString() {
    return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
