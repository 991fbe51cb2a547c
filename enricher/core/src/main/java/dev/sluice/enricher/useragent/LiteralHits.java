package dev.sluice.enricher.useragent;

import java.util.Arrays;

/** The places of literals in one text. */
final class LiteralHits {
  /** Room for the hits of an ordinary user agent. */
  private static final int USUAL_HITS = 64;

  private final long[] seen;
  private int[] literals = new int[USUAL_HITS];
  private int[] starts = new int[USUAL_HITS];
  private int count;

  LiteralHits(int literalCount) {
    seen = new long[(literalCount + 63) >>> 6];
  }

  void add(int literal, int start) {
    if (count == literals.length) {
      literals = Arrays.copyOf(literals, count * 2);
      starts = Arrays.copyOf(starts, count * 2);
    }
    seen[literal >>> 6] |= 1L << literal;
    literals[count] = literal;
    starts[count++] = start;
  }

  boolean has(int literal) {
    return (seen[literal >>> 6] >>> literal & 1) != 0;
  }

  boolean hasAny(int[] ofLiterals) {
    for (int literal : ofLiterals) {
      if (has(literal)) {
        return true;
      }
    }
    return false;
  }

  int count() {
    return count;
  }

  int literal(int hit) {
    return literals[hit];
  }

  /** Where the hit begins in the text. */
  int start(int hit) {
    return starts[hit];
  }
}
