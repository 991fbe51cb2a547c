package dev.sluice.enricher.gzip;

import java.util.Arrays;

/**
 * A canonical prefix code for symbols that came so often, with a bound on the length of its words.
 * Used again for the next block; not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951#section-3.2.2">RFC 1951, 3.2.2</a>
 */
final class HuffmanCode {
  private static final int SYMBOL_BITS = 9;
  private static final int SYMBOL_MASK = (1 << SYMBOL_BITS) - 1;

  private final int maxLength;

  /** How often each symbol comes; to be set before {@link #build}. */
  final int[] counts;

  /** Bits of each symbol's word, 0 for one that never comes. */
  final byte[] lengths;

  /** Each symbol's word, its first bit lowest. */
  final int[] words;

  private final long[] order; // count and symbol of those that come, rarest first
  private final long[] weights; // of the nodes that are made of two
  private final int[] parents;
  private final int[] ofLength;

  /**
   * @param symbols at most 512
   * @param maxLength most bits of a word
   */
  HuffmanCode(int symbols, int maxLength) {
    this.maxLength = maxLength;
    counts = new int[symbols];
    lengths = new byte[symbols];
    words = new int[symbols];
    order = new long[symbols];
    weights = new long[symbols];
    parents = new int[2 * symbols];
    ofLength = new int[Math.max(maxLength, symbols) + 1];
  }

  /** Finds lengths and words from the counts. */
  void build() {
    Arrays.fill(lengths, (byte) 0);
    int used = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      if (counts[symbol] > 0) {
        order[used++] = (long) counts[symbol] << SYMBOL_BITS | symbol;
      }
    }
    if (used == 1) {
      lengths[(int) order[0] & SYMBOL_MASK] = 1;
    } else if (used > 1) {
      Arrays.sort(order, 0, used);
      countDepths(used);
      shorten(used);
      giveLengths(used);
    }
    giveWords();
  }

  /** Joins the two lightest nodes until one is left; then counts the leaves of each depth. */
  private void countDepths(int used) {
    int leaf = 0;
    int node = 0;
    for (int made = 0; made < used - 1; made++) {
      long weight = 0;
      for (int child = 0; child < 2; child++) {
        boolean takeLeaf =
            leaf < used && (node == made || order[leaf] >>> SYMBOL_BITS <= weights[node]);
        if (takeLeaf) {
          weight += order[leaf] >>> SYMBOL_BITS;
          parents[leaf++] = used + made;
        } else {
          weight += weights[node];
          parents[used + node++] = used + made;
        }
      }
      weights[made] = weight;
    }
    Arrays.fill(ofLength, 0);
    int root = 2 * used - 2;
    weights[root - used] = 0; // from here on the depth
    for (int inner = root - 1; inner >= used; inner--) {
      weights[inner - used] = weights[parents[inner] - used] + 1;
    }
    for (int i = 0; i < used; i++) {
      ofLength[(int) weights[parents[i] - used] + 1]++;
    }
  }

  /** Words that are too long get the bound; shorter ones grow until there is room for them. */
  private void shorten(int used) {
    long room = 0; // in words of the longest kind
    for (int length = ofLength.length - 1; length > maxLength; length--) {
      ofLength[maxLength] += ofLength[length];
      ofLength[length] = 0;
    }
    for (int length = 1; length <= maxLength; length++) {
      room += (long) ofLength[length] << maxLength - length;
    }
    long excess = room - (1L << maxLength);
    while (excess > 0) {
      int length = maxLength - 1;
      while (ofLength[length] == 0) {
        length--;
      }
      // One of these becomes a longer one: half of its room is free.
      ofLength[length]--;
      ofLength[length + 1]++;
      excess -= 1L << maxLength - length - 1;
    }
    for (int length = maxLength; excess < 0 && length > 1; length--) {
      long gain = 1L << maxLength - length; // of a word that is one bit shorter
      while (excess + gain <= 0 && ofLength[length] > 0) {
        ofLength[length]--;
        ofLength[length - 1]++;
        excess += gain;
      }
    }
  }

  private void giveLengths(int used) {
    int at = 0;
    for (int length = maxLength; length > 0; length--) {
      for (int i = 0; i < ofLength[length]; i++) {
        lengths[(int) order[at++] & SYMBOL_MASK] = (byte) length;
      }
    }
  }

  private void giveWords() {
    int[] next = new int[maxLength + 2];
    for (byte length : lengths) {
      next[length + 1]++;
    }
    next[1] = 0;
    int word = 0;
    for (int length = 1; length <= maxLength; length++) {
      word = word + next[length] << 1;
      next[length] = word;
    }
    // next[length] now is the first word of that length
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      int length = lengths[symbol];
      if (length > 0) {
        words[symbol] = Integer.reverse(next[length]++) >>> Integer.SIZE - length;
      }
    }
  }
}
