package dev.sluice.enricher.useragent;

import java.util.Arrays;

/**
 * Expressions behind one search for all their literals: tells which of them may match a text.
 * Thread-safe.
 */
final class Prefilter {
  private final PreparedPattern[] patterns;
  private final LiteralSearch literals;

  /** For each literal the expressions whose first clause it fulfils. */
  private final int[][] opens;

  /** One bit for each expression without any clause. */
  private final long[] always;

  /** Where the expressions of each kind end. */
  private final int[] ends = new int[ExpressionKind.values().length];

  Prefilter(PreparedList list) {
    literals = new LiteralSearch(list.literals());
    patterns = new PreparedPattern[list.expressions().size()];
    always = new long[(patterns.length + 63) >>> 6];
    opens = new int[list.literals().exactly().length][];
    Arrays.fill(opens, new int[0]);
    for (int i = 0; i < patterns.length; i++) {
      NumberedExpression each = list.expressions().get(i);
      patterns[i] = new PreparedPattern(each);
      Arrays.fill(ends, each.expression().kind().ordinal(), ends.length, i + 1);
      if (each.clauses().isEmpty()) {
        always[i >>> 6] |= 1L << i;
      } else {
        for (int literal : each.clauses().get(0).literals()) {
          int count = opens[literal].length;
          opens[literal] = Arrays.copyOf(opens[literal], count + 1);
          opens[literal][count] = i;
        }
      }
    }
  }

  /** The expressions that may match the text. */
  Candidates candidates(String text) {
    LiteralHits hits = literals.find(text);
    long[] candidates = always.clone();
    for (int hit = 0; hit < hits.count(); hit++) {
      for (int expression : opens[hits.literal(hit)]) {
        candidates[expression >>> 6] |= 1L << expression;
      }
    }
    return new Candidates(patterns, ends, text, hits, candidates);
  }
}
