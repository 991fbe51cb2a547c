package dev.sluice.enricher.useragent;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Finds all of a set of texts in one pass over another one, both {@linkplain #fold folded} (Aho and
 * Corasick, "Efficient string matching", 1975). Immutable.
 *
 * <p>Each beginning of a text is a node; nodes are numbered by length. A node has one bit for each
 * character that leads on, and its children stand next to each other. Most of a scan is spent in
 * nodes of no more than one character; those have full rows.
 */
final class LiteralAutomaton {
  private static final char FIRST = ' ';

  /** The characters from space to underscore, which are all that folding leaves of ASCII. */
  private static final int CLASSES = 64;

  /** The classes that lead from each node to a longer one. */
  private final long[] edges;

  private final int[] firstChild;

  /** For each node the longest shorter node that it ends with. */
  private final int[] fallback;

  /** For each node the longest text that it ends with, by that text's node; 0 for none. */
  private final int[] ending;

  /** For each node that is a text, its name. */
  private final int[] names;

  /** Nodes of no more than one character. */
  private final int shallow;

  /** For each of those and each class the next node. */
  private final int[] rows;

  /**
   * @param texts distinct, sorted, folded and not empty; the index of a text is its name
   */
  LiteralAutomaton(String[] texts) {
    int size = countNodes(texts);
    edges = new long[size];
    firstChild = new int[size];
    fallback = new int[size];
    ending = new int[size];
    names = new int[size];
    grow(texts);
    shallow = 1 + Long.bitCount(edges[0]);
    rows = new int[shallow * CLASSES];
    for (int node = 0; node < shallow; node++) {
      for (int c = 0; c < CLASSES; c++) {
        rows[node * CLASSES + c] = has(node, c) ? child(node, c) : rows[c];
      }
    }
    for (int node = 0; node < size; node++) {
      linkChildren(node);
    }
  }

  private LiteralAutomaton(ByteBuffer in) {
    edges = Tables.longs(in);
    firstChild = Tables.ints(in);
    fallback = Tables.ints(in);
    ending = Tables.ints(in);
    names = Tables.ints(in);
    shallow = 1 + Long.bitCount(edges[0]);
    rows = Tables.ints(in);
  }

  void write(DataOutputStream out) throws IOException {
    Tables.write(edges, out);
    Tables.write(firstChild, out);
    Tables.write(fallback, out);
    Tables.write(ending, out);
    Tables.write(names, out);
    Tables.write(rows, out);
  }

  /** The one that {@link #write} has written. */
  static LiteralAutomaton read(ByteBuffer in) {
    return new LiteralAutomaton(in);
  }

  /** Takes what {@link #scan} finds. */
  interface Listener {
    /**
     * @param text by its name
     * @param end the index behind its last character
     */
    void found(int text, int end);
  }

  /** Tells of every place where a text, once folded, has one of the texts. */
  void scan(String in, Listener listener) {
    int node = 0;
    for (int i = 0; i < in.length(); i++) {
      int c = fold(in.charAt(i)) - FIRST;
      node = c >= 0 && c < CLASSES ? next(node, c) : 0;
      for (int end = ending[node]; end != 0; end = ending[fallback[end]]) {
        listener.found(names[end], i + 1);
      }
    }
  }

  /**
   * The character without the bit that parts small letters from capital ones; so the few other
   * characters with that bit are taken for one another too, as <code>{</code> and <code>[</code>.
   */
  static int fold(int c) {
    return c >= 96 && c < 128 ? c - 32 : c;
  }

  /** The text with all its characters folded. */
  static String fold(String text) {
    char[] folded = text.toCharArray();
    for (int i = 0; i < folded.length; i++) {
      folded[i] = (char) fold(folded[i]);
    }
    return new String(folded);
  }

  private int next(int from, int c) {
    int node = from;
    while (node >= shallow && !has(node, c)) {
      node = fallback[node];
    }
    return node < shallow ? rows[node * CLASSES + c] : child(node, c);
  }

  private boolean has(int node, int c) {
    return (edges[node] >>> c & 1) != 0;
  }

  private int child(int node, int c) {
    return firstChild[node] + Long.bitCount(edges[node] & ((1L << c) - 1));
  }

  /** One for the empty text, and one for each other beginning of a text. */
  private static int countNodes(String[] texts) {
    int count = 1;
    String before = "";
    for (String text : texts) {
      int shared = 0;
      int most = Math.min(before.length(), text.length());
      while (shared < most && before.charAt(shared) == text.charAt(shared)) {
        shared++;
      }
      count += text.length() - shared;
      before = text;
    }
    return count;
  }

  /** Makes the nodes, level by level: each stands for a range of texts that begin alike. */
  private void grow(String[] texts) {
    int[] froms = new int[edges.length];
    int[] tos = new int[edges.length];
    int[] depths = new int[edges.length];
    tos[0] = texts.length;
    int known = 1;
    for (int node = 0; node < known; node++) {
      int depth = depths[node];
      int text = froms[node];
      if (text < tos[node] && texts[text].length() == depth) {
        names[node] = text++;
        ending[node] = node;
      }
      firstChild[node] = known;
      for (; text < tos[node]; text++) {
        int c = texts[text].charAt(depth) - FIRST;
        if (!has(node, c)) {
          edges[node] |= 1L << c;
          froms[known] = text;
          depths[known++] = depth + 1;
        }
        tos[known - 1] = text + 1;
      }
    }
  }

  private void linkChildren(int node) {
    int child = firstChild[node];
    for (long rest = edges[node]; rest != 0; rest &= rest - 1) {
      fallback[child] = node == 0 ? 0 : next(fallback[node], Long.numberOfTrailingZeros(rest));
      if (ending[child] == 0) {
        ending[child] = ending[fallback[child]];
      }
      child++;
    }
  }
}
