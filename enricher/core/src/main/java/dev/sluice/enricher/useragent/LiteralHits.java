package dev.sluice.enricher.useragent;

import java.util.Arrays;

/** The places of literals in one text. */
final class LiteralHits implements LiteralAutomaton.Listener {
  /** Room for the hits of an ordinary user agent. */
  private static final int USUAL_HITS = 64;

  private final SearchTables tables;
  private final LiteralTexts texts;
  private final String text;
  private final long[] seen;
  private int[] literals = new int[USUAL_HITS];
  private int[] starts = new int[USUAL_HITS];
  private int count;

  LiteralHits(SearchTables tables, LiteralTexts texts, String text) {
    this.tables = tables;
    this.texts = texts;
    this.text = text;
    seen = new long[(texts.count() + 63) >>> 6];
  }

  @Override
  public void found(int folded, int end) {
    int start = end - tables.lengths()[folded];
    int[] firsts = tables.firsts();
    for (int literal = firsts[folded]; literal < firsts[folded + 1]; literal++) {
      String exactly = texts.exactly(literal);
      if (exactly == null || text.startsWith(exactly, start)) {
        add(literal, start);
      }
    }
  }

  private void add(int literal, int start) {
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
